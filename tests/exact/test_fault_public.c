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
#include "base/error.h"
#include "base/fault.h"
#include "desk/import.h"
#include "exact/newsroom.h"
#include "exact/public_newsroom.h"
#include "fund/campaign.h"
#include "fund/fund_forms.h"
#include "fund/gift.h"
#include "fund/ledger.h"
#include "fund/reminder.h"
#include "mail/delivery.h"
#include "mail/issue.h"
#include "mail/mail_forms.h"
#include "mail/newsletter.h"
#include "mail/subscriber.h"

#include <string.h>

#define KINDS_MADE (FAULT_SQL | FAULT_FILE)
#define SAMPLES    20u
#define READERS    3

/* ---- Cases ------------------------------------------------------------------------------------
 */

static void newsletter(Public *stage)
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

static bool ask_subscribe(Public *stage, GError **error)
{
    static const char *const values[] = {"reader@one.example", "weekly", "", NULL};
    return public_put(stage, &mail_form_subscribe, values, error);
}

static int64_t the_subscriber(Public *stage, SubscriberState state)
{
    g_autoptr(GPtrArray) all = subscriber_list(stage->newsroom, 0, NULL, 0, 10, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    const Subscriber *only = all->pdata[0];
    g_assert_cmpint(only->state, ==, state);
    return only->id;
}

static void check_subscribed(Public *stage)
{
    public_check_answer(stage, "check-mail");
    the_subscriber(stage, SUBSCRIBER_STATE_PENDING);
    public_check_mails(stage, 0, 1);
}

static char token[TOKEN_MAX + 1]; /* of the link that a reader follows */

static void prepare_token(Public *stage, const char *purpose, SubscriberState state)
{
    g_autofree char *subject = g_strdup_printf("%d", (int)the_subscriber(stage, state));
    g_autofree char *made = token_make(stage->room->tokens, purpose, subject, TOKEN_NEVER);
    g_strlcpy(token, made, sizeof token);
}

static void pending(Public *stage)
{
    g_autoptr(GError) error = NULL;
    newsletter(stage);
    g_assert_true(subscriber_request(stage->newsroom, "key", "weekly", "reader@one.example", "en",
                                     "", &error));
    public_work_well(stage, 0);
    prepare_token(stage, "confirm", SUBSCRIBER_STATE_PENDING);
}

static bool ask_confirm(Public *stage, GError **error)
{
    const char *const values[] = {token, NULL};
    return public_put(stage, &mail_form_confirm, values, error);
}

static void check_confirmed(Public *stage)
{
    public_check_answer(stage, "confirmed");
    the_subscriber(stage, SUBSCRIBER_STATE_CONFIRMED);
    public_check_mails(stage, 0, 1); /* the welcome */
}

static void confirmed(Public *stage)
{
    g_autoptr(GError) error = NULL;
    bool added = false;
    newsletter(stage);
    g_assert_true(subscriber_add(stage->newsroom, stage->room, "weekly", "reader@one.example",
                                 "a test", &added, &error));
    prepare_token(stage, "unsubscribe", SUBSCRIBER_STATE_CONFIRMED);
}

static bool ask_unsubscribe(Public *stage, GError **error)
{
    const char *const values[] = {token, NULL};
    return public_put(stage, &mail_form_unsubscribe, values, error);
}

static void check_unsubscribed(Public *stage)
{
    bool wanted = true;
    public_check_answer(stage, "unsubscribed");
    int64_t id = the_subscriber(stage, SUBSCRIBER_STATE_UNSUBSCRIBED);
    g_assert_true(subscriber_wanted(stage->newsroom, id, &wanted, NULL));
    g_assert_false(wanted);
    public_check_mails(stage, 0, 0);
}

static int64_t issue;

static void story(Public *stage)
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
    story_put(stage->newsroom, &site, input, STORY_PUT_PUBLISH, public_now, &made, &error);
    g_assert_no_error(error);
}

static void composed(Public *stage)
{
    g_autoptr(GError) error = NULL;
    bool added = false;
    newsletter(stage);
    story(stage);
    public_now += CLOCK_HOUR;
    for (int i = 0; i < READERS; i++) {
        g_autofree char *address = g_strdup_printf("r%d@reader.example", i);
        g_assert_true(subscriber_add(stage->newsroom, stage->room, "weekly", address, "a test",
                                     &added, &error));
    }
    issue_compose(stage->newsroom, "weekly", &issue, &error);
    g_assert_no_error(error);
}

/* By the staff: who was told that it failed looks, and sends it again unless it has gone. */
static bool ask_send(Public *stage, GError **error)
{
    if (stage->again++ > 0) {
        g_autoptr(Issue) draft = issue_read(stage->newsroom, issue, error);
        if (draft == NULL || draft->state != ISSUE_DRAFT) {
            return draft != NULL;
        }
    }
    return issue_send(stage->newsroom, stage->room, issue, error);
}

static void check_sent(Public *stage)
{
    int64_t counts[DELIVERY_STATES];
    g_assert_true(delivery_count(stage->newsroom, issue, counts, NULL));
    g_assert_cmpint(counts[DELIVERY_ACCEPTED] + counts[DELIVERY_UNCERTAIN], ==, READERS);
    public_check_mails(stage, issue, READERS);
    g_autoptr(Issue) sent = issue_read(stage->newsroom, issue, NULL);
    g_assert_cmpint(sent->state, ==, ISSUE_SENT);
}

static void campaign(Public *stage)
{
    static const char text[] = "---\nname: winter\nlanguage: en\nheading: A message\ncall: Give\n"
                               "---\nDear readers.\n";
    g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
    g_autoptr(GError) error = NULL;
    bool changed = false;
    g_autoptr(Campaign) parsed =
        campaign_parse(text, strlen(text), zone, public_now - CLOCK_DAY, &error);
    g_assert_no_error(error);
    campaign_set(stage->newsroom, parsed, public_now, &changed, &error);
    g_assert_no_error(error);
}

static bool ask_contribute(Public *stage, GError **error)
{
    static const char *const values[] = {"winter", "EUR", "once", "5", "", "", "", NULL};
    return public_put(stage, &fund_form_contribute, values, error);
}

static Gift *the_gift(Public *stage, GiftState state)
{
    g_autoptr(GPtrArray) all = gift_list(stage->newsroom, NULL, GIFT_STATES, NULL);
    g_assert_cmpuint(all->len, ==, 1);
    const Gift *only = all->pdata[0];
    g_assert_cmpint(only->state, ==, state);
    g_assert_cmpint(only->amount.minor, ==, 500);
    return gift_by_id(stage->newsroom, only->id, NULL);
}

static void check_begun(Public *stage)
{
    public_check_answer(stage, "gift-go");
    g_autoptr(Gift) gift = the_gift(stage, GIFT_PENDING);
    g_assert_cmpstr(gift->checkout, !=, "");
    public_check_mails(stage, 0, 0);
}

static void begun(Public *stage)
{
    g_autoptr(GError) error = NULL;
    campaign(stage);
    stage->ticket = BEFORE;
    g_assert_true(ask_contribute(stage, &error));
    public_work_well(stage, 0);
    stage->ticket = TICKET;
    g_autoptr(Gift) gift = the_gift(stage, GIFT_PENDING);
    g_strlcpy(token, gift->checkout, sizeof token);
}

static bool ask_pay(Public *stage, GError **error)
{
    const char *const values[] = {token, "giver@one.example", "pay", "", "", NULL};
    return public_put(stage, &fund_form_practice, values, error);
}

static void check_paid(Public *stage)
{
    g_autoptr(Gift) gift = the_gift(stage, GIFT_SETTLED);
    g_assert_cmpstr(gift->address, ==, "giver@one.example");
    g_autoptr(GArray) totals = ledger_totals(stage->newsroom, NULL);
    g_assert_cmpuint(totals->len, ==, 1);
    const LedgerTotal *total = &g_array_index(totals, LedgerTotal, 0);
    g_assert_cmpint(total->gifts, ==, 1);
    g_assert_cmpint(total->charged, ==, 500);
    g_assert_cmpint(total->other, ==, 0);
    public_check_mails(stage, 0, 1); /* the receipt */
}

static bool ask_remind(Public *stage, GError **error)
{
    static const char *const values[] = {"reader@one.example", "1", "", NULL};
    return public_put(stage, &fund_form_remind, values, error);
}

static void check_reminding(Public *stage)
{
    public_check_answer(stage, "remind-sent");
    public_check_mails(stage, 0, 1);
}

static void reminder(Public *stage)
{
    ReminderAsk ask = {"code", "reader@one.example", "en", public_now + 12 * CLOCK_HOUR, "1.c",
                       "1.s"};
    g_autoptr(GError) error = NULL;
    bool found = false;
    g_assert_true(reminder_ask(stage->newsroom, &ask, public_now, &error));
    g_assert_true(reminder_confirm(stage->newsroom, "code", &found, &error));
    g_assert_true(found);
    public_work_well(stage, 0); /* the mail that asked to confirm */
}

static bool ask_day(Public *stage, GError **error)
{
    public_now += stage->again++ == 0 ? 12 * CLOCK_HOUR : 0;
    return true;
}

static void check_reminded(Public *stage)
{
    bool found = true;
    public_check_mails(stage, 0, 1);
    g_assert_true(reminder_confirm(stage->newsroom, "code", &found, NULL));
    g_assert_false(found); /* erased */
}

typedef struct {
    const char *name;
    void (*prepare)(Public *stage);
    bool (*ask)(Public *stage, GError **error);
    void (*check)(Public *stage);
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

static void prepare(Public *stage, const Case *row)
{
    public_now = BEGAN;
    stage->ticket = TICKET;
    public_migrate(stage);
    public_open(stage);
    row->prepare(stage);
    public_now += CLOCK_HOUR;
    public_close(stage);
    public_copy(stage->folder, stage->prepared);
}

/* How many calls there were. */
static uint64_t fail_call(Public *stage, const Case *row, uint64_t nth, bool persistent)
{
    int64_t began = public_now;
    public_copy(stage->prepared, stage->folder);
    public_empty_outbox(stage);
    public_open(stage);
    stage->again = 0;
    fault_plan(KINDS_MADE, nth, persistent);
    bool taken = row->ask(stage, NULL);
    public_work(stage, NULL);
    uint64_t calls = fault_end();
    if (nth % 4 < 2) {
        public_close(stage);
        public_open(stage);
    }
    g_autoptr(GError) error = NULL;
    if (!taken) {
        row->ask(stage, &error); /* who was told so does it again */
        g_assert_no_error(error);
    }
    public_work_well(stage, 8);
    public_check_idle(stage);
    row->check(stage);
    public_close(stage);
    public_now = began;
    return calls;
}

static void test_case(gconstpointer data)
{
    const Case *row = data;
    Public stage = {0};
    bool all = g_strcmp0(g_getenv("KOLOKOL_FULL"), "1") == 0;
    const char *given = g_getenv("KOLOKOL_SEED");
    uint64_t first = given == NULL ? 0 : g_ascii_strtoull(given, NULL, 10);
    public_begin(&stage);
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
    public_end(&stage);
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
