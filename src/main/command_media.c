/* `kolokol media`: pictures and what is known of them (desk/media.h). */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "desk/media.h"
#include "main/command_rows.h"
#include "main/newsroom_desk.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

#define LIST_STEP 500u

static bool print_media(CommandContext *context, const Media *media, bool created, GError **error)
{
    if (!context->json) {
        fprintf(context->out, "%" PRId64 "\n", media->id);
        return true;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", media->id);
    json_writer_bool_member(&json, "created", created);
    json_writer_text_member(&json, "sha256", media->sha256);
    json_writer_text_member(&json, "mime", media->mime);
    json_writer_number_member(&json, "width", media->width);
    json_writer_number_member(&json, "height", media->height);
    json_writer_close(&json);
    if (!json_writer_finish(&json, error)) {
        return false;
    }
    fprintf(context->out, "%s\n", out->str);
    return true;
}

/* "Photographer / AGENCY". */
static void take_credit(const char *credit, MediaWords *words, char **photographer)
{
    const char *slash = credit == NULL ? NULL : strstr(credit, " / ");
    *photographer = slash == NULL ? g_strdup(credit) : g_strndup(credit, (size_t)(slash - credit));
    words->photographer = *photographer;
    words->agency = slash == NULL ? NULL : slash + strlen(" / ");
}

static bool add(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    const char *path = context->arguments[0];
    g_autoptr(GBytes) bytes = file_read(path, LIMIT_OBJECT, error);
    if (bytes == NULL || !newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    FILE_AUTO directory = directory_open(context->newsroom->media_dir, true, error);
    g_autofree char *photographer = NULL;
    MediaWords words = {.caption = command_option(context, "caption"),
                        .alt = command_option(context, "alt"),
                        .licence = command_option(context, "licence")};
    take_credit(command_option(context, "credit"), &words, &photographer);
    size_t length = 0;
    const void *data = g_bytes_get_data(bytes, &length);
    int64_t id = 0;
    bool created = false;
    if (directory < 0) {
        return false;
    }
    if (!media_add(desk.store, directory, data, length, &words, clock_now(), &id, &created,
                   error)) {
        g_prefix_error(error, "%s: ", path);
        return false;
    }
    g_autoptr(Media) media = media_read(desk.store, id, error);
    return media != NULL && print_media(context, media, created, error);
}

static bool list(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    int64_t after = 0;
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    for (;;) {
        g_autoptr(GPtrArray) some = media_list_after(desk.store, after, LIST_STEP, error);
        if (some == NULL) {
            return false;
        }
        for (guint i = 0; i < some->len; i++) {
            const Media *media = g_ptr_array_index(some, i);
            g_autofree char *credit = media_credit(media);
            after = media->id;
            if (context->json) {
                if (!print_media(context, media, false, error)) {
                    return false;
                }
            } else {
                fprintf(context->out, "%6" PRId64 "  %-4s  %5" PRId64 " x %-5" PRId64 "  %s\n",
                        media->id, media->extension, media->width, media->height, credit);
            }
        }
        if (some->len == 0) {
            return true;
        }
    }
}

static const CommandVerb verbs[] = {
    {"add", "FILE", "adds a picture and prints its id", 1, 1, add},
    {"list", "", "all pictures", 0, 0, list},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_media = {
    .name = "media",
    .usage = "add FILE [--caption C] [--credit C] [--alt A] [--licence L] | list",
    .summary = "pictures",
    .help =
        "JPEG, PNG, GIF or WebP. The same picture again gives the same id, and what is known of "
        "it stays.\nA story names it as `photo: ID`, a body as ![alt](media:ID).\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options =
        {
            {"caption", OPTION_VALUE, "TEXT", "what it shows", "add"},
            {"credit", OPTION_VALUE, "TEXT", "Photographer / AGENCY", "add"},
            {"alt", OPTION_VALUE, "TEXT", "for those who do not see it", "add"},
            {"licence", OPTION_VALUE, "TEXT", "under which terms it may be used", "add"},
            {"json", OPTION_FLAG, NULL, "a JSON object a picture", NULL},
        },
};
