/* The newsletter's block on pages: mail_blocks.h. The noun is newsletter.c. */
#include "mail/mail_blocks.h"

#include "mail_sql.h"
#include "seal/hash.h"

#include <string.h>

typedef struct {
    char *heading, *description;
} Content;

static void content_free(void *data)
{
    Content *content = data;
    g_free(content->heading);
    g_free(content->description);
    g_free(content);
}

static bool load(Store *store, const char *language, bool standing, int64_t as_of, void **content,
                 char **version, GError **error)
{
    g_autoptr(StoreRows) rows = mail_newsletter_of_language(store, language, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_ROW) {
        return step == STORE_END;
    }
    Content *made = g_new0(Content, 1);
    made->heading = store_text_copy(rows, 2);
    made->description = store_text_copy(rows, 3);
    g_autofree char *all = g_strjoin("\f", made->heading, made->description, NULL);
    Hash hash = hash_of(all, strlen(all));
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    *content = made;
    *version = g_strndup(hex, 16);
    return true;
}

static void fill(const void *data, Value *page, const char *root)
{
    const Content *content = data;
    Value *newsletter = value_set_map(page, "newsletter");
    value_set_text(newsletter, "heading", content->heading);
    value_set_text(newsletter, "description", content->description);
}

const PressBlock mail_newsletter_block = {.name = "newsletter",
                                          .load = load,
                                          .fill = fill,
                                          .free = content_free,
                                          .help = "the newsletter that readers can subscribe to"};
