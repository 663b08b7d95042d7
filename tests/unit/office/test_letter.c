/* Letters with one-time links: the job that sends them, and a way back in for who may have one. */
#include "office/letter.h"

#include "base/clock.h"
#include "base/error.h"
#include "doubles/stores.h"

#include <string.h>

#define URL "https://office.bell.example/"
#define NOW INT64_C(1795000000000000)

static char *payload; /* of the last letter; owned */
static unsigned letters;

static bool run_send(Store *store, const Job *job, void *context, GError **error)
{
    g_free(payload);
    payload = g_strdup(job->payload);
    letters++;
    return true;
}

static int64_t at(void *data)
{
    return NOW;
}

static void register_kinds(void)
{
    static JobKind kinds[3];
    kinds[0] = office_jobs[0];
    kinds[1] = (JobKind){.kind = "mail.send",
                         .lane = "mail",
                         .run = run_send,
                         .max_attempts = 1,
                         .lease = CLOCK_MINUTE,
                         .help = "-"};
    jobs_register(kinds);
    letters = 0;
}

static void run_all(Store *store)
{
    g_autoptr(GError) error = NULL;
    bool ran = true;
    while (ran) {
        g_assert_true(jobs_run_one(store, "mail", NULL, &ran, &error));
    }
}

static int64_t added(Store *store, const char *email, bool active)
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    g_assert_true(person_add(store, "Anna \"A\"", email, ROLE_EDITOR, 0, NOW, &id, &error));
    g_assert_true(!active || person_set_hash(store, id, "-", 0, NOW, &error));
    return id;
}

static void test_invite(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *address = NULL;
    Link link;
    clock_replace(at, NULL);
    register_kinds();
    g_autoptr(Person) anna = person_read(store, added(store, "anna@b.example", false), &error);
    g_assert_true(office_letter(store, LINK_INVITE, anna, URL, "en", NOW, &address, &error));
    g_assert_true(g_str_has_prefix(address, "https://office.bell.example/link/"));
    g_assert_true(link_find(store, strrchr(address, '/') + 1, NOW, &link, &error));
    g_assert_cmpint(link.purpose, ==, LINK_INVITE);
    g_assert_cmpint(link.person, ==, anna->id);
    run_all(store);
    g_assert_nonnull(strstr(payload, address));
    g_assert_nonnull(strstr(payload, "\"kind\":\"staff-invite\",\"to\":\"anna@b.example\""));
    clock_replace(NULL, NULL);
}

/* Only an active person gets one, and not twice in a row. */
static void test_reset(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    clock_replace(at, NULL);
    register_kinds();
    added(store, "anna@b.example", true);
    added(store, "invited@b.example", false);
    static const char *const asked[] = {"Anna@b.example", "invited@b.example", "nobody@b.example",
                                        "no address", "anna@b.example"};
    for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
        g_assert_true(office_ask_reset(store, asked[i], URL, "ru", NOW, &error));
        run_all(store);
        g_assert_cmpuint(letters, ==, 1);
    }
    g_assert_nonnull(strstr(payload, "\"language\":\"ru\""));
    g_clear_pointer(&payload, g_free);
    clock_replace(NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/office/letter/invite", test_invite);
    stores_test_add("/office/letter/reset", test_reset);
    int failed = g_test_run();
    g_free(payload);
    return failed;
}
