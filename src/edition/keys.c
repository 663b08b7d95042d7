/* The newsroom's keys: keys.h. */
#include "edition/keys.h"

#include "base/error.h"
#include "base/file.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY_FILE_MAX 4096u

static bool make_pair(int directory, const char *name, const char *what, GError **error)
{
    SecretKey secret;
    PublicKey public;
    secret_key_new(&secret, &public);
    char id[PUBLIC_KEY_ID];
    public_key_id(&public, id);
    g_autofree char *comment = g_strdup_printf("Kolokol %s %s", what, id);
    char *secret_text = secret_key_text(&secret, comment);
    secret_key_clear(&secret);
    g_autofree char *public_text = public_key_text(&public, comment);
    g_autofree char *secret_name = g_strconcat(name, ".key", NULL);
    g_autofree char *public_name = g_strconcat(name, ".pub", NULL);
    bool done =
        file_replace(directory, secret_name, secret_text, strlen(secret_text), 0600, error) &&
        file_replace(directory, public_name, public_text, strlen(public_text), 0644, error);
    secret_key_text_free(secret_text);
    return done;
}

bool keys_init(const char *keys_dir, GError **error)
{
    FILE_AUTO directory = directory_open(keys_dir, true, error);
    if (directory < 0) {
        return false;
    }
    if (faccessat(directory, "publish.key", F_OK, 0) == 0) {
        return fail(error, KOLOKOL_ERROR_CONFLICT,
                    "%s has keys already; readers know them, so they stay", keys_dir);
    }
    if (fchmod(directory, 0700) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot close %s to others", keys_dir);
    }
    /* The publish key last: it is what tells that the keys are there. */
    return make_pair(directory, "fresh", "freshness key", error) &&
           make_pair(directory, "publish", "publish key", error);
}

static GBytes *read_key(const char *keys_dir, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(keys_dir, name, NULL);
    g_autoptr(GError) reason = NULL;
    GBytes *bytes = file_read(path, KEY_FILE_MAX, &reason);
    if (bytes == NULL && g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND,
             "there is no %s; make the keys with `kolokol keys init`", path);
    } else if (bytes == NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
    }
    return bytes;
}

bool keys_read_publish(const char *keys_dir, SecretKey *secret, GError **error)
{
    g_autoptr(GBytes) bytes = read_key(keys_dir, "publish.key", error);
    return bytes != NULL && secret_key_parse(g_bytes_get_data(bytes, NULL), secret, error);
}

bool keys_read_public(const char *keys_dir, const char *name, PublicKey *key, GError **error)
{
    g_autofree char *file = g_strconcat(name, ".pub", NULL);
    g_autoptr(GBytes) bytes = read_key(keys_dir, file, error);
    return bytes != NULL && public_key_parse(g_bytes_get_data(bytes, NULL), key, error);
}
