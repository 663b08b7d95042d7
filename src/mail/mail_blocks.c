/* The newsletter's block on pages: mail_blocks.h. The noun is newsletter.c. */
#include "mail/mail_blocks.h"

#include "mail/consent.h"
#include "mail_sql.h"
#include "press/setting.h"
#include "seal/hash.h"
#include "theme/strings.h"

#include <string.h>

void signup_field_clear(SignupField *field)
{
    g_clear_pointer(&field->name, g_free);
    g_clear_pointer(&field->language, g_free);
    g_clear_pointer(&field->heading, g_free);
    g_clear_pointer(&field->description, g_free);
    g_clear_pointer(&field->action, g_free);
    g_clear_pointer(&field->privacy, g_free);
}

/* The first address of the forms' door: a page posts there from wherever it is read (DESIGN 3). */
static char *action_of(Store *store, const char *language, GError **error)
{
    g_autofree char *urls = setting_get(store, "forms-urls", error);
    if (urls == NULL) {
        return NULL;
    }
    g_auto(GStrv) each = g_strsplit(urls, ",", 2);
    char *first = g_strstrip(each[0]);
    size_t length = strlen(first);
    while (length > 0 && first[length - 1] == '/') {
        length--;
    }
    return g_strdup_printf("%.*s/%s/subscribe", (int)length, first, language);
}

bool signup_field_load(Store *store, const Newsletter *newsletter, int64_t as_of,
                       SignupField *field, GError **error)
{
    char *privacy = NULL;
    char *action = action_of(store, newsletter->language, error);
    if (action == NULL ||
        !consent_policy_path(store, newsletter->language, as_of, &privacy, error)) {
        g_free(action);
        return false;
    }
    *field = (SignupField){.name = g_strdup(newsletter->name),
                           .language = g_strdup(newsletter->language),
                           .heading = g_strdup(newsletter->heading),
                           .description = g_strdup(newsletter->description),
                           .action = action,
                           .privacy = privacy};
    return true;
}

void signup_field_fill(const SignupField *field, Value *map, const char *root)
{
    char consent[CONSENT_HASH];
    consent_hash(field->language, consent);
    g_autofree char *preview = g_strdup_printf("%snewsletter/%s/latest.html", root, field->name);
    value_set_text(map, "name", field->name);
    value_set_text(map, "heading", field->heading);
    value_set_text(map, "description", field->description);
    value_set_text(map, "action", field->action);
    value_set_text(map, "consent", consent);
    value_set_text(map, "preview_url", preview);
    value_set_text(map, "email_label", strings_get(field->language, "newsletter_email"));
    value_set_text(map, "submit_label", strings_get(field->language, "newsletter_submit"));
    if (field->privacy != NULL) {
        g_autofree char *privacy = g_strconcat(root, field->privacy, NULL);
        value_set_text(map, "privacy_url", privacy);
    }
}

static void content_free(void *data)
{
    signup_field_clear(data);
    g_free(data);
}

static bool load(Store *store, const char *language, bool standing, int64_t as_of, void **content,
                 char **version, GError **error)
{
    g_autoptr(Newsletter) newsletter = NULL;
    if (!newsletter_offered(store, language, &newsletter, error)) {
        return false;
    }
    if (newsletter == NULL) {
        return true;
    }
    SignupField *field = g_new0(SignupField, 1);
    if (!signup_field_load(store, newsletter, as_of, field, error)) {
        g_free(field);
        return false;
    }
    g_autofree char *all = g_strjoin("\f", field->name, field->heading, field->description,
                                     field->action, field->privacy, NULL);
    Hash hash = hash_of(all, strlen(all));
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    *content = field;
    *version = g_strndup(hex, 16);
    return true;
}

static void fill(const void *content, Value *page, const char *root)
{
    signup_field_fill(content, value_set_map(page, "newsletter"), root);
}

const PressBlock mail_newsletter_block = {.name = "newsletter",
                                          .load = load,
                                          .fill = fill,
                                          .free = content_free,
                                          .help = "the newsletter that readers can subscribe to"};
