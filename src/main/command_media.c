/* `kolokol media`: pictures and what is known of them (desk/media.h). */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/moment.h"
#include "desk/media_change.h"
#include "desk/media_crop.h"
#include "desk/media_upload.h"
#include "desk/variant.h"
#include "main/command_rows.h"
#include "main/newsroom_desk.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

#define LIST_STEP     500u
#define EXPIRING_DAYS 7 /* that `--expiring` looks ahead */

/* The forms that pages show, as "wide avif 800x533 38099". */
static void write_variants(JsonWriter *json, const GArray *variants)
{
    json_writer_key(json, "variants");
    json_writer_open_array(json);
    for (guint i = 0; i < variants->len; i++) {
        const Variant *it = &g_array_index(variants, Variant, i);
        json_writer_open_object(json);
        json_writer_text_member(json, "shape", it->shape);
        json_writer_text_member(json, "format", it->format);
        json_writer_number_member(json, "width", it->width);
        json_writer_number_member(json, "height", it->height);
        json_writer_number_member(json, "size", it->size);
        json_writer_text_member(json, "sha256", it->sha256);
        json_writer_close(json);
    }
    json_writer_close(json);
}

static bool print_json(CommandContext *context, const Media *media, const bool *created,
                       const GArray *variants, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *credit = media_credit(media);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", media->id);
    if (created != NULL) {
        json_writer_bool_member(&json, "created", *created);
    }
    json_writer_text_member(&json, "sha256", media->sha256);
    json_writer_text_member(&json, "mime", media->mime);
    json_writer_number_member(&json, "width", media->width);
    json_writer_number_member(&json, "height", media->height);
    json_writer_text_member(&json, "caption", media->caption);
    json_writer_text_member(&json, "credit", credit);
    json_writer_text_member(&json, "alt", media->alt);
    json_writer_text_member(&json, "licence", media->licence);
    json_writer_text_member(&json, "source", media->source);
    json_writer_text_member(&json, "taken", media->taken);
    if (variants != NULL) {
        write_variants(&json, variants);
    }
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

typedef struct {
    MediaWords words;
    MediaFocal focal;
    char *photographer;
    ImageWords said;       /* by the file */
    int64_t licence_until; /* 0: none; -1: not said */
} Given;

static void given_clear(Given *given)
{
    g_clear_pointer(&given->photographer, g_free);
    image_words_clear(&given->said);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Given, given_clear)

/* The options; the credit is "Photographer / AGENCY". */
static bool take_words(CommandContext *context, Given *given, GError **error)
{
    const char *credit = command_option(context, "credit");
    const char *focal = command_option(context, "focal");
    const char *slash = credit == NULL ? NULL : strstr(credit, " / ");
    if (focal != NULL) {
        if (!media_focal_parse(focal, &given->focal, error)) {
            return false;
        }
        given->words.focal = &given->focal;
    }
    given->photographer =
        slash == NULL ? g_strdup(credit) : g_strndup(credit, (size_t)(slash - credit));
    given->words.photographer = given->photographer;
    given->words.agency = credit == NULL ? NULL : slash == NULL ? "" : slash + strlen(" / ");
    given->words.caption = command_option(context, "caption");
    given->words.alt = command_option(context, "alt");
    given->words.licence = command_option(context, "licence");
    given->words.source = command_option(context, "source");
    given->words.taken = command_option(context, "taken");
    return true;
}

/* The end of that day, in the site's zone; "never" for none. */
static bool take_licence_end(CommandContext *context, const DeskSite *site, Given *given,
                             GError **error)
{
    const char *day = command_option(context, "licence-until");
    int64_t midnight = 0;
    given->licence_until = day == NULL ? -1 : 0;
    if (day == NULL || strcmp(day, "never") == 0) {
        return true;
    }
    if (!moment_parse(day, site->zone, &midnight, error)) {
        g_prefix_error(error, "--licence-until: ");
        return false;
    }
    given->licence_until = strlen(day) == strlen("2026-11-24") ? midnight + CLOCK_DAY : midnight;
    return true;
}

/* Only when asked: a file may name somebody who shall not be named. */
static bool take_file_words(CommandContext *context, GBytes *bytes, Given *given, GError **error)
{
    if (command_option(context, "file-words") == NULL) {
        return true;
    }
    if (!image_words(bytes, &given->said, error)) {
        return false;
    }
    media_words_of_file(&given->words, &given->said);
    return true;
}

static bool add(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    g_auto(Given) given = {0};
    const char *path = context->arguments[0];
    g_autoptr(GBytes) bytes = file_read(path, LIMIT_OBJECT, error);
    if (bytes == NULL || !take_words(context, &given, error) ||
        !newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    FILE_AUTO directory = directory_open(context->newsroom->media_dir, true, error);
    int64_t id = 0;
    bool created = false;
    if (directory < 0) {
        return false;
    }
    if (!take_licence_end(context, &desk.site, &given, error) ||
        !take_file_words(context, bytes, &given, error)) {
        return false;
    }
    given.words.licence_until = MAX(given.licence_until, 0);
    if (!media_upload(desk.store, directory, bytes, &given.words, clock_now(), &id, &created,
                      error)) {
        g_prefix_error(error, "%s: ", path);
        return false;
    }
    if (!context->json) {
        fprintf(context->out, "%" PRId64 "\n", id);
        return true;
    }
    g_autoptr(Media) media = media_read(desk.store, id, error);
    return media != NULL && print_json(context, media, &created, NULL, error);
}

static bool take_id(const char *text, int64_t *id, GError **error)
{
    return g_ascii_string_to_signed(text, 10, 1, INT64_MAX, id, NULL) ||
           fail(error, KOLOKOL_ERROR_INVALID, "\"%.40s\" is no id of a picture (`media list`)",
                text);
}

static bool set(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    g_auto(Given) given = {0};
    int64_t id = 0;
    if (!take_id(context->arguments[0], &id, error) || !take_words(context, &given, error) ||
        !newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(Media) media = media_read(desk.store, id, error);
    if (media == NULL) {
        return false;
    }
    if (!take_licence_end(context, &desk.site, &given, error)) {
        return false;
    }
    given.words.licence_until =
        given.licence_until < 0 ? media->licence_until : given.licence_until;
    return media_describe_upload(desk.store, id, &given.words, clock_now(), error);
}

static void print_line(FILE *out, const char *name, const char *value)
{
    if (*value != '\0') {
        fprintf(out, "%-9s %s\n", name, value);
    }
}

static void print_whole(FILE *out, const Media *media, const GArray *variants, const GArray *usage)
{
    g_autofree char *credit = media_credit(media);
    fprintf(out, "%-9s %" PRId64 "\n%-9s %s, %" PRId64 " x %" PRId64 ", %" PRId64 " bytes\n",
            "picture", media->id, "original", media->extension, media->width, media->height,
            media->size);
    print_line(out, "caption", media->caption);
    print_line(out, "credit", credit);
    print_line(out, "alt", media->alt);
    print_line(out, "licence", media->licence);
    if (media->licence_until != 0) {
        g_autofree char *until = moment_rfc3339(media->licence_until);
        print_line(out, "until", until);
    }
    print_line(out, "source", media->source);
    print_line(out, "taken", media->taken);
    if (media->focal_x >= 0) {
        fprintf(out, "%-9s %" PRId64 ",%" PRId64 "\n", "focal", media->focal_x / 10,
                media->focal_y / 10);
    }
    for (guint i = 0; i < usage->len; i++) {
        fprintf(out, "%-9s %" PRId64 "\n", "story", g_array_index(usage, int64_t, i));
    }
    for (guint i = 0; i < variants->len; i++) {
        const Variant *it = &g_array_index(variants, Variant, i);
        fprintf(out, "%-9s %s, %" PRId64 " x %" PRId64 ", %" PRId64 " bytes\n", it->shape,
                it->format, it->width, it->height, it->size);
    }
    if (variants->len == 0) {
        fprintf(out, "no forms for pages yet; the worker's slow lane makes them\n");
    }
}

static bool show(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    int64_t id = 0;
    if (!take_id(context->arguments[0], &id, error) ||
        !newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(Media) media = media_read(desk.store, id, error);
    g_autoptr(GArray) variants = media == NULL ? NULL : variant_list(desk.store, id, error);
    g_autoptr(GArray) usage = variants == NULL ? NULL : media_usage(desk.store, id, error);
    if (usage == NULL) {
        return false;
    }
    if (context->json) {
        return print_json(context, media, NULL, variants, error);
    }
    print_whole(context->out, media, variants, usage);
    return true;
}

/* What `list` is asked for. */
static MediaQuery take_query(CommandContext *context)
{
    return (MediaQuery){.text = command_option(context, "search"),
                        .unused = command_option(context, "unused") != NULL,
                        .expires_before = command_option(context, "expiring") == NULL
                                              ? 0
                                              : clock_now() + EXPIRING_DAYS * CLOCK_DAY,
                        .most = LIST_STEP};
}

static bool list_one(CommandContext *context, const Media *media, GError **error)
{
    g_autofree char *credit = media_credit(media);
    g_autofree char *until =
        media->licence_until == 0 ? g_strdup("") : moment_rfc3339(media->licence_until);
    if (context->json) {
        return print_json(context, media, NULL, NULL, error);
    }
    fprintf(context->out, "%6" PRId64 "  %-4s  %5" PRId64 " x %-5" PRId64 "  %s%s%s\n", media->id,
            media->extension, media->width, media->height, credit, *until == '\0' ? "" : "  until ",
            until);
    return true;
}

static bool list(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    MediaQuery query = take_query(context);
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    for (;;) {
        g_autoptr(GPtrArray) some = media_find(desk.store, &query, error);
        if (some == NULL || some->len == 0) {
            return some != NULL;
        }
        for (guint i = 0; i < some->len; i++) {
            const Media *media = g_ptr_array_index(some, i);
            query.before = media->id;
            if (!list_one(context, media, error)) {
                return false;
            }
        }
    }
}

static bool replace(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    int64_t id = 0;
    const char *path = context->arguments[1];
    g_autoptr(GBytes) bytes = NULL;
    if (!take_id(context->arguments[0], &id, error) ||
        (bytes = file_read(path, LIMIT_OBJECT, error)) == NULL ||
        !newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    FILE_AUTO directory = directory_open(context->newsroom->media_dir, true, error);
    if (directory < 0) {
        return false;
    }
    if (!media_replace(desk.store, directory, id, bytes, clock_now(), error)) {
        if (g_error_matches(*error, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID)) {
            g_prefix_error(error, "%s: ", path);
        }
        return false;
    }
    return true;
}

/* Cut here and now; the forms for pages are the worker's, as always. */
static bool crop(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    MediaPart part = {0};
    int64_t id = 0, now = clock_now();
    bool undo = strcmp(context->arguments[1], "none") == 0;
    if (!take_id(context->arguments[0], &id, error) ||
        (!undo && !media_part_parse(context->arguments[1], &part, error)) ||
        !newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    FILE_AUTO directory = directory_open(context->newsroom->media_dir, true, error);
    return directory >= 0 && media_crop_order(desk.store, id, undo ? NULL : &part, now, error) &&
           media_crop_run(desk.store, directory, id, now, error);
}

static bool remove_all(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    FILE_AUTO directory = directory_open(context->newsroom->media_dir, true, error);
    for (unsigned i = 0; directory >= 0 && i < context->count; i++) {
        int64_t id = 0;
        if (!take_id(context->arguments[i], &id, error) ||
            !media_remove(desk.store, directory, id, error)) {
            return false;
        }
    }
    return directory >= 0;
}

static const CommandVerb verbs[] = {
    {"add", "FILE", "adds a picture and prints its id", 1, 1, add},
    {"list", "", "the pictures, newest first", 0, 0, list},
    {"show", "ID", "one with its words, the stories that use it and its forms", 1, 1, show},
    {"set", "ID", "changes its words or its focal point", 1, 1, set},
    {"replace", "ID FILE", "another file in its place, on every page", 2, 2, replace},
    {"crop", "ID PART", "cuts it on every page, as 10,0,80.5,100; \"none\": whole again", 2, 2,
     crop},
    {"remove", "ID…", "those that no story shows", 1, COMMAND_MANY, remove_all},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_media = {
    .name = "media",
    .usage = "add FILE [--caption C] [--credit C] [--alt A] [--licence L] [--focal X,Y] … | list | "
             "show ID | set ID … | replace ID FILE | crop ID X,Y,WIDTH,HEIGHT | remove ID…",
    .summary = "pictures",
    .help =
        "JPEG, PNG, WebP, GIF, HEIC or AVIF. What the camera wrote into it (place, time, serial "
        "numbers) is\nremoved before it is stored. The same picture again gives the same id, and "
        "what is known of it stays.\nA story names it as `photo: ID`, a body as "
        "![alt](media:ID).\n`crop` counts in per cent of the picture as it is now: from the left, "
        "from "
        "the top, width, height. The whole one is kept.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options =
        {
            {"caption", OPTION_VALUE, "TEXT", "what it shows", "add set"},
            {"credit", OPTION_VALUE, "TEXT", "Photographer / AGENCY", "add set"},
            {"alt", OPTION_VALUE, "TEXT", "for those who do not see it", "add set"},
            {"licence", OPTION_VALUE, "TEXT", "under which terms it may be used", "add set"},
            {"licence-until", OPTION_VALUE, "DAY",
             "its last day on pages (then it leaves them), or \"never\"", "add set"},
            {"source", OPTION_VALUE, "TEXT", "whose it is; not shown on pages", "add set"},
            {"taken", OPTION_VALUE, "DAY", "when it was taken: 2026-11-24", "add set"},
            {"file-words", OPTION_FLAG, NULL,
             "what is not said is taken from the file's XMP, IPTC and EXIF", "add"},
            {"focal", OPTION_VALUE, "X,Y",
             "what small square forms keep in sight: per cent from the left and from the top",
             "add set"},
            {"search", OPTION_VALUE, "TEXT", "only those with that in their words", "list"},
            {"unused", OPTION_FLAG, NULL, "only those that no story shows", "list"},
            {"expiring", OPTION_FLAG, NULL,
             "only those whose licence has ended, or does within a week", "list"},
            {"json", OPTION_FLAG, NULL, "a JSON object a picture", NULL},
        },
};
