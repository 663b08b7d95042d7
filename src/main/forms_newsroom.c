/* Forms on the worker's side: forms_newsroom.h. */
#include "main/forms_newsroom.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "forms/intake.h"
#include "health/figure.h"
#include "main/form_rows.h"
#include "press/setting.h"

#include <sodium.h>
#include <string.h>

#define KEY_FILE_MAX 1024u
#define TIDY_EVERY   CLOCK_MINUTE

struct NewsroomForms {
    Store *store, *intake;
    BoxSecretKey key;
    TokenKeys *tokens;
    FormContext context;
    int64_t tidied;
};

static bool read_key(int directory, BoxSecretKey *key, GError **error)
{
    g_autoptr(GBytes) bytes = file_read_at(directory, "intake.key", KEY_FILE_MAX, error);
    if (bytes == NULL) {
        return false;
    }
    char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    bool good = box_secret_key_parse(text, key, error);
    box_key_text_free(text);
    g_prefix_error(error, "keys/intake.key: ");
    return good;
}

/* The secret one first: a public key without it would take forms that nobody can open. */
static bool make_key(int directory, BoxSecretKey *key, GError **error)
{
    box_secret_key_new(key);
    char *text = box_secret_key_text(key);
    bool written = file_replace(directory, "intake.key", text, strlen(text), 0600, error);
    box_key_text_free(text);
    return written;
}

static bool open_key(int directory, BoxSecretKey *key, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (!read_key(directory, key, &reason)) {
        if (!g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
        if (!make_key(directory, key, error)) {
            return false;
        }
    }
    BoxPublicKey public = box_secret_key_public(key);
    g_autofree char *text = box_public_key_text(&public);
    g_autoptr(GBytes) there = file_read_at(directory, "intake.pub", KEY_FILE_MAX, NULL);
    if (there != NULL && g_bytes_get_size(there) == strlen(text) &&
        strncmp(g_bytes_get_data(there, NULL), text, strlen(text)) == 0) {
        return true;
    }
    return file_replace(directory, "intake.pub", text, strlen(text), 0644, error);
}

bool newsroom_forms_keys(const Newsroom *newsroom, GError **error)
{
    FILE_AUTO directory = directory_open(newsroom->keys_dir, true, error);
    BoxSecretKey key;
    bool good = directory >= 0 && open_key(directory, &key, error);
    box_secret_key_clear(&key);
    return good;
}

NewsroomForms *newsroom_forms_open(const Newsroom *newsroom, Store *store, GError **error)
{
    g_autoptr(NewsroomForms) forms = g_new0(NewsroomForms, 1);
    FILE_AUTO directory = directory_open(newsroom->keys_dir, true, error);
    forms->store = store;
    if (directory < 0 || !open_key(directory, &forms->key, error)) {
        return NULL;
    }
    forms->tokens = token_keys_load(directory, "tokens.key", error);
    forms->intake = forms->tokens == NULL ? NULL : intake_open(newsroom->intake, error);
    if (forms->intake == NULL) {
        return NULL;
    }
    forms->context.tokens = forms->tokens;
    return g_steal_pointer(&forms);
}

void newsroom_forms_free(NewsroomForms *forms)
{
    if (forms != NULL) {
        g_clear_pointer(&forms->intake, store_free);
        g_clear_pointer(&forms->tokens, token_keys_free);
        box_secret_key_clear(&forms->key);
        g_free(forms);
    }
}

const FormContext *newsroom_forms_context(const NewsroomForms *forms)
{
    return &forms->context;
}

static bool set_names(Store *store, DoorSite *site, GError **error)
{
    for (char **language = site->languages; *language != NULL; language++) {
        g_autofree char *name = setting_get_in(store, "name", *language, error);
        if (name == NULL) {
            return false;
        }
        door_site_set_name(site, *language, name);
    }
    return true;
}

DoorSite *newsroom_door_site(Store *store, GError **error)
{
    static const char *const names[] = {"name", "url", "languages", "forms-urls", "contact"};
    char *values[G_N_ELEMENTS(names)] = {NULL};
    bool good = true;
    for (size_t i = 0; i < G_N_ELEMENTS(names) && good; i++) {
        values[i] = setting_get(store, names[i], error);
        good = values[i] != NULL;
    }
    g_autoptr(DoorSite) site =
        good ? door_site_new(values[0], values[1], values[2], values[3], values[4]) : NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_free(values[i]);
    }
    return site != NULL && set_names(store, site, error) ? g_steal_pointer(&site) : NULL;
}

static bool write_note(NewsroomForms *forms, GError **error)
{
    g_autoptr(DoorSite) site = newsroom_door_site(forms->store, error);
    if (site == NULL) {
        return false;
    }
    g_autofree char *text = door_site_write(site);
    return intake_note_set(forms->intake, SITE_NOTE, text, error);
}

static bool count_one(const IntakeAside *form, void *data, GError **error)
{
    ++*(int64_t *)data;
    return true;
}

/* What waits for a person, for the office, which has no intake. */
static bool count_aside(NewsroomForms *forms, GError **error)
{
    int64_t count = 0;
    return intake_aside(forms->intake, INTAKE_WAITING, count_one, &count, error) &&
           figure_put(forms->store, "forms.aside", count, clock_now(), error);
}

bool newsroom_forms_drain(NewsroomForms *forms, const volatile int *stop, GError **error)
{
    Drain drain = {.newsroom = forms->store,
                   .intake = forms->intake,
                   .key = &forms->key,
                   .kinds = form_rows,
                   .context = &forms->context};
    bool any = true;
    while (any && !*stop) {
        if (!drain_one(&drain, &any, error)) {
            return false;
        }
    }
    int64_t now = clock_monotonic();
    if (forms->tidied != 0 && now - forms->tidied < TIDY_EVERY) {
        return true;
    }
    forms->tidied = now;
    return write_note(forms, error) && count_aside(forms, error) && drain_tidy(&drain, error);
}
