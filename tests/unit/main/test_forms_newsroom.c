/* Forms on the worker's side: the keys that are made once, what the door is told, what is drained.
 */
#include "main/forms_newsroom.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "forms/sealed.h"
#include "forms/ticket.h"
#include "main/form_rows.h"
#include "main/job_rows.h"

#include <glib/gstdio.h>
#include <string.h>

#define TICKET "0123456789abcdef0123456789abcdef"

typedef struct {
    char *folder, *keys;
    Newsroom *newsroom;
    Store *store;
} Place;

static void place_open(Place *p)
{
    g_autoptr(GError) error = NULL;
    p->folder = g_dir_make_tmp("kolokol-forms-XXXXXX", NULL);
    g_autofree char *ini = g_build_filename(p->folder, NEWSROOM_INI, NULL);
    g_autofree char *text = newsroom_ini_text((const char *const[INI_KEYS]){NULL});
    g_assert_true(g_file_set_contents(ini, text, -1, NULL));
    p->newsroom = newsroom_load(p->folder, &error);
    g_assert_no_error(error);
    p->keys = g_strdup(p->newsroom->keys_dir);
    p->store = newsroom_store(p->newsroom, &error);
    g_assert_no_error(error);
    jobs_register(job_rows());
}

static void place_close(Place *p)
{
    jobs_register(NULL);
    store_free(p->store);
    newsroom_free(p->newsroom);
    stores_remove_tree(p->folder);
    g_free(p->folder);
    g_free(p->keys);
}

static char *contents(const Place *p, const char *name, unsigned mode)
{
    g_autofree char *path = g_build_filename(p->keys, name, NULL);
    GStatBuf status;
    char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpint(g_stat(path, &status), ==, 0);
    g_assert_cmpuint(status.st_mode & 0777, ==, mode);
    return text;
}

/* The secret one is nobody else's, and is made once; the public one follows from it. */
static void test_keys(void)
{
    Place p;
    g_autoptr(GError) error = NULL;
    place_open(&p);
    g_assert_true(newsroom_forms_keys(p.newsroom, &error));
    g_autofree char *secret = contents(&p, "intake.key", 0600);
    g_autofree char *public = contents(&p, "intake.pub", 0644);
    g_autofree char *path = g_build_filename(p.keys, "intake.pub", NULL);
    g_assert_true(g_file_set_contents(path, "another's\n", -1, NULL));
    g_assert_true(newsroom_forms_keys(p.newsroom, &error));
    g_autofree char *same_secret = contents(&p, "intake.key", 0600);
    g_autofree char *same_public = contents(&p, "intake.pub", 0644);
    g_assert_cmpstr(secret, ==, same_secret);
    g_assert_cmpstr(public, ==, same_public);
    place_close(&p);
}

/* A broken key is said, and not replaced: what was sealed to it would be lost. */
static void test_broken_key(void)
{
    Place p;
    g_autoptr(GError) error = NULL;
    place_open(&p);
    g_assert_true(newsroom_forms_keys(p.newsroom, &error));
    g_autofree char *path = g_build_filename(p.keys, "intake.key", NULL);
    g_assert_true(
        g_file_set_contents_full(path, "broken\n", -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
    g_assert_null(newsroom_forms_open(p.newsroom, p.store, &error));
    g_assert_nonnull(strstr(error->message, "keys/intake.key"));
    g_autofree char *still = contents(&p, "intake.key", 0600);
    g_assert_cmpstr(still, ==, "broken\n");
    place_close(&p);
}

/* A wish for a reminder, as the door writes it. */
static void put_form(const Place *p, Store *intake, const char *address)
{
    g_autofree char *text = contents(p, "intake.pub", 0644);
    BoxPublicKey key;
    g_assert_true(box_public_key_parse(text, &key, NULL));
    const FormKind *kind = form_kind(form_rows, "remind", strlen("remind"));
    Form form = {.kind = kind, .language = "en", .values = {address, "3", ""}, .ticket = TICKET};
    g_autoptr(GBytes) sealed = sealed_form_close(&key, &form);
    Hash hash = ticket_hash(TICKET);
    g_assert_true(intake_put(intake, &hash, sealed, 1, NULL));
}

static void test_drain(void)
{
    Place p;
    volatile int go_on = 0, stop = 1;
    int64_t waiting = 0;
    g_autoptr(GError) error = NULL;
    place_open(&p);
    {
        g_autoptr(NewsroomForms) forms = newsroom_forms_open(p.newsroom, p.store, &error);
        g_assert_no_error(error);
        g_assert_nonnull(newsroom_forms_context(forms)->tokens);
        g_autoptr(Store) intake = intake_open(p.newsroom->intake, &error);
        put_form(&p, intake, "nobody");
        g_assert_true(newsroom_forms_drain(forms, &stop, &error)); /* told to stop: it waits */
        g_assert_true(intake_waiting(intake, &waiting, NULL));
        g_assert_cmpint(waiting, ==, 1);
        g_assert_true(newsroom_forms_drain(forms, &go_on, &error));
        g_assert_true(intake_waiting(intake, &waiting, NULL));
        g_assert_cmpint(waiting, ==, 0);
        g_autoptr(GBytes) closed = NULL;
        bool known = false;
        Hash hash = ticket_hash(TICKET);
        g_assert_true(intake_answer(intake, &hash, &closed, &known, NULL));
        g_autoptr(FormAnswer) answer = ticket_open(TICKET, closed, &error);
        g_assert_cmpstr(form_answer_page_name(answer), ==, "refused");
        g_autofree char *note = intake_note(intake, SITE_NOTE, NULL);
        g_autoptr(DoorSite) noted = door_site_read(note);
        g_autoptr(DoorSite) site = newsroom_door_site(p.store, NULL);
        g_assert_cmpstr(noted->names[0], ==, site->names[0]);
        g_assert_cmpstr(noted->doors[0], ==, site->doors[0]);
    }
    place_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/forms-newsroom/keys", test_keys);
    g_test_add_func("/forms-newsroom/broken-key", test_broken_key);
    g_test_add_func("/forms-newsroom/drain", test_drain);
    return g_test_run();
}
