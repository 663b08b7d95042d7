/*
 * Translations in the office: translation_office.h. What stands beside what is text/parallel.h; the
 * texts are the saved ones. Everything works without script.
 */
#include "desk/translation_office.h"

#include "base/error.h"
#include "desk/difference_view.h"
#include "desk/story_view_private.h"
#include "desk/translation.h"
#include "office/asset.h"
#include "office/frame.h"
#include "office/reason.h"
#include "text/parallel.h"

#include <inttypes.h>
#include <string.h>

/* ---- On other pages ------------------------------------------------------------------------- */

static void write_mark(HtmlWriter *page, const OfficeVisit *visit)
{
    html_text(page, " ");
    html_open(page, "small");
    html_attribute(page, "class", "behind");
    html_text(page, office_text(visit, "office_translation_behind"));
    html_close(page, "small");
}

bool translation_write_link(HtmlWriter *page, const StoryView *view, GError **error)
{
    g_auto(Match) match = {0};
    g_autofree char *address = g_strdup_printf("/stories/%" PRId64 "/translation", view->story->id);
    if (view->desk.languages[1] == NULL) {
        return true;
    }
    if (!match_read(view->visit->store, view->story->id, &match, error)) {
        return false;
    }
    html_text(page, " · ");
    story_view_link(page, address, office_text(view->visit, "office_translations"));
    if (match.behind) {
        write_mark(page, view->visit);
    }
    return true;
}

void translation_write_behind(HtmlWriter *page, const OfficeVisit *visit, int64_t story)
{
    g_auto(Match) match = {0};
    if (match_read(visit->store, story, &match, NULL) && match.behind) {
        write_mark(page, visit);
    }
}

/* ---- What the page is about ----------------------------------------------------------------- */

typedef struct {
    OfficeVisit *visit;
    StoryDesk desk;
    Translation of;
} Pair;

static void pair_clear(Pair *pair)
{
    story_desk_clear(&pair->desk);
    translation_clear(&pair->of);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pair, pair_clear)

static const char *say(const Pair *pair, const char *id)
{
    return office_text(pair->visit, id);
}

static bool read_pair(Pair *pair, int64_t id, GError **error)
{
    int64_t asked = 0;
    g_ascii_string_to_signed(office_asked(pair->visit, "of"), 10, 1, INT64_MAX, &asked, NULL);
    return translation_read(pair->visit->store, id, asked, &pair->of, error) &&
           story_desk_open(pair->visit->store, &pair->desk, error);
}

/* False with the reply that says why not. */
static bool find(OfficeVisit *visit, Pair *pair, HttpReply **wrong)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    pair->visit = visit;
    if (!office_part_number(visit, 0, &id)) {
        *wrong = office_not_found(visit);
        return false;
    }
    if (!read_pair(pair, id, &reason)) {
        *wrong = office_failed(visit, reason);
        return false;
    }
    return true;
}

/* ---- Side by side --------------------------------------------------------------------------- */

static void write_side(HtmlWriter *page, const Story *story, const char *class, const char *text)
{
    html_open(page, "div");
    html_attribute(page, "class", class);
    html_attribute(page, "lang", story->language);
    html_attribute(page, "dir", "auto");
    html_text(page, text == NULL ? "" : text);
    html_close(page, "div");
}

static void write_original(HtmlWriter *page, const Pair *pair, const ParallelRow *row)
{
    if (row->kind != PARALLEL_CHANGED) {
        write_side(page, pair->of.original, "original",
                   row->kind == PARALLEL_GONE ? row->before : row->original);
        return;
    }
    html_open(page, "div");
    html_attribute(page, "class", "original");
    difference_view_write(page, row->before, row->original, pair->of.original->language,
                          DIFFERENCE_WHOLE);
    html_close(page, "div");
}

static void write_row(HtmlWriter *page, const Pair *pair, const ParallelRow *row)
{
    static const struct {
        const char *class, *word;
    } kinds[] = {
        [PARALLEL_SAME] = {"row", NULL},
        [PARALLEL_CHANGED] = {"row changed", "office_translation_changed"},
        [PARALLEL_NEW] = {"row new", "office_translation_new"},
        [PARALLEL_GONE] = {"row gone", "office_translation_gone"},
        [PARALLEL_ALONE] = {"row", NULL},
    };

    html_open(page, "li");
    html_attribute(page, "class", kinds[row->kind].class);
    if (kinds[row->kind].word != NULL) {
        html_open(page, "p");
        html_attribute(page, "class", "mark");
        html_text(page, say(pair, kinds[row->kind].word));
        html_close(page, "p");
    }
    write_original(page, pair, row);
    write_side(page, pair->of.story, "translation", row->translation);
    html_close(page, "li");
}

static void write_heads(HtmlWriter *page, const Pair *pair)
{
    g_autofree char *left = g_strdup_printf("/stories/%" PRId64, pair->of.original->id);
    g_autofree char *right = g_strdup_printf("/stories/%" PRId64, pair->of.story->id);
    g_autofree char *original = g_strdup_printf("%s (%s)", say(pair, "office_translation_original"),
                                                pair->of.original->language);
    g_autofree char *translation =
        g_strdup_printf("%s (%s)", say(pair, "office_translation"), pair->of.story->language);
    html_open(page, "div");
    html_attribute(page, "class", "row heads");
    html_open(page, "div");
    html_attribute(page, "class", "original");
    story_view_link(page, left, original);
    html_close(page, "div");
    html_open(page, "div");
    html_attribute(page, "class", "translation");
    story_view_link(page, right, translation);
    html_close(page, "div");
    html_close(page, "div");
}

static bool write_rows(HtmlWriter *page, const Pair *pair, GError **error)
{
    g_autoptr(GPtrArray) rows = translation_rows(pair->visit->store, &pair->of, error);
    if (rows == NULL) {
        return false;
    }
    write_heads(page, pair);
    html_open(page, "ol");
    html_attribute(page, "class", "parallel");
    for (guint i = 0; i < rows->len; i++) {
        write_row(page, pair, rows->pdata[i]);
    }
    html_close(page, "ol");
    return true;
}

static void write_state(HtmlWriter *page, const Pair *pair)
{
    const Match *match = &pair->of.match;
    html_open(page, "p");
    if (match->original == 0) {
        html_text(page, say(pair, "office_translation_unsaid"));
    } else {
        html_open(page, "span");
        html_attribute(page, "class", match->behind ? "behind" : NULL);
        html_text(page, say(pair, match->behind ? "office_translation_is_behind"
                                                : "office_translation_matches"));
        html_close(page, "span");
        html_text(page, " ");
        html_text(page, say(pair, "office_translation_marked"));
        html_text(page, " ");
        html_element(page, "bdi", match->person);
        html_text(page, ", ");
        office_time(page, pair->visit, match->moment, pair->desk.site.zone);
    }
    html_close(page, "p");
}

static void write_button(HtmlWriter *page, const Pair *pair)
{
    g_autofree char *action =
        g_strdup_printf("/stories/%" PRId64 "/translation/match", pair->of.story->id);
    g_autofree char *original = g_strdup_printf("%" PRId64, pair->of.original->id);
    g_autofree char *revision = g_strdup_printf("%" PRId64, pair->of.original->revision);
    if (pair->of.match.original != 0 && !pair->of.match.behind) {
        return;
    }
    office_form(page, pair->visit, action);
    office_hidden(page, "original", original);
    office_hidden(page, "revision", revision);
    office_button(page, say(pair, "office_translation_match"), "strong");
    html_close(page, "form");
}

/* ---- The group ------------------------------------------------------------------------------ */

static bool write_member(HtmlWriter *page, const Pair *pair, const Story *story, GError **error)
{
    g_auto(Match) match = {0};
    g_autofree char *edit = g_strdup_printf("/stories/%" PRId64, story->id);
    g_autofree char *beside = pair->of.original == NULL || story->id == pair->of.original->id
                                  ? g_strdup_printf("/stories/%" PRId64 "/translation?of=%" PRId64,
                                                    story->id, pair->of.story->id)
                                  : g_strdup_printf("/stories/%" PRId64 "/translation?of=%" PRId64,
                                                    pair->of.story->id, story->id);
    if (!match_read(pair->visit->store, story->id, &match, error)) {
        return false;
    }
    html_open(page, "li");
    html_element(page, "b", story->language);
    html_text(page, " ");
    html_open(page, "a");
    html_url_attribute(page, "href", edit);
    html_attribute(page, "lang", story->language);
    html_attribute(page, "dir", "auto");
    html_text(page, *story->headline == '\0' ? "–" : story->headline);
    html_close(page, "a");
    html_text(page, " ");
    story_view_state(page, pair->visit, story->state);
    if (match.behind) {
        write_mark(page, pair->visit);
    }
    html_text(page, " · ");
    story_view_link(page, beside, say(pair, "office_translation_beside"));
    html_close(page, "li");
    return true;
}

static bool write_group(HtmlWriter *page, const Pair *pair, GError **error)
{
    if (pair->of.group->len < 2) {
        html_element(page, "p", say(pair, "office_translation_none"));
        return true;
    }
    html_element(page, "h2", say(pair, "office_translation_others"));
    html_open(page, "ul");
    html_attribute(page, "class", "due");
    for (guint i = 0; i < pair->of.group->len; i++) {
        const Story *story = pair->of.group->pdata[i];
        if (story->id != pair->of.story->id && !write_member(page, pair, story, error)) {
            return false;
        }
    }
    html_close(page, "ul");
    return true;
}

static bool has_language(const Pair *pair, const char *language)
{
    for (guint i = 0; i < pair->of.group->len; i++) {
        if (strcmp(((const Story *)pair->of.group->pdata[i])->language, language) == 0) {
            return true;
        }
    }
    return false;
}

static void write_new(HtmlWriter *page, const Pair *pair)
{
    g_autofree char *action =
        g_strdup_printf("/stories/%" PRId64 "/translation/new", pair->of.story->id);
    bool open = false;
    for (char **language = pair->desk.languages; *language != NULL; language++) {
        if (has_language(pair, *language) || pair->of.story->state == STORY_TAKEN_DOWN) {
            continue;
        }
        if (!open) {
            html_element(page, "h2", say(pair, "office_translation_begin"));
            html_element(page, "p", say(pair, "office_translation_begin_text"));
            office_form(page, pair->visit, action);
            office_choice(page, say(pair, "office_language"), "language");
        }
        office_option(page, *language, *language, !open);
        open = true;
    }
    if (open) {
        office_choice_end(page);
        office_button(page, say(pair, "office_translation_make"), NULL);
        html_close(page, "form");
    }
}

static bool write_all(HtmlWriter *page, const Pair *pair, GError **error)
{
    if (pair->of.original != NULL) {
        write_state(page, pair);
        if (!write_rows(page, pair, error)) {
            return false;
        }
        write_button(page, pair);
    }
    if (!write_group(page, pair, error)) {
        return false;
    }
    write_new(page, pair);
    return true;
}

static HttpReply *show(const Pair *pair, unsigned status, const char *problem)
{
    g_autoptr(GError) reason = NULL;
    OfficeVisit *visit = pair->visit;
    HtmlWriter *page = office_page(visit, say(pair, "office_translations"));
    html_open(page, "link");
    html_attribute(page, "rel", "stylesheet");
    html_attribute(page, "href", office_asset("story.css"));
    story_view_back(page, visit, pair->of.story);
    if (problem != NULL) {
        office_problem(page, problem);
    }
    if (!write_all(page, pair, &reason)) {
        html_writer_free(page);
        return office_failed(visit, reason);
    }
    return office_page_done(visit, page, status);
}

/* ---- Requests ------------------------------------------------------------------------------- */

static HttpReply *answer_show(OfficeVisit *visit)
{
    g_auto(Pair) pair = {0};
    HttpReply *wrong = NULL;
    return find(visit, &pair, &wrong) ? show(&pair, 200, NULL) : wrong;
}

/* What is wrong is shown on the page; what is wrong with the machine is not. */
static HttpReply *not_done(const Pair *pair, const GError *reason)
{
    unsigned status = office_status(reason);
    return status == 503 ? office_failed(pair->visit, reason)
                         : show(pair, status, office_reason(pair->visit, reason));
}

static int64_t number_field(const OfficeVisit *visit, const char *name)
{
    int64_t number = 0;
    g_ascii_string_to_signed(office_field(visit, name), 10, 1, INT64_MAX, &number, NULL);
    return number;
}

typedef struct {
    const Pair *pair;
    int64_t original, revision; /* of a mark */
    const char *language;       /* of a new one */
    int64_t made;
} Act;

static bool match_body(Store *store, void *data, GError **error)
{
    const Act *act = data;
    const OfficeVisit *visit = act->pair->visit;
    TranslationActor by = {.person = visit->person->id, .name = visit->person->name};
    return translation_mark(store, act->pair->of.story->id, act->original, act->revision, &by,
                            visit->now, error);
}

static HttpReply *answer_match(OfficeVisit *visit)
{
    g_auto(Pair) pair = {0};
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    if (!find(visit, &pair, &wrong)) {
        return wrong;
    }
    Act act = {.pair = &pair,
               .original = number_field(visit, "original"),
               .revision = number_field(visit, "revision")};
    if (!store_transact(visit->store, match_body, &act, &reason)) {
        return not_done(&pair, reason);
    }
    g_autofree char *path = g_strdup_printf("/stories/%" PRId64 "/translation", pair.of.story->id);
    return office_see_other(visit, path);
}

static bool begin_body(Store *store, void *data, GError **error)
{
    Act *act = data;
    const Pair *pair = act->pair;
    TranslationActor by = {.person = pair->visit->person->id, .name = pair->visit->person->name};
    return translation_begin(store, &pair->desk.site, pair->of.story->id, act->language, &by,
                             pair->visit->now, &act->made, error);
}

static HttpReply *answer_new(OfficeVisit *visit)
{
    g_auto(Pair) pair = {0};
    g_autoptr(GError) reason = NULL;
    HttpReply *wrong = NULL;
    if (!find(visit, &pair, &wrong)) {
        return wrong;
    }
    Act act = {.pair = &pair, .language = office_field(visit, "language")};
    if (!desk_site_has_language(&pair.desk.site, act.language)) {
        return show(&pair, 422, say(&pair, "office_translation_language"));
    }
    if (!store_transact(visit->store, begin_body, &act, &reason)) {
        return not_done(&pair, reason);
    }
    g_autofree char *path = g_strdup_printf("/stories/%" PRId64, act.made);
    return office_see_other(visit, path);
}

const OfficeRoute translation_office[] = {
    {.name = "story-translation",
     .method = HTTP_GET,
     .path = "/stories/:id/translation",
     .permission = PERMISSION_WRITE,
     .answer = answer_show,
     .help = "a translation beside its original, and the others"},
    {.name = "story-translation-match",
     .method = HTTP_POST,
     .path = "/stories/:id/translation/match",
     .permission = PERMISSION_WRITE,
     .answer = answer_match,
     .body_most = OFFICE_FORM,
     .help = "the translation says what its original says now"},
    {.name = "story-translation-new",
     .method = HTTP_POST,
     .path = "/stories/:id/translation/new",
     .permission = PERMISSION_WRITE,
     .answer = answer_new,
     .body_most = OFFICE_FORM,
     .help = "begins a translation of a story"},
    {.name = NULL},
};
