/* Missing words and left-over marks: checklist.h. */
#include "desk/checklist.h"

#include "base/error.h"
#include "desk/comment.h"
#include "desk/live.h"
#include "desk/media.h"
#include "press/setting.h"
#include "text/markdown.h"
#include "text/merge.h"

#include <inttypes.h>
#include <string.h>

#define PICTURE "media:"

const char *check_name(CheckKind kind)
{
    static const char *const names[CHECKS] = {
        [CHECK_CONFLICT] = "conflict",
        [CHECK_EMBARGO] = "embargo",
        [CHECK_PHOTO_ALT] = "photo-alt",
        [CHECK_PHOTO_CREDIT] = "photo-credit",
        [CHECK_PICTURE_ALT] = "picture-alt",
        [CHECK_PICTURE_CREDIT] = "picture-credit",
        [CHECK_PICTURE_MISSING] = "picture-missing",
        [CHECK_NO_TEXT] = "no-text",
        [CHECK_NO_STANDFIRST] = "no-standfirst",
        [CHECK_NO_SECTION] = "no-section",
        [CHECK_NO_BYLINE] = "no-byline",
        [CHECK_COMMENTS] = "comments",
    };
    return names[kind];
}

static void add(GArray *list, CheckKind kind, bool blocks, int64_t number)
{
    Check check = {.kind = kind, .blocks = blocks, .number = number};
    g_array_append_val(list, check);
}

static bool words_required(Store *store, bool *required, GError **error)
{
    g_autofree char *setting = setting_get(store, "picture-words", error);
    if (setting == NULL) {
        return false;
    }
    *required = strcmp(setting, "required") == 0;
    return true;
}

/* A text may show a picture only where it has one of these. */
static bool may_show(const char *body)
{
    return strstr(body, "![") != NULL || strcasestr(body, "<im") != NULL;
}

static GPtrArray *pictures_of(const CheckedText *text)
{
    size_t length = strlen(text->body);
    if (text->format == STORY_MARKDOWN && may_show(text->body)) {
        return markdown_pictures(text->body, length);
    }
    GPtrArray *pictures = text_pictures_new();
    if (text->format == STORY_HTML) {
        html_pictures(text->body, length, pictures);
    }
    return pictures;
}

/* In Markdown a picture's title has it, "caption | credit"; in HTML the caption of its figure. */
static bool has_credit(const TextPicture *picture)
{
    const char *bar = strrchr(picture->title, '|');
    return picture->captioned || (bar != NULL && bar[1 + strspn(bar + 1, " \t\n")] != '\0');
}

static bool is_there(Store *store, int64_t id, bool *there, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Media) media = media_read(store, id, &reason);
    *there = media != NULL;
    if (reason != NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    return true;
}

static bool check_pictures(Store *store, GArray *list, const CheckedText *text, bool required,
                           GError **error)
{
    guint known = list->len;
    g_autoptr(GPtrArray) pictures = pictures_of(text);
    for (guint i = 0; i < pictures->len; i++) {
        const TextPicture *picture = pictures->pdata[i];
        if (!g_str_has_prefix(picture->url, PICTURE)) {
            continue;
        }
        int64_t id = (int64_t)g_ascii_strtoull(picture->url + strlen(PICTURE), NULL, 10);
        bool there = false;
        if (!is_there(store, id, &there, error)) {
            return false;
        }
        if (!there) {
            add(list, CHECK_PICTURE_MISSING, required, id);
            continue;
        }
        if (picture->alt[strspn(picture->alt, " \t\n")] == '\0') {
            add(list, CHECK_PICTURE_ALT, required, id);
        }
        if (!has_credit(picture)) {
            add(list, CHECK_PICTURE_CREDIT, required, id);
        }
    }
    for (guint i = known; i < list->len; i++) {
        g_array_index(list, Check, i).format = text->format;
    }
    return true;
}

/* Those in entries that a person wrote and that readers see with their story. */
static bool check_entries(Store *store, const Story *story, GArray *list, bool required,
                          GError **error)
{
    if (story->kind != STORY_KIND_LIVE) {
        return true;
    }
    g_autoptr(GPtrArray) entries = live_pictured(store, story->id, error);
    for (guint i = 0; entries != NULL && i < entries->len; i++) {
        const LiveEntry *entry = entries->pdata[i];
        guint known = list->len;
        CheckedText text = {.body = entry->body, .format = entry->format};
        if (entry->person != 0 && !check_pictures(store, list, &text, required, error)) {
            return false;
        }
        for (guint k = known; k < list->len; k++) {
            g_strlcpy(g_array_index(list, Check, k).entry, entry->anchor, CHECK_ENTRY);
        }
    }
    return entries != NULL;
}

static bool check_photo(Store *store, const Story *story, GArray *list, bool required,
                        GError **error)
{
    if (story->photo == 0) {
        return true;
    }
    g_autoptr(Media) media = media_read(store, story->photo, error);
    if (media == NULL) {
        return false;
    }
    g_autofree char *credit = media_credit(media);
    if (*story->alt == '\0' && *media->alt == '\0') {
        add(list, CHECK_PHOTO_ALT, required, story->photo);
    }
    if (*story->credit == '\0' && *credit == '\0') {
        add(list, CHECK_PHOTO_CREDIT, required, story->photo);
    }
    return true;
}

static bool check_comments(Store *store, int64_t story, GArray *list, GError **error)
{
    g_autoptr(GPtrArray) comments = comment_list(store, story, error);
    if (comments == NULL) {
        return false;
    }
    int64_t open = 0;
    for (unsigned i = 0; i < comments->len; i++) {
        open += ((const Comment *)comments->pdata[i])->settled == 0;
    }
    if (open > 0) {
        add(list, CHECK_COMMENTS, false, open);
    }
    return true;
}

static void check_texts(const Story *story, const char *body, GArray *list)
{
    if (body[strspn(body, " \t\r\n")] == '\0' && story->kind != STORY_KIND_LIVE) {
        add(list, CHECK_NO_TEXT, false, 0);
    }
    if (*story->standfirst == '\0') {
        add(list, CHECK_NO_STANDFIRST, false, 0);
    }
    if (story->section == NULL && story->kind != STORY_KIND_PAGE) {
        add(list, CHECK_NO_SECTION, false, 0);
    }
    if (*story->authors == NULL && *story->reporting == NULL && !story->withheld &&
        *story->agency == '\0' && story->kind != STORY_KIND_PAGE) {
        add(list, CHECK_NO_BYLINE, false, 0);
    }
}

GArray *checklist_of_story(Store *store, int64_t id, int64_t now, GError **error)
{
    g_autoptr(Story) story = story_read(store, id, error);
    g_autofree char *body = NULL;
    StoryFormat format = STORY_MARKDOWN;
    bool required = false;
    if (story == NULL || !story_text(store, id, &body, &format, error) ||
        !words_required(store, &required, error)) {
        return NULL;
    }
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Check));
    unsigned line = 0;
    if (merge_marked(body, &line)) {
        add(list, CHECK_CONFLICT, true, line);
    }
    if (story->embargo > now) {
        add(list, CHECK_EMBARGO, true, story->embargo);
    }
    if (!check_photo(store, story, list, required, error)) {
        return NULL;
    }
    CheckedText text = {.body = body, .format = format};
    if (!check_pictures(store, list, &text, required, error) ||
        !check_entries(store, story, list, required, error)) {
        return NULL;
    }
    check_texts(story, body, list);
    return check_comments(store, id, list, error) ? g_steal_pointer(&list) : NULL;
}

static bool is_out(const Story *story)
{
    return story != NULL && (story->state == STORY_PUBLISHED || story->state == STORY_SCHEDULED);
}

static bool has(const GArray *list, const Check *wanted)
{
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const Check *check = &g_array_index(list, Check, i);
        if (check->kind == wanted->kind && check->number == wanted->number) {
            return true;
        }
    }
    return false;
}

static const char *lacking(const Check *check)
{
    return check->kind == CHECK_PICTURE_ALT ? "alt text" : "credit";
}

static bool refuse_entry(const Check *check, GError **error)
{
    if (check->kind == CHECK_PICTURE_MISSING) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "entry %s: picture %" PRId64 " is not in the library; take it out of the entry",
                    check->entry, check->number);
    }
    return check->format == STORY_HTML
               ? fail(
                     error, KOLOKOL_ERROR_INVALID,
                     "entry %s: picture %" PRId64
                     " has no %s; give its img an alt, and its figure a figcaption with the credit",
                     check->entry, check->number, lacking(check))
               : fail(error, KOLOKOL_ERROR_INVALID,
                      "entry %s: picture %" PRId64 " has no %s; write it as ![alt text](media:ID "
                      "\"caption | credit\")",
                      check->entry, check->number, lacking(check));
}

static bool refuse_picture(const Check *check, GError **error)
{
    if (check->kind == CHECK_PICTURE_MISSING) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "body: picture %" PRId64 " is not in the library; take it out of the text, or "
                    "add it by `kolokol media add`",
                    check->number);
    }
    return check->format == STORY_HTML
               ? fail(error, KOLOKOL_ERROR_INVALID,
                      "body: picture %" PRId64
                      " has no %s; give its img an alt, and its figure a figcaption with the "
                      "credit, or allow it by `kolokol settings picture-words optional`",
                      check->number, lacking(check))
               : fail(error, KOLOKOL_ERROR_INVALID,
                      "body: picture %" PRId64 " has no %s; write it as ![alt text](media:ID "
                      "\"caption | credit\"), or allow it by `kolokol settings picture-words "
                      "optional`",
                      check->number, lacking(check));
}

/* The first of `list` that lacks what it did not lack `before`. */
static bool refuse_pictures(const GArray *list, const GArray *before, GError **error)
{
    for (guint i = 0; i < list->len; i++) {
        const Check *check = &g_array_index(list, Check, i);
        if (!has(before, check)) {
            return *check->entry != '\0' ? refuse_entry(check, error)
                                         : refuse_picture(check, error);
        }
    }
    return true;
}

bool checklist_pictures(Store *store, const CheckedText *text, const CheckedText *old,
                        GError **error)
{
    bool required = false;
    if (text->format == STORY_MARKDOWN && !may_show(text->body)) {
        return true;
    }
    if (!words_required(store, &required, error)) {
        return false;
    }
    if (!required) {
        return true;
    }
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Check));
    g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(Check));
    return (old == NULL || check_pictures(store, before, old, true, error)) &&
           check_pictures(store, list, text, true, error) && refuse_pictures(list, before, error);
}

bool checklist_lacking(Store *store, const CheckedText *text, guint *lacking, GError **error)
{
    bool required = false;
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Check));
    if (!words_required(store, &required, error) ||
        (required && !check_pictures(store, list, text, true, error))) {
        return false;
    }
    int64_t last = 0;
    *lacking = 0;
    for (guint i = 0; i < list->len; i++) {
        const Check *check = &g_array_index(list, Check, i);
        *lacking += check->kind != CHECK_PICTURE_MISSING && check->number != last;
        last = check->number;
    }
    return true;
}

/* Which nobody writes: it is told of its pictures instead (import.h). */
static bool is_import(const StoryChange *change)
{
    return change->body != NULL && !change->written &&
           (change->editor == NULL || *change->editor == '\0');
}

static bool pictures_check(const StoryChange *change, const char *body, GError **error)
{
    CheckedText text = {.body = body, .format = change->after->format};
    if (is_import(change)) {
        return true;
    }
    if (!is_out(change->before)) {
        return checklist_pictures(change->store, &text, NULL, error);
    }
    g_autofree char *stored = NULL;
    CheckedText old = {0};
    if (!story_text(change->store, change->before->id, &stored, &old.format, error)) {
        return false;
    }
    old.body = stored;
    return checklist_pictures(change->store, &text, &old, error);
}

/* Entries are asked one by one while their live story is out (live.c), and all as it goes out. */
static bool entries_check(const StoryChange *change, GError **error)
{
    bool required = false;
    const Story *before = change->before, *after = change->after;
    if (after->kind != STORY_KIND_LIVE || before == NULL || is_import(change) ||
        (is_out(before) && before->kind == STORY_KIND_LIVE)) {
        return true;
    }
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(Check));
    return words_required(change->store, &required, error) &&
           (!required || (check_entries(change->store, after, list, true, error) &&
                          refuse_pictures(list, NULL, error)));
}

bool checklist_check(const StoryChange *change, GError **error)
{
    unsigned line = 0;
    if (!is_out(change->after)) {
        return true;
    }
    if (!entries_check(change, error)) {
        return false;
    }
    if (is_out(change->before) && change->body == NULL) {
        return true;
    }
    g_autofree char *read = NULL;
    const char *body = change->body;
    if (body == NULL && change->before != NULL) {
        StoryFormat format = STORY_MARKDOWN;
        if (!story_text(change->store, change->before->id, &read, &format, error)) {
            return false;
        }
        body = read;
    }
    if (body != NULL && merge_marked(body, &line)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "body, line %u: the marks of two texts that were saved at once are left; keep "
                    "what is right and take the marks out",
                    line);
    }
    return body == NULL || pictures_check(change, body, error);
}
