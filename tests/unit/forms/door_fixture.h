/* A door over a real intake, with the program's templates: for tests of the door's files. */
#pragma once

#include "doubles/stores.h"
#include "forms/door_private.h"
#include "forms/intake.h"

#include <string.h>

static inline bool fixture_nothing(Store *newsroom, const FormContext *context, const Form *form,
                                   FormAnswer *answer, GError **error)
{
    return true;
}

static const FormField fixture_fields[] = {{"email", 40, true, false},
                                           {"newsletter", 20, false, false},
                                           {"consent", 20, false, false},
                                           {NULL, 0, false, false}};
static const FormField fixture_token[] = {{"token", 40, true, false}, {NULL, 0, false, false}};

/* Named after templates that there are. */
static const FormKind fixture_subscribe = {"subscribe", fixture_fields,  FORM_SHOW, false, 3,
                                           100,         fixture_nothing, "-"};
static const FormKind fixture_unsubscribe = {
    "unsubscribe", fixture_token, FORM_SHOW_TOKEN, true, 3, 100, fixture_nothing, "-"};
static const FormKind *const fixture_kinds[] = {&fixture_subscribe, &fixture_unsubscribe, NULL};

typedef struct {
    char *folder, *url;
    Store *intake;
    BoxSecretKey key;
    Theme *theme;
    DoorSite *site;
    Door *door;
    unsigned woken;
} DoorFixture;

static inline void fixture_woken(void *data)
{
    ((DoorFixture *)data)->woken++;
}

static inline DoorOptions fixture_options(DoorFixture *f)
{
    return (DoorOptions){.intake = f->intake,
                         .key = box_secret_key_public(&f->key),
                         .kinds = fixture_kinds,
                         .theme = f->theme,
                         .site = f->site,
                         .trusted_proxies = "127.0.0.1",
                         .https = true,
                         .wake = fixture_woken,
                         .data = f};
}

static inline void fixture_open(DoorFixture *f)
{
    g_autoptr(GError) error = NULL;
    f->woken = 0;
    f->folder = g_dir_make_tmp("kolokol-door-XXXXXX", NULL);
    f->url = g_strdup_printf("sqlite:%s/intake.db", f->folder);
    f->intake = intake_open(f->url, &error);
    g_assert_no_error(error);
    box_secret_key_new(&f->key);
    f->theme = theme_load(NULL, &error);
    g_assert_no_error(error);
    f->site = door_site_new("The <Bell>", "https://bell.example/", "en,ru",
                            "https://f.example,http://f.onion", "desk@bell.example");
    DoorOptions options = fixture_options(f);
    f->door = door_new(&options, &error);
    g_assert_no_error(error);
}

static inline void fixture_close(DoorFixture *f)
{
    door_free(f->door);
    door_site_free(f->site);
    theme_free(f->theme);
    store_free(f->intake);
    stores_remove_tree(f->folder);
    g_free(f->folder);
    g_free(f->url);
}

static inline bool fixture_says(const HttpReply *reply, const char *text)
{
    const void *body = http_reply_body(reply);
    return memmem(body, http_reply_length(reply), text, strlen(text)) != NULL;
}
