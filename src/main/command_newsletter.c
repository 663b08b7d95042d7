/* `kolokol newsletter`: what readers can subscribe to (mail/newsletter.h). */
#include "base/error.h"
#include "base/file.h"
#include "mail/newsletter.h"
#include "main/command_issue.h"
#include "main/command_rows.h"
#include "main/newsroom_desk.h"
#include "text/json.h"

#define FILE_MOST (64u * 1024)

static bool print_one(CommandContext *context, const Newsletter *newsletter, GError **error)
{
    if (!context->json) {
        fprintf(context->out, "%s (%s): %s\n", newsletter->name, newsletter->language,
                newsletter->heading);
        return true;
    }
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "name", newsletter->name);
    json_writer_text_member(&json, "language", newsletter->language);
    json_writer_text_member(&json, "heading", newsletter->heading);
    json_writer_text_member(&json, "description", newsletter->description);
    json_writer_text_member(&json, "schedule", newsletter->schedule);
    json_writer_text_member(&json, "from", newsletter->from);
    json_writer_text_member(&json, "send", newsletter->sending);
    json_writer_close(&json);
    return command_print_json(context->out, &json, out, error);
}

static bool list(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    g_autoptr(GPtrArray) all = newsroom_desk_open(&desk, context->newsroom, error)
                                   ? newsletter_list(desk.store, error)
                                   : NULL;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        if (!print_one(context, g_ptr_array_index(all, i), error)) {
            return false;
        }
    }
    return all != NULL;
}

static bool set(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    const char *path = context->arguments[0];
    g_autoptr(GBytes) bytes = file_read(path, FILE_MOST, error);
    if (bytes == NULL || !newsroom_desk_open(&desk, context->newsroom, error)) {
        return false;
    }
    g_autoptr(Newsletter) newsletter =
        newsletter_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error);
    bool changed = false;
    if (newsletter == NULL || newsroom_desk_language(&desk, newsletter->language, error) == NULL) {
        g_prefix_error(error, "%s: ", path);
        return false;
    }
    if (!newsletter_set(desk.store, newsletter, &changed, error)) {
        return false;
    }
    fprintf(context->out, context->json ? "{\"name\":\"%s\",\"changed\":%s}\n" : "%s: %s\n",
            newsletter->name,
            context->json ? (changed ? "true" : "false") : (changed ? "set" : "unchanged"));
    return true;
}

static const CommandVerb verbs[] = {
    {"list", "", "all newsletters", 0, 0, list},
    {"set", "FILE", "from a Markdown file; the same name again changes it", 1, 1, set},
    {"compose", "NAME", "the draft of the next issue, of the stories since the last one", 1, 1,
     newsletter_verb_compose},
    {"preview", "ISSUE", "the letter as text, or as HTML", 1, 1, newsletter_verb_preview},
    {"send", "ISSUE", "to all subscribers; the draft and its recipients are fixed now", 1, 1,
     newsletter_verb_send},
    {"status", "[ISSUE]", "who got it and who did not; without a number, the issues", 0, 1,
     newsletter_verb_status},
    {"settle", "ISSUE|letters accepted|rejected|again [ADDRESS…]",
     "decides of mails that may or may not have arrived", 2, COMMAND_MANY, newsletter_verb_settle},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_newsletter = {
    .name = "newsletter",
    .usage =
        "list | set FILE | compose NAME | preview ISSUE | send ISSUE | status [ISSUE] | settle "
        "ISSUE|letters accepted|rejected|again [ADDRESS…]",
    .summary = "what readers can subscribe to",
    .help = "A newsletter is a Markdown file with front matter: name, language, heading, "
            "description, schedule, from, send.\nAn issue is composed at its schedule, or by hand; "
            "it leaves by "
            "itself where the file says `send: automatic`. See docs/mail.md.\nMails are uncertain "
            "when the connection or the sender died at the wrong moment. They are never sent again "
            "by themselves:\nthe mail server's log knows; `settle` writes the decision down.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options = {{"html", OPTION_FLAG, NULL, "the HTML part", "preview"},
                {"log", OPTION_VALUE, "FILE", "only those whose Message-ID stands in it", "settle"},
                {"json", OPTION_FLAG, NULL, "as JSON", NULL}},
};
