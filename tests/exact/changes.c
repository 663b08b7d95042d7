/* Random changes: changes.h. Each function below makes one kind of change. */
#include "exact/changes.h"
#include "exact/changes_private.h"

#include "base/error.h"
#include "desk/author.h"
#include "desk/breaking.h"
#include "desk/correction.h"
#include "desk/front.h"
#include "desk/import.h"
#include "desk/media.h"
#include "desk/redirect.h"
#include "desk/section.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "desk/takedown.h"
#include "desk/topic.h"
#include "fund/campaign.h"
#include "press/setting.h"

#include <stdarg.h>
#include <string.h>

#define MANY  50u /* stories from which on there is more than stories */
#define START (INT64_C(1795000000) * CLOCK_SECOND) /* 2026-11-18 */

static const char *const sections[] = {"Politics", "Culture", "Sport", "War and Peace"};
static const char *const topics[] = {"Rivers", "Elections", "Budget", "Prisons", "Weather",
                                     "Cinema", "Railways",  "Bread",  "Harbour", "Chess"};
static const char *const authors[] = {"Anna Li", "Ivan Petrov", "Maria Sol", "Jon Dee", "Olga Kim"};
const char *const changes_words[CHANGES_WORDS] = {"ferry",  "storm",  "mayor",  "bridge",
                                                  "winter", "strike", "school", "archive",
                                                  "court",  "letter", "garden", "паром"};

static int64_t test_clock(void *data)
{
    return *(int64_t *)data;
}

unsigned changes_pick(Changes *changes, unsigned below)
{
    changes->state = changes->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((changes->state >> 33) % below);
}

static void trace(Changes *changes, const char *bytes)
{
    for (; *bytes != '\0'; bytes++) {
        changes->trace = (changes->trace ^ (unsigned char)*bytes) * 1099511628211ull;
    }
}

void changes_say(Changes *changes, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_vsnprintf(changes->done, sizeof changes->done, format, arguments);
    va_end(arguments);
    trace(changes, changes->done);
}

/* What the desk refuses is no failure; what the machine refuses is. Takes the error; a pointer,
 * because the order in which arguments are made is open. */
bool changes_settle(Changes *changes, bool done, GError **error)
{
    g_autoptr(GError) reason = g_steal_pointer(error);
    if (done) {
        g_assert_no_error(reason);
        return true;
    }
    g_assert_nonnull(reason);
    if (reason->domain != KOLOKOL_ERROR || reason->code == KOLOKOL_ERROR_IO ||
        reason->code == KOLOKOL_ERROR_BUSY || reason->code == KOLOKOL_ERROR_CORRUPT) {
        g_error("%s: %s", changes->done, reason->message);
    }
    size_t length = strlen(changes->done);
    g_snprintf(changes->done + length, sizeof changes->done - length, " – refused: %s",
               reason->message);
    trace(changes, changes->done);
    changes->refused++;
    return false;
}

Store *changes_store_of(Changes *changes)
{
    return test_newsroom_store(changes->newsroom);
}

const DeskSite *changes_site_of(Changes *changes)
{
    return test_newsroom_site(changes->newsroom);
}

int64_t changes_some(Changes *changes, const GArray *ids)
{
    return ids->len == 0 ? 0 : g_array_index(ids, int64_t, changes_pick(changes, ids->len));
}

/* The newest ones more often: they are in the windows of lists. */
int64_t changes_some_story(Changes *changes)
{
    const GArray *ids = changes->stories;
    guint from = changes_pick(changes, 2) == 0 && ids->len > 12 ? ids->len - 12 : 0;
    return g_array_index(ids, int64_t, from + changes_pick(changes, ids->len - from));
}

char *changes_language_of(Changes *changes)
{
    const char *const *languages = changes_site_of(changes)->languages;
    unsigned second = changes_pick(changes, 3) == 0;
    return g_strdup(second && languages[1] != NULL ? languages[1] : languages[0]);
}

static char *some_title(Changes *changes)
{
    return g_strdup_printf("The %s and the %s", PICK(changes, changes_words),
                           PICK(changes, changes_words));
}

static char *some_body(Changes *changes)
{
    GString *body = g_string_new(NULL);
    for (unsigned i = 1 + changes_pick(changes, 4); i > 0; i--) {
        g_string_append_printf(body, "A %s stood by the *%s* in the %s.\n\n",
                               PICK(changes, changes_words), PICK(changes, changes_words),
                               PICK(changes, changes_words));
    }
    if (changes_pick(changes, 4) == 0 && changes->media->len > 0) {
        g_string_append_printf(body, "![a view](media:%" G_GINT64_FORMAT ")\n",
                               changes_some(changes, changes->media));
    }
    if (changes_pick(changes, 8) == 0) {
        g_string_append(body, "See [there](/2026/11/).\n");
    }
    if (changes_pick(changes, 3) == 0 && changes->stories->len > 0) {
        g_autoptr(Story) other =
            story_read(changes_store_of(changes), changes_some(changes, changes->stories), NULL);
        if (other != NULL && other->path != NULL) { /* out or not */
            g_string_append_printf(body, "So said [it](/%s).\n", other->path);
        }
    }
    if (changes_pick(changes, 3) == 0 && changes->paths->len > 0) {
        const char *old = changes->paths->pdata[changes_pick(changes, changes->paths->len)];
        g_string_append_printf(body, "It stood [there](/%s#then) once.\n", old);
    }
    return g_string_free(body, FALSE);
}

void changes_set(StoryInput *input, const char *key, const char *value)
{
    g_autoptr(GError) error = NULL;
    story_input_set(input, key, value, strlen(value), &error);
    g_assert_no_error(error);
}

static void set_number(StoryInput *input, const char *key, int64_t number)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);
    changes_set(input, key, text);
}

static void set_names(Changes *changes, StoryInput *input)
{
    if (changes_pick(changes, 6) > 0) {
        changes_set(input, "section", PICK(changes, sections));
    }
    for (unsigned i = changes_pick(changes, 4); i > 0; i--) {
        changes_set(input, "topics", PICK(changes, topics));
    }
    for (unsigned i = changes_pick(changes, 3); i > 0; i--) {
        changes_set(input, "authors", PICK(changes, authors));
    }
    if (changes_pick(changes, 8) == 0) {
        changes_set(input, "authors", "reporting: Jon Dee");
    }
    if (changes_pick(changes, 10) == 0) {
        changes_set(input, "agency", "TASR");
    }
}

static void set_date(Changes *changes, StoryInput *input, unsigned days)
{
    int64_t moment = changes->now - (int64_t)changes_pick(changes, days * 1440) * CLOCK_MINUTE;
    if (days < 100 && changes_pick(changes, 5) == 0) {
        moment = changes->now + (int64_t)changes_pick(changes, 4000) * CLOCK_MINUTE;
    }
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(moment / CLOCK_SECOND);
    g_autofree char *text = g_date_time_format(date, "%Y-%m-%dT%H:%M:%SZ");
    changes_set(input, "date", text);
}

static void add_story(Changes *changes, unsigned days)
{
    static const char *const kinds[] = {"story", "story", "story", "opinion", "live", "page"};
    g_autoptr(StoryInput) input = story_input_new();
    g_autofree char *title = some_title(changes), *body = some_body(changes),
                    *language = changes_language_of(changes);
    g_autofree char *id = g_strdup_printf("s%u", ++changes->made);
    const char *kind = PICK(changes, kinds);
    changes_set(input, "id", id);
    changes_set(input, "title", title);
    changes_set(input, "body", body);
    changes_set(input, "language", language);
    changes_set(input, "kind", kind);
    if (strcmp(kind, "page") == 0 && changes_pick(changes, 2) == 0) {
        changes_set(input, "slug", "corrections");
    }
    set_names(changes, input);
    if (days > 0) {
        set_date(changes, input, days);
    }
    if (changes_pick(changes, 3) == 0) {
        changes_set(input, "lead", "What is known of it so far.");
    }
    if (changes_pick(changes, 4) == 0 && changes->media->len > 0) {
        set_number(input, "photo", changes_some(changes, changes->media));
    }
    if (changes_pick(changes, 6) == 0 && changes->stories->len > 0) {
        set_number(input, "translation_of", changes_some_story(changes));
    }
    if (changes_pick(changes, 10) == 0) {
        g_autofree char *alias = g_strdup_printf("/old/%s", id);
        changes_set(input, "aliases", alias);
    }
    if (changes_pick(changes, 12) == 0) {
        changes_set(input, "status", "draft");
    }
    g_auto(StoryPut) put = {0};
    GError *error = NULL;
    changes_say(changes, "put %s %s \"%s\" in %s", kind, id, title, language);
    if (changes_settle(changes,
                       story_put(changes_store_of(changes), changes_site_of(changes), input,
                                 STORY_PUT_PUBLISH, changes->now, &put, &error),
                       &error)) {
        g_array_append_val(changes->stories, put.id);
    }
}

static void put_story(Changes *changes)
{
    add_story(changes, changes_pick(changes, 3) * 30);
}

static void save_story(Changes *changes)
{
    int64_t id = changes_some_story(changes);
    g_autoptr(GError) error = NULL;
    g_autoptr(Story) story = story_read(changes_store_of(changes), id, &error);
    g_assert_no_error(error);
    g_autofree char *body = NULL, *title = NULL, *new_body = NULL;
    StoryFormat format;
    g_assert_true(story_text(changes_store_of(changes), id, &body, &format, NULL));
    unsigned what = changes_pick(changes, 3);
    title = what == 0 ? some_title(changes) : g_strdup(story->headline);
    new_body = what == 1 ? some_body(changes) : g_strdup(body);
    const char *lead = what == 2 ? PICK(changes, changes_words) : story->standfirst;
    changes_say(changes, "save %" G_GINT64_FORMAT ": %s", id,
                what == 0   ? "title"
                : what == 1 ? "body"
                            : "lead");
    GError *refused = NULL;
    changes_settle(changes,
                   story_save(changes_store_of(changes), changes_site_of(changes), id, title, lead,
                              new_body, format, "ed", changes->now, NULL, &refused),
                   &refused);
}

static void change_state(Changes *changes)
{
    int64_t id = changes_some_story(changes);
    g_autofree char *path = NULL;
    GError *error = NULL;
    bool done = false;
    switch (changes_pick(changes, 6)) {
    case 0:
        changes_say(changes, "withdraw %" G_GINT64_FORMAT, id);
        done = story_withdraw(changes_store_of(changes), changes_site_of(changes), id, changes->now,
                              &error);
        break;
    case 1:
        path = changes_pick(changes, 2) ? g_strdup_printf("away/%u.html", changes_pick(changes, 9))
                                        : NULL;
        changes_say(changes, "take down %" G_GINT64_FORMAT " %s", id, path == NULL ? "" : path);
        done =
            story_takedown(changes_store_of(changes), changes_site_of(changes), id,
                           &(Takedown){"a letter from a lawyer", "", path}, changes->now, &error);
        break;
    case 2:
        changes_say(changes, "schedule %" G_GINT64_FORMAT, id);
        done =
            story_schedule(changes_store_of(changes), changes_site_of(changes), id,
                           changes->now + (int64_t)(1 + changes_pick(changes, 3000)) * CLOCK_MINUTE,
                           changes->now, &error);
        break;
    case 3:
        changes_say(changes, "reopen %" G_GINT64_FORMAT, id);
        done = story_reopen(changes_store_of(changes), changes_site_of(changes), id, changes->now,
                            &error);
        break;
    default:
        changes_say(changes, "publish %" G_GINT64_FORMAT, id);
        done = story_publish(changes_store_of(changes), changes_site_of(changes), id, changes->now,
                             &error);
    }
    changes_settle(changes, done, &error);
}

void changes_forget(Changes *changes)
{
    for (guint i = 0; i < changes->stories->len; i++) {
        int64_t id = g_array_index(changes->stories, int64_t, i);
        g_autoptr(Story) story = story_read(changes_store_of(changes), id, NULL);
        if (!story_visible(story, changes->now)) {
            continue;
        }
        GError *error = NULL;
        changes_say(changes, "forget %" G_GINT64_FORMAT, id);
        bool done =
            story_takedown(changes_store_of(changes), changes_site_of(changes), id,
                           &(Takedown){"a court", "", "away/forgotten.html"}, changes->now, &error);
        changes_settle(changes, done, &error);
        return;
    }
}

/* A story that is not to be seen comes back. */
static void bring_back(Changes *changes)
{
    for (unsigned tries = 0; tries < 20; tries++) {
        int64_t id = changes_some(changes, changes->stories);
        g_autoptr(Story) story = story_read(changes_store_of(changes), id, NULL);
        if (story_visible(story, changes->now) || story->state == STORY_TAKEN_DOWN) {
            continue;
        }
        GError *error = NULL;
        changes_say(changes, "bring back %" G_GINT64_FORMAT " (%s)", id,
                    story_state_name(story->state));
        bool done = story_publish(changes_store_of(changes), changes_site_of(changes), id,
                                  changes->now, &error);
        changes_settle(changes, done, &error);
        return;
    }
}

static void move_story(Changes *changes)
{
    int64_t id = changes_some_story(changes);
    GError *error = NULL;
    g_autofree char *slug = g_strdup_printf("moved-%u", changes_pick(changes, 200));
    g_autofree char *path =
        changes_pick(changes, 3) == 0 ? g_strdup(slug) : g_strdup_printf("special/%s.html", slug);
    bool by_slug = changes_pick(changes, 2) == 0;
    changes_say(changes, "move %" G_GINT64_FORMAT " to %s", id, by_slug ? slug : path);
    changes_settle(changes,
                   by_slug ? story_set_slug(changes_store_of(changes), changes_site_of(changes), id,
                                            slug, changes->now, &error)
                           : story_rename(changes_store_of(changes), changes_site_of(changes), id,
                                          path, changes->now, &error),
                   &error);
}

static void change_names(Changes *changes)
{
    int64_t id = changes_some_story(changes);
    GError *error = NULL;
    const char *few[4] = {NULL};
    unsigned count = changes_pick(changes, 3);
    bool done = false;
    switch (changes_pick(changes, 3)) {
    case 0:
        changes_say(changes, "section of %" G_GINT64_FORMAT, id);
        done = story_set_section(changes_store_of(changes), changes_site_of(changes), id,
                                 changes_pick(changes, 5) == 0 ? NULL : PICK(changes, sections),
                                 changes->now, &error);
        break;
    case 1:
        for (unsigned i = 0; i < count; i++) {
            few[i] = PICK(changes, topics);
        }
        changes_say(changes, "topics of %" G_GINT64_FORMAT, id);
        done = story_set_topics(changes_store_of(changes), changes_site_of(changes), id, few,
                                changes->now, &error);
        break;
    default:
        for (unsigned i = 0; i < count; i++) {
            few[i] = PICK(changes, authors);
        }
        if (changes_pick(changes, 4) == 0) {
            few[count] = "withheld";
        }
        changes_say(changes, "authors of %" G_GINT64_FORMAT, id);
        done = story_set_authors(changes_store_of(changes), changes_site_of(changes), id, few,
                                 changes_pick(changes, 3) == 0 ? "DPA" : "", changes->now, &error);
    }
    changes_settle(changes, done, &error);
}

static void change_facts(Changes *changes)
{
    int64_t id = changes_some_story(changes);
    GError *error = NULL;
    bool done = false;
    switch (changes_pick(changes, 5)) {
    case 0: {
        int64_t date =
            changes->now + ((int64_t)changes_pick(changes, 60000) - 55000) * CLOCK_MINUTE;
        changes_say(changes, "date of %" G_GINT64_FORMAT ": %" G_GINT64_FORMAT, id, date);
        done = story_set_date(changes_store_of(changes), changes_site_of(changes), id, date,
                              changes->now, &error);
        break;
    }
    case 1: {
        StoryKind kind = (StoryKind)changes_pick(changes, 4);
        changes_say(changes, "kind of %" G_GINT64_FORMAT ": %s", id, story_kind_name(kind));
        done = story_set_kind(changes_store_of(changes), changes_site_of(changes), id, kind,
                              changes->now, &error);
        break;
    }
    case 2: {
        int64_t other = changes_pick(changes, 3) == 0 ? 0 : changes_some_story(changes);
        changes_say(changes, "%" G_GINT64_FORMAT " translates %" G_GINT64_FORMAT, id, other);
        done = story_set_translation_of(changes_store_of(changes), changes_site_of(changes), id,
                                        other, changes->now, &error);
        break;
    }
    case 3: {
        int64_t photo = changes_pick(changes, 4) == 0 ? 0 : changes_some(changes, changes->media);
        changes_say(changes, "photo of %" G_GINT64_FORMAT ": %" G_GINT64_FORMAT, id, photo);
        done = story_set_photo(changes_store_of(changes), changes_site_of(changes), id, photo, "",
                               PICK(changes, changes_words), PICK(changes, changes_words),
                               changes->now, &error);
        break;
    }
    default: {
        int64_t correction = 0;
        changes_say(changes, "correct %" G_GINT64_FORMAT, id);
        done = story_correct(changes_store_of(changes), changes_site_of(changes), id,
                             PICK(changes, changes_words), changes->now, &correction, &error);
    }
    }
    changes_settle(changes, done, &error);
}

static void change_front(Changes *changes)
{
    g_autofree char *language = changes_language_of(changes);
    unsigned slot = 1 + changes_pick(changes, 6);
    int64_t until = changes_pick(changes, 2) == 0
                        ? INT64_MAX
                        : changes->now + (int64_t)changes_pick(changes, 2000) * CLOCK_MINUTE;
    GError *error = NULL;
    bool done = false;
    switch (changes_pick(changes, 5)) {
    case 0:
        changes_say(changes, "slot %u/%s cleared", slot, language);
        done = front_clear(changes_store_of(changes), language, slot, &error);
        break;
    case 1:
        changes_say(changes, "slot %u/%s a section", slot, language);
        done =
            front_set_section(changes_store_of(changes), language, slot, "culture", until, &error);
        break;
    case 2:
        changes_say(changes, "breaking/%s cleared", language);
        done = breaking_clear(changes_store_of(changes), language, &error);
        break;
    case 3: {
        int64_t story = changes_pick(changes, 2) == 0 ? 0 : changes_some_story(changes);
        changes_say(changes, "breaking/%s with %" G_GINT64_FORMAT, language, story);
        done = breaking_set(changes_store_of(changes), language, PICK(changes, changes_words),
                            story, until, changes->now, &error);
        break;
    }
    default: {
        int64_t story = changes_some_story(changes);
        changes_say(changes, "slot %u/%s holds %" G_GINT64_FORMAT " until %" G_GINT64_FORMAT, slot,
                    language, story, until);
        done = front_set_story(changes_store_of(changes), language, slot, story, until, &error);
    }
    }
    changes_settle(changes, done, &error);
}

static void move_clock(Changes *changes)
{
    static const unsigned spans[] = {1, 7, 60, 600, 1440, 4000, 20000, 144000};
    unsigned span = PICK(changes, spans);
    changes->now += (int64_t)(1 + changes_pick(changes, span)) * CLOCK_MINUTE;
    changes_say(changes, "the clock moves by up to %u minutes", span);
    if (changes_pick(changes, 3) == 0) {
        int64_t settled = 0;
        GError *error = NULL;
        changes_settle(changes,
                       story_settle(changes_store_of(changes), changes->now, &settled, &error),
                       &error);
    }
}

typedef struct {
    unsigned weight;
    void (*make)(Changes *changes);
} Kind;

static const Kind kinds[] = {
    {14, put_story},          {14, save_story},          {10, change_state},
    {6, bring_back},          {7, move_story},           {10, change_names},
    {12, change_facts},       {8, change_front},         {10, changes_of_live},
    {5, changes_of_setting},  {4, changes_of_theme},     {6, changes_of_records},
    {4, changes_of_media},    {4, changes_of_campaign},  {5, changes_of_redirects},
    {10, move_clock},         {4, changes_of_languages}, {6, changes_of_newsletter},
    {2, changes_of_withheld}, {2, changes_of_fonts},
};

void changes_step(Changes *changes)
{
    unsigned sum = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        sum += kinds[i].weight;
    }
    unsigned at = changes_pick(changes, sum);
    changes->now += (int64_t)changes_pick(changes, 100) * CLOCK_SECOND;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (at < kinds[i].weight) {
            kinds[i].make(changes);
            return;
        }
        at -= kinds[i].weight;
    }
}

void changes_fill(Changes *changes, unsigned stories)
{
    for (unsigned i = 0; i < 6; i++) {
        changes_of_media(changes);
    }
    for (unsigned i = 0; i < stories; i++) {
        add_story(changes, 500);
    }
    if (stories < MANY) {
        return;
    }
    for (unsigned i = 0; i < REDIRECTS; i++) {
        changes_add_redirect(changes, i);
    }
    changes_fill_campaigns(changes);
    changes_fill_live(changes);
    changes_fill_newsletter(changes);
    test_newsroom_set(changes->newsroom, "contact", "desk@bell.example"); /* for security.txt */
}

Changes *changes_begin(TestNewsroom *newsroom, uint64_t seed)
{
    Changes *changes = g_new0(Changes, 1);
    changes->newsroom = newsroom;
    changes->state = seed;
    changes->now = START;
    changes->trace = 14695981039346656037ull;
    changes->stories = g_array_new(FALSE, FALSE, sizeof(int64_t));
    changes->media = g_array_new(FALSE, FALSE, sizeof(int64_t));
    changes->entries = g_array_new(FALSE, FALSE, sizeof(int64_t));
    changes->paths = g_ptr_array_new_with_free_func(g_free);
    clock_replace(test_clock, &changes->now);
    return changes;
}

void changes_end(Changes *changes)
{
    clock_replace(NULL, NULL);
    g_array_unref(changes->stories);
    g_array_unref(changes->media);
    g_array_unref(changes->entries);
    g_ptr_array_unref(changes->paths);
    g_free(changes);
}
