/* `kolokol story erasures`: takedowns and withheld names, and whether anything is left of them
 * (desk/erasure.h). */
#include "base/moment.h"
#include "desk/erasure.h"
#include "main/newsroom_desk.h"
#include "main/story_verbs.h"
#include "text/json.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN 1000u

static bool print_json(CommandContext *context, const Erasure *erasure, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *asked = moment_rfc3339(erasure->asked);
    g_autofree char *finished =
        erasure->step == ERASURE_DONE ? moment_rfc3339(erasure->finished) : NULL;
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_number_member(&json, "id", erasure->id);
    json_writer_text_member(&json, "kind", erasure->kind);
    json_writer_number_member(&json, "story", erasure->story);
    json_writer_text_member(&json, "asked", asked);
    json_writer_text_member(&json, "finished", finished);
    json_writer_text_member(&json, "reason", erasure->reason);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

static void print_text(CommandContext *context, const Erasure *erasure)
{
    g_autofree char *asked = moment_rfc3339(erasure->asked);
    g_autofree char *what = erasure->story != 0 ? g_strdup_printf("story %" PRId64, erasure->story)
                                                : g_strdup("a name");
    fprintf(context->out, "%6" PRId64 "  %s  %-8s  %s  %s\n", erasure->id, asked, erasure->kind,
            erasure->step == ERASURE_DONE ? "done     " : "under way", what);
    if (*erasure->reason != '\0') {
        fprintf(context->out, "        %s\n", erasure->reason);
    }
}

bool story_verb_erasures(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    if (!newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(GPtrArray) all = erasure_list(desk.store, SHOWN, error);
    unsigned left = 0;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Erasure *erasure = all->pdata[i];
        left += erasure->step != ERASURE_DONE;
        if (!context->json) {
            print_text(context, erasure);
        } else if (!print_json(context, erasure, error)) {
            return false;
        }
    }
    if (all != NULL && !context->json) {
        fprintf(context->out, "takedowns, names and drafts: %u, %u left for the worker to finish\n",
                all->len, left);
    }
    return all != NULL;
}
