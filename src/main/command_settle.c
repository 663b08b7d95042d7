/* `kolokol newsletter settle`: what a person decides of uncertain mails (mail/uncertain.h). */
#include "base/error.h"
#include "mail/issue.h"
#include "mail/uncertain.h"
#include "main/command_issue.h"
#include "main/newsroom_desk.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#define LINE_MOST (64u * 1024) /* bytes of a log's line that are looked at */
#define IDS_MOST  2000000u     /* words of a log that are kept: more is not an extract */

/* Which of them: by address, by the log, or all. */
typedef struct {
    char *const *addresses; /* NULL-ended; empty: any */
    GHashTable *ids;        /* the words with an '@' of the log; NULL: no log */
} Pick;

static bool picked(const Delivery *row, void *data)
{
    const Pick *pick = data;
    if (pick->ids != NULL && !g_hash_table_contains(pick->ids, row->message_id)) {
        return false;
    }
    for (char *const *address = pick->addresses; *address != NULL; address++) {
        if (g_ascii_strcasecmp(*address, row->address) == 0) {
            return true;
        }
    }
    return *pick->addresses == NULL;
}

/* Every log writes a Message-ID in its own way; it is a word with an '@' in all of them. */
static void take_words(const char *line, GHashTable *ids)
{
    static const char ends[] = " \t\r\n<>=,;()[]\"'";
    for (line += strspn(line, ends); *line != '\0'; line += strspn(line, ends)) {
        size_t length = strcspn(line, ends);
        if (memchr(line, '@', length) != NULL) {
            g_hash_table_add(ids, g_strndup(line, length));
        }
        line += length;
    }
}

static GHashTable *read_log(const char *path, GError **error)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        fail(error, KOLOKOL_ERROR_IO, "cannot read %s: %s", path, g_strerror(errno));
        return NULL;
    }
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *line = g_malloc(LINE_MOST);
    while (fgets(line, LINE_MOST, file) != NULL && g_hash_table_size(ids) < IDS_MOST) {
        take_words(line, ids);
    }
    bool fine = !ferror(file) && feof(file);
    fclose(file);
    if (!fine) {
        fail(error, KOLOKOL_ERROR_LIMIT, "%s cannot be read to its end; give an extract of it",
             path);
        return NULL;
    }
    return g_steal_pointer(&ids);
}

/* "letters", or an issue that there is. */
static bool which(CommandContext *context, Store *store, int64_t *issue, GError **error)
{
    const char *word = context->arguments[0];
    if (strcmp(word, "letters") == 0) {
        *issue = 0;
        return true;
    }
    if (!command_number(word, "issue", issue, error)) {
        return false;
    }
    g_autoptr(Issue) found = issue_read(store, *issue, error);
    return found != NULL;
}

static void say(CommandContext *context, int64_t settled, int64_t left)
{
    const char *verdict = context->arguments[1];
    if (context->json) {
        fprintf(context->out,
                "{\"verdict\":\"%s\",\"settled\":%" PRId64 ",\"uncertain\":%" PRId64 "}\n", verdict,
                settled, left);
    } else {
        fprintf(context->out, "%" PRId64 " settled: %s; %" PRId64 " still uncertain\n", settled,
                verdict, left);
    }
}

bool newsletter_verb_settle(CommandContext *context, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    UncertainVerdict verdict;
    int64_t issue = 0, settled = 0, left = 0;
    const char *log = command_option(context, "log");
    if (!uncertain_verdict_parse(context->arguments[1], &verdict)) {
        return command_usage(error, "the decision is accepted, rejected or again, not \"%.40s\"",
                             context->arguments[1]);
    }
    if (!newsroom_desk_open(&desk, context->newsroom, error) ||
        !which(context, desk.store, &issue, error)) {
        return false;
    }
    g_autoptr(GHashTable) ids = log == NULL ? NULL : read_log(log, error);
    Pick pick = {context->arguments + 2, ids};
    if ((log != NULL && ids == NULL) ||
        !uncertain_settle(desk.store, issue, verdict, picked, &pick, &settled, error) ||
        !uncertain_count(desk.store, issue, &left, error)) {
        return false;
    }
    say(context, settled, left);
    return true;
}
