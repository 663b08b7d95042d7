/*
 * Forms, mail and money, killed at every step: a reader subscribes, contributes monthly, pays, ends
 * it, wants to be reminded, confirms, is reminded. At the worker's 1st, 2nd … call to database,
 * file or socket its process is killed, or that call fails, or all from then on; another worker
 * takes over later. Afterwards everything has happened, and once: one subscriber, one gift, one
 * charge, one receipt, one letter each.
 *
 * KOLOKOL_FULL=1 does it at every call, otherwise at some.
 */
#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "doubles/stores.h"
#include "forms/sealed.h"
#include "forms/ticket.h"
#include "fund/campaign.h"
#include "fund/gift.h"
#include "fund/ledger.h"
#include "fund/subscription.h"
#include "mail/delivery.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"
#include "main/form_rows.h"
#include "main/forms_newsroom.h"
#include "main/job_rows.h"
#include "main/newsroom_mail.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define BEGIN    (INT64_C(1700000000) * CLOCK_SECOND)
#define ROUNDS   3 /* of a worker: what one lane makes for another is done in the next */
#define RECOVERY 4 /* times that another worker looks, 20 minutes apart */

static int64_t now = BEGIN;

static int64_t standing(void *data)
{
    return now;
}

/* ---- A worker ------------------------------------------------------------------------------- */

/* What goes wrong at the nth fallible call. */
typedef enum { NOTHING, KILLED, FAILS_ONCE, FAILS_FOR_GOOD } Harm;

static void plan(Harm harm, uint64_t nth)
{
    if (harm == KILLED) {
        fault_plan_kill(FAULT_ALL, nth);
    } else if (harm != NOTHING) {
        fault_plan(FAULT_ALL, nth, harm == FAILS_FOR_GOOD);
    }
}

/* A worker that meets an error would say so and be started again. */
static bool run_lane(Store *store, const char *lane, void *context, Harm harm)
{
    bool ran = true;
    g_autoptr(GError) error = NULL;
    while (ran && jobs_run_one(store, lane, context, &ran, &error)) {
    }
    g_assert_true(error == NULL || harm != NOTHING);
    return error == NULL;
}

/* Everything that is due; returns how many fallible calls that were. */
static uint64_t work(const char *dir, Harm harm, uint64_t nth)
{
    volatile int stop = 0;
    g_autoptr(GError) error = NULL;
    g_autoptr(Newsroom) newsroom = newsroom_load(dir, &error);
    g_autoptr(Store) store = newsroom_store(newsroom, &error);
    g_assert_no_error(error);
    jobs_register(job_rows());
    g_autoptr(Mailroom) room = newsroom_mailroom(newsroom, &error);
    g_assert_no_error(error);
    NewsroomForms *forms = newsroom_forms_open(newsroom, store, &error);
    g_assert_no_error(error);
    plan(harm, nth);
    bool goes = true;
    for (int i = 0; i < ROUNDS && goes; i++) {
        goes = newsroom_forms_drain(forms, &stop, &error) && run_lane(store, "pay", NULL, harm) &&
               run_lane(store, "mail", room, harm);
        g_assert_true(error == NULL || harm != NOTHING);
    }
    uint64_t calls = fault_end();
    newsroom_forms_free(forms);
    return calls;
}

/* ---- A reader ------------------------------------------------------------------------------- */

static unsigned tickets;

/* A form, as the door writes it into the intake. */
static void post(const char *dir, const char *name, const char *const *values)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Newsroom) newsroom = newsroom_load(dir, &error);
    g_autofree char *path = g_build_filename(newsroom->keys_dir, "intake.pub", NULL), *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, &error));
    BoxPublicKey key;
    g_assert_true(box_public_key_parse(text, &key, &error));
    g_autofree char *ticket = g_strdup_printf("%032x", ++tickets);
    Form form = {.kind = form_kind(form_rows, name, strlen(name)),
                 .language = "en",
                 .ticket = ticket,
                 .received = now};
    for (unsigned i = 0; form.kind->fields[i].name != NULL; i++) {
        form.values[i] = "";
    }
    for (; *values != NULL; values += 2) {
        form.values[form_field(form.kind, values[0], strlen(values[0]))] = values[1];
    }
    g_autoptr(Store) intake = intake_open(newsroom->intake, &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) sealed = sealed_form_close(&key, &form);
    Hash hash = ticket_hash(ticket);
    g_assert_true(intake_put(intake, &hash, sealed, now, &error));
}

/* What follows "/NAME/" in the newest letter that has it. Caller frees. */
static char *token_of(const char *dir, const char *name)
{
    g_autofree char *outbox = g_build_filename(dir, "outbox", NULL), *found = NULL;
    g_autofree char *before = g_strdup_printf("/en/%s/", name);
    g_autoptr(GDir) all = g_dir_open(outbox, 0, NULL);
    for (const char *file; (file = g_dir_read_name(all)) != NULL;) {
        g_autofree char *path = g_build_filename(outbox, file, NULL), *text = NULL;
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_auto(GStrv) lines = g_strsplit(text, "=\r\n", -1);
        g_autofree char *whole = g_strjoinv("", lines);
        const char *at = strstr(whole, before);
        if (at != NULL) {
            g_free(found);
            at += strlen(before);
            found = g_strndup(at, strcspn(at, "\r\n\"<> ="));
        }
    }
    g_assert_nonnull(found);
    return g_steal_pointer(&found);
}

/* ---- What must be so ------------------------------------------------------------------------ */

/* How many letters of a kind the journal has, sent or perhaps sent; no other state is left. */
static unsigned letters(Store *store, const char *kind)
{
    unsigned count = 0;
    for (int state = 1; state < DELIVERY_STATES; state++) {
        g_autoptr(GPtrArray) rows = delivery_list(store, 0, (DeliveryState)state, 0, 100, NULL);
        for (guint i = 0; i < rows->len; i++) {
            bool same = strcmp(((Delivery *)rows->pdata[i])->kind, kind) == 0;
            g_assert_true(!same || state == DELIVERY_ACCEPTED || state == DELIVERY_UNCERTAIN);
            count += same;
        }
    }
    return count;
}

static Gift *only_gift(Store *store)
{
    g_autoptr(GPtrArray) all = gift_list(store, NULL, GIFT_STATES, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    return gift_by_id(store, ((Gift *)all->pdata[0])->id, NULL);
}

static void subscribed(Store *store)
{
    int64_t counts[4];
    g_assert_true(subscriber_count(store, 1, counts, NULL));
    g_assert_cmpint(counts[SUBSCRIBER_STATE_PENDING], ==, 1);
    g_assert_cmpint(counts[SUBSCRIBER_STATE_CONFIRMED], ==, 0);
    g_assert_cmpuint(letters(store, "subscribe"), ==, 1);
}

static void confirmed(Store *store)
{
    int64_t counts[4];
    g_assert_true(subscriber_count(store, 1, counts, NULL));
    g_assert_cmpint(counts[SUBSCRIBER_STATE_PENDING], ==, 0);
    g_assert_cmpint(counts[SUBSCRIBER_STATE_CONFIRMED], ==, 1);
    g_assert_cmpuint(letters(store, "welcome"), ==, 1);
}

static void contributed(Store *store)
{
    g_autoptr(Gift) gift = only_gift(store);
    g_assert_cmpint(gift->state, ==, GIFT_PENDING);
    g_assert_cmpstr(gift->checkout, !=, "");
    g_assert_cmpstr(gift->link, !=, "");
}

static void paid(Store *store)
{
    g_autoptr(Gift) gift = only_gift(store);
    g_assert_cmpint(gift->state, ==, GIFT_SETTLED);
    g_autoptr(GArray) totals = ledger_totals(store, NULL);
    g_assert_cmpuint(totals->len, ==, 1);
    const LedgerTotal *total = &g_array_index(totals, LedgerTotal, 0);
    g_assert_cmpint(total->gifts, ==, 1);
    g_assert_cmpint(total->charged, ==, 500);
    g_assert_cmpint(total->other, ==, 0);
    g_autoptr(Subscription) subscription = subscription_of_gift(store, gift->id, NULL);
    g_assert_true(subscription_counts(subscription->status));
    g_assert_cmpuint(letters(store, "gift-receipt"), ==, 1);
}

static void ended(Store *store)
{
    g_autoptr(Gift) gift = only_gift(store);
    g_autoptr(Subscription) subscription = subscription_of_gift(store, gift->id, NULL);
    g_assert_true(subscription_is_final(subscription->status));
    g_assert_cmpuint(letters(store, "gift-receipt"), ==, 1);
}

static void wished(Store *store)
{
    g_assert_cmpuint(letters(store, "remind-confirm"), ==, 1);
    g_assert_cmpuint(letters(store, "reminder"), ==, 0);
}

static void reminded(Store *store)
{
    g_assert_cmpuint(letters(store, "reminder"), ==, 1);
}

/* ---- A stage -------------------------------------------------------------------------------- */

static char *copy_of(const char *dir)
{
    g_autofree char *folder = g_dir_make_tmp("kolokol-killed-XXXXXX", NULL);
    char *to = g_build_filename(folder, "d", NULL);
    const char *const words[] = {"cp", "-a", dir, to, NULL};
    int status = -1;
    g_assert_true(g_spawn_sync(NULL, (char **)(uintptr_t)words, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, NULL, NULL, &status, NULL));
    g_assert_cmpint(status, ==, 0);
    return to;
}

static void remove_copy(char *dir)
{
    g_autofree char *folder = g_path_get_dirname(dir);
    stores_remove_tree(folder);
    g_free(dir);
}

/* Whether the harm was done: the worker came as far as that call. Afterwards others have had time.
 */
static bool run_with(const char *dir, Harm harm, uint64_t nth)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        _exit(work(dir, harm, nth) >= nth ? 1 : 0);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status) ? harm == KILLED && WTERMSIG(status) == SIGKILL
                                      : WEXITSTATUS(status) <= 1);
    for (int i = 0; i < RECOVERY; i++) {
        now += 20 * CLOCK_MINUTE;
        work(dir, NOTHING, 0);
    }
    return WIFSIGNALED(status) || WEXITSTATUS(status) == 1;
}

static void check_store(const char *dir, void (*check)(Store *store))
{
    int64_t waiting = 1;
    g_autoptr(GError) error = NULL;
    g_autoptr(Newsroom) newsroom = newsroom_load(dir, &error);
    g_autoptr(Store) store = newsroom_store(newsroom, &error);
    g_autoptr(Store) intake = intake_open(newsroom->intake, &error);
    g_assert_no_error(error);
    g_assert_true(intake_waiting(intake, &waiting, &error));
    g_assert_cmpint(waiting, ==, 0);
    check(store);
}

/* One kind of harm at each call that a worker makes of what `dir` has waiting, each time in a copy.
 */
static unsigned harm_each(const char *dir, Harm harm, unsigned step, void (*check)(Store *store))
{
    unsigned count = 0;
    int64_t began = now;
    bool done = true;
    for (uint64_t nth = 1; done; nth += step) {
        char *copy = copy_of(dir);
        now = began;
        done = run_with(copy, harm, nth);
        count += done;
        check_store(copy, check);
        remove_copy(copy);
    }
    now = began;
    return count;
}

/* Afterwards `dir` itself goes on, unharmed. */
static void stage(const char *dir, const char *what, void (*check)(Store *store))
{
    bool full = g_getenv("KOLOKOL_FULL") != NULL;
    unsigned kills = harm_each(dir, KILLED, full ? 1 : 7, check);
    unsigned once = harm_each(dir, FAILS_ONCE, full ? 1 : 13, check);
    unsigned for_good = harm_each(dir, FAILS_FOR_GOOD, full ? 1 : 19, check);
    g_test_message("%s: killed %u times; a call failed %u times, all calls %u times", what, kills,
                   once, for_good);
    g_assert_cmpuint(kills, >, 3);
    work(dir, NOTHING, 0);
    check_store(dir, check);
}

/* ---- The newsroom --------------------------------------------------------------------------- */

static const char newsletter_file[] =
    "---\nname: weekly\nlanguage: en\nheading: Every week\ndescription: Six stories.\n---\n";
static const char campaign_file[] =
    "---\nname: winter\nlanguage: en\nheading: A message\ncall: Give\n"
    "amounts: once 10 25; monthly 2 5\n---\nDear readers.\n";

static char *newsroom_new(void)
{
    g_autoptr(GError) error = NULL;
    bool changed = false;
    char *folder = g_dir_make_tmp("kolokol-killed-XXXXXX", NULL);
    char *dir = g_build_filename(folder, "d", NULL);
    g_assert_cmpint(g_mkdir_with_parents(dir, 0700), ==, 0);
    g_free(folder);
    g_autofree char *ini = g_build_filename(dir, NEWSROOM_INI, NULL);
    g_autofree char *text = newsroom_ini_text((const char *const[INI_KEYS]){NULL});
    g_assert_true(g_file_set_contents(ini, text, -1, NULL));
    now = BEGIN;
    clock_replace(standing, NULL);
    work(dir, NOTHING, 0); /* makes the keys */
    g_autoptr(Newsroom) newsroom = newsroom_load(dir, &error);
    g_autoptr(Store) store = newsroom_store(newsroom, &error);
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(Newsletter) newsletter =
        newsletter_parse(newsletter_file, strlen(newsletter_file), &error);
    g_assert_true(newsletter_set(store, newsletter, &changed, &error));
    g_autoptr(Campaign) campaign =
        campaign_parse(campaign_file, strlen(campaign_file), zone, now - CLOCK_DAY, &error);
    g_assert_true(campaign_set(store, campaign, now - CLOCK_DAY, &changed, &error));
    g_assert_no_error(error);
    return dir;
}

static void test_subscribe(void)
{
    char *dir = newsroom_new();
    post(dir, "subscribe",
         (const char *[]){"newsletter", "weekly", "email", "ann@reader.example", NULL});
    stage(dir, "subscribe", subscribed);
    g_autofree char *token = token_of(dir, "confirm");
    post(dir, "confirm", (const char *[]){"token", token, NULL});
    stage(dir, "confirm", confirmed);
    remove_copy(dir);
}

/* The checkout's id: what practice calls the payment. */
static char *checkout_of(const char *dir)
{
    g_autoptr(Newsroom) newsroom = newsroom_load(dir, NULL);
    g_autoptr(Store) store = newsroom_store(newsroom, NULL);
    g_autoptr(Gift) gift = only_gift(store);
    return g_strdup(gift->checkout);
}

static void test_contribute(void)
{
    char *dir = newsroom_new();
    post(dir, "contribute",
         (const char *[]){"campaign", "winter", "currency", "EUR", "frequency", "monthly",
                          "monthly", "5.00", NULL});
    stage(dir, "contribute", contributed);
    g_autofree char *checkout = checkout_of(dir);
    post(dir, "practice",
         (const char *[]){"token", checkout, "decision", "pay", "email", "ann@reader.example",
                          NULL});
    stage(dir, "pay", paid);
    g_autofree char *token = token_of(dir, "gift-cancel");
    post(dir, "gift-cancel", (const char *[]){"token", token, NULL});
    stage(dir, "end", ended);
    remove_copy(dir);
}

static void test_remind(void)
{
    char *dir = newsroom_new();
    post(dir, "remind", (const char *[]){"email", "ann@reader.example", "when", "3", NULL});
    stage(dir, "remind", wished);
    g_autofree char *token = token_of(dir, "remind-confirm");
    post(dir, "remind-confirm", (const char *[]){"token", token, NULL});
    stage(dir, "remind-confirm", wished);
    now += 95 * CLOCK_DAY;
    stage(dir, "the day", reminded);
    remove_copy(dir);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/killed/subscribe", test_subscribe);
    g_test_add_func("/killed/contribute", test_contribute);
    g_test_add_func("/killed/remind", test_remind);
    return g_test_run();
}
