/* Opening the mailroom: each wrong line of [mail] is named; and what letters say of the site. */
#include "mail/mailroom.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "press/setting.h"

#include <string.h>

typedef struct {
    char *folder, *keys, *outbox, *password;
    MailroomOptions options;
} Place;

static void place_open(Place *p)
{
    p->folder = g_dir_make_tmp("kolokol-room-XXXXXX", NULL);
    p->keys = g_build_filename(p->folder, "keys", NULL);
    p->outbox = g_build_filename(p->folder, "outbox", NULL);
    p->password = g_build_filename(p->folder, "password", NULL);
    p->options = (MailroomOptions){.keys_dir = p->keys,
                                   .outbox_dir = p->outbox,
                                   .transport = "outbox",
                                   .url = "smtp://127.0.0.1:1",
                                   .password_file = "",
                                   .ca_file = "",
                                   .from = ""};
}

static void place_close(Place *p)
{
    stores_remove_tree(p->folder);
    g_free(p->folder);
    g_free(p->keys);
    g_free(p->outbox);
    g_free(p->password);
}

static void refuses(const MailroomOptions *options, const char *what)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(mailroom_open(options, &error));
    g_test_message("%s", error->message);
    g_assert_true(g_str_has_prefix(error->message, "kolokol.ini: "));
    g_assert_nonnull(strstr(error->message, what));
}

static void test_lines(void)
{
    Place p;
    place_open(&p);
    MailroomOptions wrong = p.options;
    wrong.transport = "pigeon";
    refuses(&wrong, "pigeon");
    wrong = p.options;
    wrong.from = "The Bell <letters>";
    refuses(&wrong, "from: ");
    wrong = p.options;
    wrong.transport = "smtp";
    refuses(&wrong, "from is needed");
    wrong.from = "letters@bell.example";
    wrong.url = "smtp://me:secret@host";
    refuses(&wrong, "url: ");
    wrong.url = "smtp://me@127.0.0.1:1";
    wrong.password_file = p.password;
    refuses(&wrong, "password-file: ");
    g_assert_true(g_file_set_contents(p.password, "secret\n", -1, NULL));
    g_autoptr(Mailroom) room = mailroom_open(&wrong, NULL);
    g_assert_nonnull(room);
    place_close(&p);
}

/* The same mail has the same id, in each opening; nobody else can foresee it. */
static void test_message_id(void)
{
    Place p, q;
    place_open(&p);
    place_open(&q);
    MailSite site = {.host = (char *)(uintptr_t) "bell.example"};
    g_autoptr(Mailroom) first = mailroom_open(&p.options, NULL);
    g_autoptr(Mailroom) again = mailroom_open(&p.options, NULL);
    g_autoptr(Mailroom) other = mailroom_open(&q.options, NULL);
    g_autofree char *a = mailroom_message_id(first, &site, "issue/1/2");
    g_autofree char *b = mailroom_message_id(again, &site, "issue/1/2");
    g_autofree char *c = mailroom_message_id(first, &site, "issue/1/3");
    g_autofree char *d = mailroom_message_id(other, &site, "issue/1/2");
    g_assert_cmpstr(a, ==, b);
    g_assert_cmpstr(a, !=, c);
    g_assert_cmpstr(a, !=, d);
    g_assert_true(g_str_has_suffix(a, "@bell.example"));
    place_close(&p);
    place_close(&q);
}

static void test_site(Store *store, const char *url)
{
    Place p;
    bool changed = false;
    g_auto(MailSite) site = {0};
    g_autoptr(GError) error = NULL;
    place_open(&p);
    g_assert_true(setting_set(store, "url", "https://bell.example/", &changed, &error));
    g_assert_true(
        setting_set(store, "forms-urls", "https://f.example/, http://f.onion", &changed, &error));
    g_assert_no_error(error);
    g_assert_true(mail_site_read(store, "en", &site, &error));
    g_assert_cmpstr(site.host, ==, "bell.example");
    g_autofree char *front = mail_site_address(&site, "index.html");
    g_autofree char *section = mail_site_address(&site, "section/news/index.html");
    g_autofree char *story = mail_site_address(&site, "2026/11/24/two.html");
    g_autofree char *form = mail_site_form(&site, "ru", "confirm", "TOKEN");
    g_assert_cmpstr(front, ==, "https://bell.example/");
    g_assert_cmpstr(section, ==, "https://bell.example/section/news/");
    g_assert_cmpstr(story, ==, "https://bell.example/2026/11/24/two.html");
    g_assert_cmpstr(form, ==, "https://f.example/ru/confirm/TOKEN");
    g_autoptr(Mailroom) room = mailroom_open(&p.options, NULL);
    g_autofree char *name = NULL, *address = NULL;
    g_assert_true(mailroom_sender(room, &site, &name, &address, NULL));
    g_assert_cmpstr(name, ==, site.name);
    g_assert_cmpstr(address, ==, "noreply@bell.example");
    place_close(&p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mailroom/lines", test_lines);
    g_test_add_func("/mailroom/message-id", test_message_id);
    stores_test_add("/mailroom/site", test_site);
    return g_test_run();
}
