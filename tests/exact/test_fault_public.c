/*
 * The fault loop over what readers ask, give and get (DESIGN 10.9): forms through the intake, gifts
 * through practice, newsletters and letters into the outbox. Each call to a database or the disk
 * fails once, or from then on; then a worker in good health goes on. What was reported as taken has
 * happened exactly once; of each mail there is one, or its row says "uncertain" for a person; no
 * job is dead and no form waits.
 *
 * After a failure the worker goes on as it is, or (every other time) is a new process.
 * KOLOKOL_FULL=1 fails every call both ways; else about SAMPLES of each case, from an offset by
 * KOLOKOL_SEED. SQLite only: what differs between the engines is the store's own tests' subject.
 */
#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "desk/import.h"
#include "doubles/stores.h"
#include "exact/newsroom.h"
#include "forms/drain.h"
#include "forms/intake.h"
#include "forms/sealed.h"
#include "forms/ticket.h"
#include "fund/campaign.h"
#include "fund/fund_forms.h"
#include "fund/fund_jobs.h"
#include "fund/gift.h"
#include "fund/ledger.h"
#include "fund/reminder.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/mail_forms.h"
#include "mail/mail_jobs.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"

#include <glib/gstdio.h>
#include <string.h>

#define KINDS_MADE (FAULT_SQL | FAULT_FILE)
#define SAMPLES    20u
#define READERS    3
#define TICKET     "0123456789abcdef0123456789abcdef"
#define BEFORE     "fedcba9876543210fedcba9876543210" /* of a form that was answered before */
#define BEGAN      (INT64_C(1795000000) * CLOCK_SECOND)

static const FormKind *const kinds[] = {
    &mail_form_subscribe, &mail_form_confirm,     &mail_form_unsubscribe, &fund_form_contribute,
    &fund_form_practice,  &fund_form_gift_cancel, &fund_form_remind,      NULL};

typedef struct {
    char *folder, *prepared; /* databases, and these as a case prepared them */
    Store *newsroom, *intake;
    BoxSecretKey key;
    Mailroom *room;
    FormContext context;
    Drain drain;
    const char *ticket; /* of the next form */
    unsigned again;     /* how often the case was asked */
} Stage;

static int64_t moment = BEGAN;

static int64_t stands(void *data)
{
    return moment;
}

/* ---- The newsroom -----------------------------------------------------------------------------
 */

static char *url_of(const char *folder, const char *name)
{
    return g_strdup_printf("sqlite:%s/%s", folder, name);
}

static void open_both(Stage *stage)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *newsroom = url_of(stage->folder, "newsroom.db");
    g_autofree char *intake = url_of(stage->folder, "intake.db");
    stage->newsroom = store_open(newsroom, &error);
    g_assert_no_error(error);
    stage->intake = intake_open(intake, &error);
    g_assert_no_error(error);
    stage->drain = (Drain){stage->newsroom, stage->intake, &stage->key, kinds, &stage->context};
}

static void close_both(Stage *stage)
{
    g_clear_pointer(&stage->newsroom, store_free);
    g_clear_pointer(&stage->intake, store_free);
}

static void copy_both(const char *from, const char *to)
{
    static const char *const names[] = {"newsroom.db", "intake.db"};
    static const char *const beside[] = {"-wal", "-shm"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *source = g_build_filename(from, names[i], NULL);
        g_autofree char *target = g_build_filename(to, names[i], NULL);
        g_autofree char *bytes = NULL;
        gsize length = 0;
        g_assert_true(g_file_get_contents(source, &bytes, &length, NULL));
        g_assert_true(g_file_set_contents(target, bytes, (gssize)length, NULL));
        for (size_t k = 0; k < G_N_ELEMENTS(beside); k++) {
            g_autofree char *other = g_strconcat(target, beside[k], NULL);
            g_unlink(other);
        }
    }
}

static void empty_outbox(const Stage *stage)
{
    g_autofree char *outbox = g_build_filename(stage->folder, "outbox", NULL);
    g_autoptr(GDir) dir = g_dir_open(outbox, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(outbox, name, NULL);
        g_unlink(path);
    }
}

static void stage_begin(Stage *stage)
{
    static JobKind all[20];
    unsigned count = 0;
    g_autoptr(GError) error = NULL;
    stage->folder = g_dir_make_tmp("kolokol-public-XXXXXX", &error);
    g_assert_no_error(error);
    stage->prepared = g_build_filename(stage->folder, "prepared", NULL);
    g_assert_cmpint(g_mkdir(stage->prepared, 0700), ==, 0);
    g_autofree char *keys = g_build_filename(stage->folder, "keys", NULL);
    g_autofree char *outbox = g_build_filename(stage->folder, "outbox", NULL);
    MailroomOptions options = {.keys_dir = keys,
                               .outbox_dir = outbox,
                               .transport = "outbox",
                               .from = "The Bell <desk@bell.example>"};
    stage->room = mailroom_open(&options, &error);
    g_assert_no_error(error);
    stage->context = (FormContext){stage->room->tokens, NULL};
    box_secret_key_new(&stage->key);
    for (const JobKind *row = mail_jobs; row->kind != NULL; row++) {
        all[count++] = *row;
    }
    for (const JobKind *row = fund_jobs; row->kind != NULL; row++) {
        all[count++] = *row;
    }
    jobs_register(all);
    clock_replace(stands, NULL);
}

static void stage_end(Stage *stage)
{
    mailroom_free(stage->room);
    stores_remove_tree(stage->folder);
    g_free(stage->folder);
    g_free(stage->prepared);
    jobs_register(NULL);
    clock_replace(NULL, NULL);
}

/* ---- The worker -------------------------------------------------------------------------------
 */

/* Takes what is there, once through; false at the first failure, as a worker's process ends. */
static bool work_once(Stage *stage, bool *any, GError **error)
{
    bool form = false, pay = false, mail = false;
    if (!drain_one(&stage->drain, &form, error) ||
        !jobs_run_one(stage->newsroom, "pay", NULL, &pay, error) ||
        !jobs_run_one(stage->newsroom, "mail", stage->room, &mail, error)) {
        return false;
    }
    *any = form || pay || mail;
    return true;
}

static bool work(Stage *stage, GError **error)
{
    bool any = true;
    for (unsigned i = 0; any && i < 100; i++) {
        if (!work_once(stage, &any, error)) {
            return false;
        }
    }
    return true;
}

static void work_well(Stage *stage, unsigned hours)
{
    for (unsigned i = 0; i <= hours; i++) {
        g_autoptr(GError) error = NULL;
        work(stage, &error);
        g_assert_no_error(error);
        moment += CLOCK_HOUR;
    }
}

/* The door's part: 303, or the reader is told to try again. */
static bool put_form(Stage *stage, const FormKind *kind, const char *const *values, GError **error)
{
    Form form = {.kind = kind, .language = "en", .ticket = stage->ticket, .received = moment};
    for (unsigned i = 0; i < FORM_FIELDS; i++) {
        form.values[i] = "";
    }
    for (unsigned i = 0; values[i] != NULL; i++) {
        form.values[i] = values[i];
    }
    BoxPublicKey public = box_secret_key_public(&stage->key);
    g_autoptr(GBytes) sealed = sealed_form_close(&public, &form);
    Hash hash = ticket_hash(stage->ticket);
    return intake_put(stage->intake, &hash, sealed, moment, error);
}

/* ---- What must hold ---------------------------------------------------------------------------
 */

static bool count_dead(const Job *job, const char *lane, const char *reason, void *data,
                       GError **error)
{
    g_test_message("dead: %s %s: %s", job->kind, job->key, reason);
    (*(unsigned *)data)++;
    return true;
}

static guint rows_in(Stage *stage, int64_t issue, DeliveryState state)
{
    g_autoptr(GPtrArray) rows = delivery_list(stage->newsroom, issue, state, 0, 100, NULL);
    g_assert_nonnull(rows);
    return rows->len;
}

static guint mails(const Stage *stage)
{
    guint count = 0;
    g_autofree char *outbox = g_build_filename(stage->folder, "outbox", NULL);
    g_autoptr(GDir) dir = g_dir_open(outbox, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        count += g_str_has_suffix(name, ".eml");
    }
    return count;
}

/* So many mails, no more; one that is missing says so. */
static void check_mails(Stage *stage, int64_t issue, guint expected)
{
    guint sent = mails(stage), uncertain = rows_in(stage, issue, DELIVERY_UNCERTAIN);
    g_assert_cmpuint(sent, <=, expected);
    g_assert_cmpuint(sent + uncertain, >=, expected);
    static const DeliveryState waiting[] = {DELIVERY_READY, DELIVERY_ATTEMPTING, DELIVERY_DEFERRED,
                                            DELIVERY_REJECTED};
    for (size_t i = 0; i < G_N_ELEMENTS(waiting); i++) {
        g_assert_cmpuint(rows_in(stage, issue, waiting[i]), ==, 0);
    }
}

static void check_answer(Stage *stage, const char *page)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) sealed = NULL;
    bool known = false;
    Hash hash = ticket_hash(TICKET);
    g_assert_true(intake_answer(stage->intake, &hash, &sealed, &known, &error));
    g_assert_nonnull(sealed);
    g_autoptr(FormAnswer) answer = ticket_open(TICKET, sealed, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(form_answer_page_name(answer), ==, page);
}

static void check_common(Stage *stage)
{
    g_autoptr(GError) error = NULL;
    int64_t waiting = 1;
    unsigned dead = 0;
    g_assert_true(intake_waiting(stage->intake, &waiting, &error));
    g_assert_cmpint(waiting, ==, 0);
    g_assert_true(jobs_dead(stage->newsroom, 0, 10, count_dead, &dead, &error));
    g_assert_cmpuint(dead, ==, 0);
}

/* ---- Cases ------------------------------------------------------------------------------------
 */

static void newsletter(Stage *stage)
{
    static const char text[] = "---\nname: weekly\nlanguage: en\nheading: Every week\n"
                               "description: Six.\nfrom: The Bell <a@bell.example>\n"
                               "schedule: \"\"\n---\n";
    g_autoptr(GError) error = NULL;
    bool changed = false;
    g_autoptr(Newsletter) parsed = newsletter_parse(text, strlen(text), &error);
    g_assert_no_error(error);
    g_assert_true(newsletter_set(stage->newsroom, parsed, &changed, &error));
}

static bool ask_subscribe(Stage *stage, GError **error)
{
    static const char *const values[] = {"reader@one.example", "weekly", "", NULL};
    return put_form(stage, &mail_form_subscribe, values, error);
}

static int64_t the_subscriber(Stage *stage, SubscriberState state)
{
    g_autoptr(GPtrArray) all = subscriber_list(stage->newsroom, 0, NULL, 0, 10, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    const Subscriber *only = all->pdata[0];
    g_assert_cmpint(only->state, ==, state);
    return only->id;
}

static void check_subscribed(Stage *stage)
{
    check_answer(stage, "check-mail");
    the_subscriber(stage, SUBSCRIBER_STATE_PENDING);
    check_mails(stage, 0, 1);
}

static char token[TOKEN_MAX + 1]; /* of the link that a reader follows */

static void prepare_token(Stage *stage, const char *purpose, SubscriberState state)
{
    g_autofree char *subject = g_strdup_printf("%d", (int)the_subscriber(stage, state));
    g_autofree char *made = token_make(stage->room->tokens, purpose, subject, TOKEN_NEVER);
    g_strlcpy(token, made, sizeof token);
}

static void pending(Stage *stage)
{
    g_autoptr(GError) error = NULL;
    newsletter(stage);
    g_assert_true(subscriber_request(stage->newsroom, "key", "weekly", "reader@one.example", "en",
                                     "", &error));
    work_well(stage, 0);
    prepare_token(stage, "confirm", SUBSCRIBER_STATE_PENDING);
}

static bool ask_confirm(Stage *stage, GError **error)
{
    const char *const values[] = {token, NULL};
    return put_form(stage, &mail_form_confirm, values, error);
}

static void check_confirmed(Stage *stage)
{
    check_answer(stage, "confirmed");
    the_subscriber(stage, SUBSCRIBER_STATE_CONFIRMED);
    check_mails(stage, 0, 1); /* the welcome */
}

static void confirmed(Stage *stage)
{
    g_autoptr(GError) error = NULL;
    bool added = false;
    newsletter(stage);
    g_assert_true(subscriber_add(stage->newsroom, stage->room, "weekly", "reader@one.example",
                                 "a test", &added, &error));
    prepare_token(stage, "unsubscribe", SUBSCRIBER_STATE_CONFIRMED);
}

static bool ask_unsubscribe(Stage *stage, GError **error)
{
    const char *const values[] = {token, NULL};
    return put_form(stage, &mail_form_unsubscribe, values, error);
}

static void check_unsubscribed(Stage *stage)
{
    bool wanted = true;
    check_answer(stage, "unsubscribed");
    int64_t id = the_subscriber(stage, SUBSCRIBER_STATE_UNSUBSCRIBED);
    g_assert_true(subscriber_wanted(stage->newsroom, id, &wanted, NULL));
    g_assert_false(wanted);
    check_mails(stage, 0, 0);
}

static int64_t issue;

static void story(Stage *stage)
{
    static const char *const languages[] = {"en", NULL};
    static const char *const pairs[][2] = {
        {"title", "Ice"}, {"language", "en"}, {"body", "Text."}, {"status", "published"}};
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    DeskSite site = {languages, zone};
    g_autoptr(GError) error = NULL;
    g_autoptr(StoryInput) input = story_input_new();
    g_auto(StoryPut) made = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_assert_true(
            story_input_set(input, pairs[i][0], pairs[i][1], strlen(pairs[i][1]), &error));
    }
    story_put(stage->newsroom, &site, input, STORY_PUT_PUBLISH, moment, &made, &error);
    g_assert_no_error(error);
}

static void composed(Stage *stage)
{
    g_autoptr(GError) error = NULL;
    bool added = false;
    newsletter(stage);
    story(stage);
    moment += CLOCK_HOUR;
    for (int i = 0; i < READERS; i++) {
        g_autofree char *address = g_strdup_printf("r%d@reader.example", i);
        g_assert_true(subscriber_add(stage->newsroom, stage->room, "weekly", address, "a test",
                                     &added, &error));
    }
    issue_compose(stage->newsroom, "weekly", &issue, &error);
    g_assert_no_error(error);
}

/* By the staff: who was told that it failed looks, and sends it again unless it has gone. */
static bool ask_send(Stage *stage, GError **error)
{
    if (stage->again++ > 0) {
        g_autoptr(Issue) draft = issue_read(stage->newsroom, issue, error);
        if (draft == NULL || draft->state != ISSUE_DRAFT) {
            return draft != NULL;
        }
    }
    return issue_send(stage->newsroom, stage->room, issue, error);
}

static void check_sent(Stage *stage)
{
    int64_t counts[DELIVERY_STATES];
    g_assert_true(delivery_count(stage->newsroom, issue, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_ACCEPTED] + counts[DELIVERY_UNCERTAIN], ==, READERS);
    check_mails(stage, issue, READERS);
    g_autoptr(Issue) sent = issue_read(stage->newsroom, issue, NULL);
    g_assert_cmpint(sent->state, ==, ISSUE_SENT);
}

static void campaign(Stage *stage)
{
    static const char text[] = "---\nname: winter\nlanguage: en\nheading: A message\ncall: Give\n"
                               "---\nDear readers.\n";
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(GError) error = NULL;
    bool changed = false;
    g_autoptr(Campaign) parsed =
        campaign_parse(text, strlen(text), zone, moment - CLOCK_DAY, &error);
    g_assert_no_error(error);
    campaign_set(stage->newsroom, parsed, moment, &changed, &error);
    g_assert_no_error(error);
}

static bool ask_contribute(Stage *stage, GError **error)
{
    static const char *const values[] = {"winter", "EUR", "once", "5", "", "", "", NULL};
    return put_form(stage, &fund_form_contribute, values, error);
}

static Gift *the_gift(Stage *stage, GiftState state)
{
    g_autoptr(GPtrArray) all = gift_list(stage->newsroom, NULL, GIFT_STATES, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    const Gift *only = all->pdata[0];
    g_assert_cmpint(only->state, ==, state);
    g_assert_cmpint(only->amount.minor, ==, 500);
    return gift_by_id(stage->newsroom, only->id, NULL);
}

static void check_begun(Stage *stage)
{
    check_answer(stage, "gift-go");
    g_autoptr(Gift) gift = the_gift(stage, GIFT_PENDING);
    g_assert_cmpstr(gift->checkout, !=, "");
    check_mails(stage, 0, 0);
}

static void begun(Stage *stage)
{
    g_autoptr(GError) error = NULL;
    campaign(stage);
    stage->ticket = BEFORE;
    g_assert_true(ask_contribute(stage, &error));
    work_well(stage, 0);
    stage->ticket = TICKET;
    g_autoptr(Gift) gift = the_gift(stage, GIFT_PENDING);
    g_strlcpy(token, gift->checkout, sizeof token);
}

static bool ask_pay(Stage *stage, GError **error)
{
    const char *const values[] = {token, "giver@one.example", "pay", "", "", NULL};
    return put_form(stage, &fund_form_practice, values, error);
}

static void check_paid(Stage *stage)
{
    g_autoptr(Gift) gift = the_gift(stage, GIFT_SETTLED);
    g_assert_cmpstr(gift->address, ==, "giver@one.example");
    g_autoptr(GArray) totals = ledger_totals(stage->newsroom, NULL);
    g_assert_cmpuint(totals->len, ==, 1);
    const LedgerTotal *total = &g_array_index(totals, LedgerTotal, 0);
    g_assert_cmpint(total->gifts, ==, 1);
    g_assert_cmpint(total->charged, ==, 500);
    g_assert_cmpint(total->other, ==, 0);
    check_mails(stage, 0, 1); /* the receipt */
}

static bool ask_remind(Stage *stage, GError **error)
{
    static const char *const values[] = {"reader@one.example", "1", "", NULL};
    return put_form(stage, &fund_form_remind, values, error);
}

static void check_reminding(Stage *stage)
{
    check_answer(stage, "remind-sent");
    check_mails(stage, 0, 1);
}

static void reminder(Stage *stage)
{
    ReminderAsk ask = {"code", "reader@one.example", "en", moment + 12 * CLOCK_HOUR, "1.c", "1.s"};
    g_autoptr(GError) error = NULL;
    bool found = false;
    g_assert_true(reminder_ask(stage->newsroom, &ask, moment, &error));
    g_assert_true(reminder_confirm(stage->newsroom, "code", &found, &error));
    g_assert_true(found);
    work_well(stage, 0); /* the mail that asked to confirm */
}

static bool ask_day(Stage *stage, GError **error)
{
    moment += stage->again++ == 0 ? 12 * CLOCK_HOUR : 0;
    return true;
}

static void check_reminded(Stage *stage)
{
    bool found = true;
    check_mails(stage, 0, 1);
    g_assert_true(reminder_confirm(stage->newsroom, "code", &found, NULL));
    g_assert_false(found); /* erased */
}

typedef struct {
    const char *name;
    void (*prepare)(Stage *stage);
    bool (*ask)(Stage *stage, GError **error);
    void (*check)(Stage *stage);
} Case;

static const Case cases[] = {
    {"subscribing", newsletter, ask_subscribe, check_subscribed},
    {"confirming", pending, ask_confirm, check_confirmed},
    {"unsubscribing", confirmed, ask_unsubscribe, check_unsubscribed},
    {"an issue", composed, ask_send, check_sent},
    {"a gift", campaign, ask_contribute, check_begun},
    {"its payment", begun, ask_pay, check_paid},
    {"a reminder", newsletter, ask_remind, check_reminding},
    {"its day", reminder, ask_day, check_reminded},
};

/* ---- The loop ---------------------------------------------------------------------------------
 */

static void prepare(Stage *stage, const Case *row)
{
    g_autofree char *newsroom = url_of(stage->folder, "newsroom.db");
    g_autoptr(GError) error = NULL;
    moment = BEGAN;
    stage->ticket = TICKET;
    {
        g_autoptr(Store) fresh = store_open(newsroom, &error);
        g_assert_no_error(error);
        g_assert_true(store_migrate(fresh, &error));
    }
    open_both(stage);
    row->prepare(stage);
    moment += CLOCK_HOUR;
    close_both(stage);
    copy_both(stage->folder, stage->prepared);
}

/* How many calls there were. */
static uint64_t fail_call(Stage *stage, const Case *row, uint64_t nth, bool persistent)
{
    int64_t began = moment;
    copy_both(stage->prepared, stage->folder);
    empty_outbox(stage);
    open_both(stage);
    stage->again = 0;
    fault_plan(KINDS_MADE, nth, persistent);
    bool taken = row->ask(stage, NULL);
    work(stage, NULL);
    uint64_t calls = fault_end();
    if (nth % 4 < 2) {
        close_both(stage);
        open_both(stage);
    }
    g_autoptr(GError) error = NULL;
    if (!taken) {
        row->ask(stage, &error); /* who was told so does it again */
        g_assert_no_error(error);
    }
    work_well(stage, 8);
    check_common(stage);
    row->check(stage);
    close_both(stage);
    moment = began;
    return calls;
}

static void test_case(gconstpointer data)
{
    const Case *row = data;
    Stage stage = {0};
    bool all = g_strcmp0(g_getenv("KOLOKOL_FULL"), "1") == 0;
    const char *given = g_getenv("KOLOKOL_SEED");
    uint64_t first = given == NULL ? 0 : g_ascii_strtoull(given, NULL, 10);
    stage_begin(&stage);
    prepare(&stage, row);
    uint64_t calls = fail_call(&stage, row, 0, false);
    uint64_t step = all ? 1 : calls / SAMPLES + 1;
    g_assert_cmpuint(calls, >, 10);
    for (uint64_t nth = 1 + first % step; nth <= calls; nth += step) {
        g_test_message("%s: call %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, row->name, nth,
                       calls);
        fail_call(&stage, row, nth, (nth / step) % 2 == 0);
        if (all) {
            fail_call(&stage, row, nth, (nth / step) % 2 != 0);
        }
    }
    stage_end(&stage);
}

int main(int argc, char **argv)
{
    test_newsroom_in_memory();
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strdup_printf("/fault-public/%s", cases[i].name);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    return g_test_run();
}
