/* Verbs of `kolokol story` about who reads from outside (staff/reading.h) and about translations
 * (desk/translation.h): story_verbs.h. */
#include "base/clock.h"
#include "base/error.h"
#include "base/moment.h"
#include "desk/story_find.h"
#include "desk/translation.h"
#include "main/newsroom_desk.h"
#include "main/story_verbs.h"
#include "staff/person.h"
#include "staff/reading.h"
#include "text/json.h"
#include "text/parallel.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN       1000u /* links in a list */
#define HOURS_USUAL 24

/* What a verb works on. */
typedef struct {
    CommandContext *context;
    NewsroomDesk desk;
    Story *story;
    Person *by; /* of --by */
    int64_t now;
} Outside;

static void outside_clear(Outside *outside)
{
    newsroom_desk_clear(&outside->desk);
    g_clear_pointer(&outside->story, story_free);
    g_clear_pointer(&outside->by, person_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Outside, outside_clear)

static bool begin(Outside *outside, CommandContext *context, GError **error)
{
    int64_t id = 0;
    outside->context = context;
    outside->now = clock_now();
    if (!newsroom_desk_open(&outside->desk, context->newsroom, error) ||
        !story_find(outside->desk.store, context->arguments[0], &id, error)) {
        return false;
    }
    outside->story = story_read(outside->desk.store, id, error);
    return outside->story != NULL;
}

/* The same for somebody of the staff who may do it in the office. */
static bool begin_by(Outside *outside, CommandContext *context, Permission permission,
                     GError **error)
{
    const char *email = command_option(context, "by");
    if (email == NULL) {
        command_usage(error, "give --by EMAIL: who of the staff answers for it");
        return false;
    }
    if (!begin(outside, context, error)) {
        return false;
    }
    outside->by = person_by_email(outside->desk.store, email, error);
    if (outside->by == NULL) {
        return false;
    }
    return (outside->by->state == PERSON_ACTIVE && role_may(outside->by->role, permission)) ||
           fail(error, KOLOKOL_ERROR_DENIED, "%s may not do this: %s", email,
                outside->by->state == PERSON_ACTIVE ? role_name(outside->by->role)
                                                    : "not signed in yet, or disabled");
}

/* ---- Links for readers outside -------------------------------------------------------------- */

static void print_reading(FILE *out, const Reading *reading, int64_t now)
{
    g_autofree char *ends = moment_rfc3339(reading->ended != 0 ? reading->ended : reading->ends);
    g_autofree char *last = reading->last == 0 ? NULL : moment_rfc3339(reading->last);
    fprintf(out, "%4" PRId64 "  %s %s  opened %" PRId64 " times%s%s  for %s, by %s\n", reading->id,
            reading_good(reading, now) ? "until" : "ended", ends, reading->opened,
            last == NULL ? "" : ", last ", last == NULL ? "" : last, reading->name, reading->maker);
}

static bool print_reading_json(FILE *out, const Reading *reading, int64_t now, GError **error)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *created = moment_rfc3339(reading->created);
    g_autofree char *ends = moment_rfc3339(reading->ends);
    g_autofree char *ended = reading->ended == 0 ? NULL : moment_rfc3339(reading->ended);
    g_autofree char *last = reading->last == 0 ? NULL : moment_rfc3339(reading->last);
    JsonWriter json;
    json_writer_init(&json, line, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "number", reading->id);
    json_writer_text_member(&json, "name", reading->name);
    json_writer_text_member(&json, "maker", reading->maker);
    json_writer_text_member(&json, "created", created);
    json_writer_text_member(&json, "ends", ends);
    json_writer_text_member(&json, "ended", ended);
    json_writer_bool_member(&json, "good", reading_good(reading, now));
    json_writer_number_member(&json, "opened", reading->opened);
    json_writer_text_member(&json, "last", last);
    json_writer_close(&json);
    return command_print_json(out, &json, line, error);
}

/* `only`: one of them by its number, or 0. */
static bool print_readings(const Outside *outside, int64_t only, GError **error)
{
    const CommandContext *context = outside->context;
    g_autoptr(GPtrArray) list = reading_list(outside->desk.store, outside->story->id, SHOWN, error);
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const Reading *reading = list->pdata[i];
        if (only != 0 && reading->id != only) {
            continue;
        }
        if (!context->json) {
            print_reading(context->out, reading, outside->now);
        } else if (!print_reading_json(context->out, reading, outside->now, error)) {
            return false;
        }
    }
    return list != NULL;
}

bool story_verb_readings(CommandContext *context, GError **error)
{
    g_auto(Outside) outside = {0};
    return begin(&outside, context, error) && print_readings(&outside, 0, error);
}

/* The link stands alone on a line, so that a script can take it. */
static bool print_link(const Outside *outside, const char *token, int64_t ends, GError **error)
{
    CommandContext *context = outside->context;
    g_autofree char *link =
        g_strconcat(context->newsroom->values[INI_SITE_OFFICE_URL], "/read/", token, NULL);
    g_autofree char *until = moment_rfc3339(ends);
    g_autoptr(GString) line = g_string_new(NULL);
    if (!context->json) {
        fprintf(context->out,
                "story %" PRId64
                " can be read with this link until %s; it is shown this once:\n%s\n",
                outside->story->id, until, link);
        return true;
    }
    JsonWriter json;
    json_writer_init(&json, line, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", outside->story->id);
    json_writer_text_member(&json, "ends", until);
    json_writer_text_member(&json, "link", link);
    json_writer_close(&json);
    return command_print_json(context->out, &json, line, error);
}

bool story_verb_reading(CommandContext *context, GError **error)
{
    g_auto(Outside) outside = {0};
    const char *name = command_option(context, "for"), *given = command_option(context, "hours");
    int64_t hours = HOURS_USUAL;
    char token[READING_TOKEN];
    if (name == NULL) {
        return command_usage(error, "give --for NAME: whom the link is for");
    }
    if ((given != NULL && !command_number(given, "the number of hours", &hours, error)) ||
        !begin_by(&outside, context, PERMISSION_PUBLISH, error)) {
        return false;
    }
    if (outside.story->state == STORY_TAKEN_DOWN) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "story %" PRId64 " was taken down; there is nothing to read",
                    outside.story->id);
    }
    ReadingActor by = {.person = outside.by->id};
    hours = MIN(hours, INT64_C(100000));
    return reading_make(outside.desk.store, outside.story->id, &by, name, (unsigned)hours,
                        outside.now, token, error) &&
           print_link(&outside, token, outside.now + hours * CLOCK_HOUR, error);
}

bool story_verb_reading_end(CommandContext *context, GError **error)
{
    g_auto(Outside) outside = {0};
    int64_t number = 0;
    if (!command_number(context->arguments[1], "the link's number", &number, error) ||
        !begin_by(&outside, context, PERMISSION_PUBLISH, error)) {
        return false;
    }
    ReadingActor by = {.person = outside.by->id};
    return reading_end(outside.desk.store, outside.story->id, number, &by, outside.now, error) &&
           print_readings(&outside, number, error);
}

/* ---- Translations --------------------------------------------------------------------------- */

/* The translation and its original; CONFLICT if the story is nobody's translation. */
static bool read_translation(const Outside *outside, Translation *translation, GError **error)
{
    const char *of = command_option(outside->context, "of");
    int64_t asked = 0;
    if ((of != NULL && !story_find(outside->desk.store, of, &asked, error)) ||
        !translation_read(outside->desk.store, outside->story->id, asked, translation, error)) {
        return false;
    }
    const Story *original = translation->original;
    return original != NULL && (of == NULL || original->id == asked)
               ? true
               : fail(error, KOLOKOL_ERROR_CONFLICT,
                      of == NULL ? "story %" PRId64 " is in no other language"
                                 : "story %" PRId64 " is no translation of that story",
                      outside->story->id);
}

static const char *const kinds[] = {[PARALLEL_SAME] = NULL,
                                    [PARALLEL_CHANGED] = "changed",
                                    [PARALLEL_NEW] = "new",
                                    [PARALLEL_GONE] = "gone",
                                    [PARALLEL_ALONE] = NULL};

static void print_part(FILE *out, const char *sign, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text == NULL ? "" : text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        fprintf(out, "  %s %s\n", sign, *line);
    }
}

/* As of a difference; what the translation says is "=". */
static void print_rows(FILE *out, const GPtrArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        const ParallelRow *row = rows->pdata[i];
        if (kinds[row->kind] != NULL) {
            fprintf(out, "%s\n", kinds[row->kind]);
            print_part(out, "-", row->before);
            print_part(out, "+", row->original);
            print_part(out, "=", row->translation);
        }
    }
}

static void print_translation(FILE *out, const Translation *translation)
{
    const Match *match = &translation->match;
    const Story *story = translation->story, *original = translation->original;
    g_autofree char *pair =
        g_strdup_printf("story %" PRId64 " (%s), story %" PRId64 " (%s)", story->id,
                        story->language, original->id, original->language);
    if (match->original == 0) {
        fprintf(out, "%s: never marked as saying the same\n", pair);
        return;
    }
    g_autofree char *when = moment_rfc3339(match->moment);
    fprintf(out, "%s: %s, marked at revision %" PRId64 " by %s, %s", pair,
            match->behind ? "behind" : "says the same", match->revision, match->person, when);
    if (match->current != match->revision) {
        fprintf(out, ", which is at revision %" PRId64 " now", match->current);
    }
    fprintf(out, "\n");
}

static void write_rows(JsonWriter *json, const GPtrArray *rows)
{
    json_writer_key(json, "changes");
    json_writer_open_array(json);
    for (guint i = 0; i < rows->len; i++) {
        const ParallelRow *row = rows->pdata[i];
        if (kinds[row->kind] != NULL) {
            json_writer_open_object(json);
            json_writer_text_member(json, "kind", kinds[row->kind]);
            json_writer_text_member(json, "before", row->before);
            json_writer_text_member(json, "original", row->original);
            json_writer_text_member(json, "translation", row->translation);
            json_writer_close(json);
        }
    }
    json_writer_close(json);
}

static bool print_translation_json(FILE *out, const Translation *translation, const GPtrArray *rows,
                                   GError **error)
{
    const Match *match = &translation->match;
    g_autoptr(GString) line = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, line, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", translation->story->id);
    json_writer_text_member(&json, "language", translation->story->language);
    json_writer_number_member(&json, "original", translation->original->id);
    json_writer_number_member(&json, "current", translation->original->revision);
    if (match->original != 0) {
        g_autofree char *when = moment_rfc3339(match->moment);
        json_writer_number_member(&json, "revision", match->revision);
        json_writer_text_member(&json, "marked", when);
        json_writer_text_member(&json, "marked_by", match->person);
    }
    json_writer_bool_member(&json, "behind", match->behind);
    write_rows(&json, rows);
    json_writer_close(&json);
    return command_print_json(out, &json, line, error);
}

static bool show_translation(const Outside *outside, const Translation *translation, GError **error)
{
    const CommandContext *context = outside->context;
    g_autoptr(GPtrArray) rows = translation_rows(outside->desk.store, translation, error);
    if (rows == NULL) {
        return false;
    }
    if (context->json) {
        return print_translation_json(context->out, translation, rows, error);
    }
    print_translation(context->out, translation);
    print_rows(context->out, rows);
    return true;
}

bool story_verb_translation(CommandContext *context, GError **error)
{
    g_auto(Outside) outside = {0};
    g_auto(Translation) translation = {0};
    return begin(&outside, context, error) && read_translation(&outside, &translation, error) &&
           show_translation(&outside, &translation, error);
}

typedef struct {
    const Outside *outside;
    int64_t original, revision;
} Mark;

static bool mark_body(Store *store, void *data, GError **error)
{
    const Mark *mark = data;
    const Outside *outside = mark->outside;
    TranslationActor by = {.person = outside->by->id, .name = outside->by->name};
    return translation_mark(store, outside->story->id, mark->original, mark->revision, &by,
                            outside->now, error);
}

bool story_verb_match(CommandContext *context, GError **error)
{
    g_auto(Outside) outside = {0};
    g_auto(Translation) translation = {0}, after = {0};
    const char *given = command_option(context, "revision");
    Mark mark = {.outside = &outside};
    if ((given != NULL &&
         !command_number(given, "the original's revision", &mark.revision, error)) ||
        !begin_by(&outside, context, PERMISSION_WRITE, error) ||
        !read_translation(&outside, &translation, error)) {
        return false;
    }
    mark.original = translation.original->id;
    mark.revision = given == NULL ? translation.original->revision : mark.revision;
    return store_transact(outside.desk.store, mark_body, &mark, error) &&
           translation_read(outside.desk.store, outside.story->id, mark.original, &after, error) &&
           show_translation(&outside, &after, error);
}
