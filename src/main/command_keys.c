/* `kolokol keys`: the keys that sign editions (edition/keys.h) and mail (mail/dkim.h). */
#include "base/error.h"
#include "base/file.h"
#include "edition/keys.h"
#include "mail/dkim.h"
#include "main/command_rows.h"

#include <string.h>

#define SELECTOR "kolokol"

static bool show_keys(CommandContext *context, GError **error)
{
    static const char *const names[] = {"publish", "fresh"};
    g_auto(GStrv) texts = g_new0(char *, G_N_ELEMENTS(names) + 1);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        PublicKey key;
        if (!keys_read_public(context->newsroom->keys_dir, names[i], &key, error)) {
            return false;
        }
        texts[i] = public_key_base64(&key);
    }
    fprintf(context->out,
            context->json ? "{\"publish\":\"%s\",\"fresh\":\"%s\"}\n"
                          : "publish  %s\nfresh    %s\n",
            texts[0], texts[1]);
    return true;
}

/* ---- Mail ----------------------------------------------------------------------------------- */

/* One of RSA, which every server checks, and one of Ed25519. */
static char *fresh_pem(GError **error)
{
    g_autoptr(SigningKey) rsa = signing_key_new(SIGNING_RSA, error);
    g_autoptr(SigningKey) ed25519 = rsa == NULL ? NULL : signing_key_new(SIGNING_ED25519, error);
    if (ed25519 == NULL) {
        return NULL;
    }
    char *first = signing_key_pem(rsa), *second = signing_key_pem(ed25519);
    char *both = g_strconcat(first, second, NULL);
    signing_key_pem_free(first);
    signing_key_pem_free(second);
    return both;
}

/* Made once: a record in DNS belongs to it. */
static bool make_file(const char *keys_dir, const char *file, GError **error)
{
    FILE_AUTO directory = directory_open(keys_dir, true, error);
    g_autoptr(GError) reason = NULL;
    if (directory < 0) {
        return false;
    }
    g_autoptr(GBytes) there = file_read_at(directory, file, SIGNING_KEY_FILE, &reason);
    if (there != NULL) {
        return true;
    }
    if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    char *pem = fresh_pem(error);
    bool made = pem != NULL && file_replace(directory, file, pem, strlen(pem), 0600, error);
    signing_key_pem_free(pem);
    return made;
}

static bool print_records(FILE *out, const char *keys_dir, const char *file, const char *selectors,
                          GError **error)
{
    g_autofree char *path = g_build_filename(keys_dir, file, NULL);
    g_autoptr(GBytes) bytes = file_read(path, SIGNING_KEY_FILE, error);
    if (bytes == NULL) {
        return false;
    }
    size_t length = 0;
    const char *pem = g_bytes_get_data(bytes, &length);
    g_autoptr(Dkim) dkim = dkim_new(selectors, pem, length, error);
    if (dkim == NULL) {
        return false;
    }
    g_autofree char *records = dkim_records(dkim);
    fprintf(out,
            "# DNS, in the domain of each address that mail is sent from:\n%s"
            "# kolokol.ini, as soon as these records are there:\n"
            "[mail]\ndkim-selector=%s\ndkim-key-file=keys/%s\n",
            records, selectors, file);
    return true;
}

static bool dkim(CommandContext *context, GError **error)
{
    const char *given = command_option(context, "selector");
    const char *selector = given == NULL ? SELECTOR : given;
    if (!dkim_selector_fine(selector) || strchr(selector, '.') != NULL || strlen(selector) > 40) {
        return command_usage(error, "\"%.60s\" is no name of a selector; write it like bell2027",
                             selector);
    }
    g_autofree char *file = g_strdup_printf("dkim-%s.pem", selector);
    g_autofree char *selectors = g_strdup_printf("%s,%s-ed", selector, selector);
    return make_file(context->newsroom->keys_dir, file, error) &&
           print_records(context->out, context->newsroom->keys_dir, file, selectors, error);
}

static bool init(CommandContext *context, GError **error)
{
    return keys_init(context->newsroom->keys_dir, error) && show_keys(context, error);
}

static const CommandVerb verbs[] = {
    {"init", "", "makes the keys, once; keys that readers know are never overwritten", 0, 0, init},
    {"show", "", "the public keys, to print where readers can compare them", 0, 0, show_keys},
    {"dkim", "", "makes the keys that sign mail, once, and prints what to do with them", 0, 0,
     dkim},
    {NULL, NULL, NULL, 0, 0, NULL},
};

const Command command_keys = {
    .name = "keys",
    .usage = "init | show | dkim",
    .summary = "makes or shows the keys that sign editions, and those that sign mail",
    .help =
        "`settings publish-key` puts the first key of `show` on the page that says how to check "
        "a copy. `dkim` makes\nkeys/dkim-NAME.pem and prints what goes into DNS and into "
        "kolokol.ini; to change keys, make new ones by another\nNAME.\n",
    .needs_newsroom = true,
    .verbs = verbs,
    .options = {{"selector", OPTION_VALUE, "NAME",
                 "the name of the keys in DNS, " SELECTOR " if not given", "dkim"},
                {"json", OPTION_FLAG, NULL, "the keys as JSON", "init show"}},
};
