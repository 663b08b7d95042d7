/*
 * Exactly once: each call to a database fails once, then for good; the worker is killed at any
 * moment, between any two steps. Afterwards a worker that works leaves one effect and one answer.
 * The effect is a number of a sequence, which is in the same transaction as everything else.
 */
#include "base/clock.h"
#include "base/error.h"
#include "base/fault.h"
#include "doubles/stores.h"
#include "forms/drain.h"
#include "forms/sealed.h"
#include "forms/ticket.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TICKET "0123456789abcdef0123456789abcdef"
#define KILLS  20

static const FormField fields[] = {{"what", 20, false, false}, {NULL}};

static bool handle(Store *newsroom, const FormContext *context, const Form *form,
                   FormAnswer *answer, GError **error)
{
    int64_t number = 0;
    if (!store_next_id(newsroom, "effect", &number, error)) {
        return false;
    }
    if (strcmp(form_value(form, "what"), "refuse") == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "not today");
    }
    if (strcmp(form_value(form, "what"), "break") == 0) {
        return fail(error, KOLOKOL_ERROR_IO, "the disk");
    }
    g_autofree char *text = g_strdup_printf("%d", (int)number);
    form_answer_page(answer, "counted");
    form_answer_text(answer, "number", text);
    return true;
}

static const FormKind kind = {.name = "count", .fields = fields, .handle = handle};
static const FormKind *const kinds[] = {&kind, NULL};

static int64_t moment = INT64_C(1800000000) * CLOCK_SECOND;

static int64_t now_here(void *data)
{
    return moment;
}

typedef struct {
    char *url, *newsroom_url;
    BoxSecretKey key;
    Drain drain;
} Fixture;

static void open_both(Fixture *f)
{
    f->drain = (Drain){.newsroom = store_open(f->newsroom_url, NULL),
                       .intake = intake_open(f->url, NULL),
                       .key = &f->key,
                       .kinds = kinds};
}

static void close_both(Fixture *f)
{
    store_free(f->drain.newsroom);
    store_free(f->drain.intake);
}

static void put_form(Fixture *f, const char *what)
{
    Form form = {.kind = &kind, .language = "en", .ticket = TICKET, .values = {what}};
    BoxPublicKey public = box_secret_key_public(&f->key);
    g_autoptr(GBytes) sealed = sealed_form_close(&public, &form);
    Hash hash = ticket_hash(TICKET);
    g_assert_true(intake_put(f->drain.intake, &hash, sealed, moment, NULL));
}

static void set_up(Fixture *f, const char *what)
{
    f->url = stores_make(STORE_SQLITE, false);
    f->newsroom_url = stores_make(STORE_SQLITE, true);
    box_secret_key_new(&f->key);
    open_both(f);
    put_form(f, what);
}

static void tear_down(Fixture *f)
{
    close_both(f);
    stores_drop(f->url);
    stores_drop(f->newsroom_url);
    g_free(f->url);
    g_free(f->newsroom_url);
}

/* A worker in good health, some time later. */
static void drain_rest(Fixture *f)
{
    g_autoptr(GError) error = NULL;
    for (int i = 0; i < 30; i++) {
        bool any = false;
        moment += CLOCK_HOUR;
        drain_one(&f->drain, &any, &error);
        g_assert_no_error(error);
    }
}

static int64_t effects(Fixture *f)
{
    int64_t next = 0;
    g_assert_true(store_next_id(f->drain.newsroom, "effect", &next, NULL));
    return next - 1;
}

static FormAnswer *answer_of(Fixture *f)
{
    g_autoptr(GBytes) sealed = NULL;
    bool known = false;
    Hash hash = ticket_hash(TICKET);
    g_assert_true(intake_answer(f->drain.intake, &hash, &sealed, &known, NULL));
    return sealed == NULL ? NULL : ticket_open(TICKET, sealed, NULL);
}

static void check_once(Fixture *f)
{
    int64_t waiting = 1;
    drain_rest(f);
    g_autoptr(FormAnswer) answer = answer_of(f);
    g_assert_nonnull(answer);
    g_assert_cmpstr(form_answer_page_name(answer), ==, "counted");
    g_assert_cmpstr(form_answer_get_text(answer, "number"), ==, "1");
    g_assert_cmpint(effects(f), ==, 1);
    g_assert_true(intake_waiting(f->drain.intake, &waiting, NULL));
    g_assert_cmpint(waiting, ==, 0);
}

static void test_once(void)
{
    Fixture f;
    set_up(&f, "");
    drain_rest(&f);
    put_form(&f, ""); /* the same ticket comes again: a door that had not heard of its success */
    check_once(&f);
    tear_down(&f);
}

static void fail_each(bool persistent)
{
    uint64_t calls = 0;
    for (uint64_t nth = 0; nth <= calls; nth++) { /* 0: only counts */
        Fixture f;
        bool any = false;
        set_up(&f, "");
        fault_plan(FAULT_SQL, nth, persistent);
        drain_one(&f.drain, &any, NULL);
        calls = MAX(fault_end(), calls);
        close_both(&f);
        open_both(&f);
        check_once(&f);
        tear_down(&f);
    }
    g_assert_cmpuint(calls, >, 5);
    g_test_message("%d calls", (int)calls);
}

static void test_faults(void)
{
    fail_each(false);
    fail_each(true);
}

/* In a child; the parent kills it after some microseconds, which fall anywhere in the work. */
static void test_killed(void)
{
    unsigned halfway = 0;
    for (unsigned i = 0; i < KILLS; i++) {
        Fixture f;
        set_up(&f, "");
        close_both(&f);
        pid_t child = fork();
        if (child == 0) {
            bool any = false;
            open_both(&f);
            drain_one(&f.drain, &any, NULL);
            _exit(0);
        }
        g_usleep(i * 3000);
        kill(child, SIGKILL);
        int status = 0;
        g_assert_cmpint(waitpid(child, &status, 0), ==, child);
        open_both(&f);
        halfway += WIFSIGNALED(status);
        check_once(&f);
        tear_down(&f);
    }
    g_test_message("%u of %d were killed at work", halfway, KILLS);
}

static void test_refused(void)
{
    Fixture f;
    set_up(&f, "refuse");
    drain_rest(&f);
    g_autoptr(FormAnswer) answer = answer_of(&f);
    g_assert_cmpstr(form_answer_page_name(answer), ==, "refused");
    g_assert_cmpstr(form_answer_get_text(answer, "reason"), ==, "not today");
    g_assert_cmpint(effects(&f), ==, 0);
    tear_down(&f);
}

/* What never succeeds stays for a person, and is not tried for ever. */
static void test_set_aside(void)
{
    Fixture f;
    int64_t waiting = 0;
    set_up(&f, "break");
    drain_rest(&f);
    g_assert_null(answer_of(&f));
    g_assert_true(intake_waiting(f.drain.intake, &waiting, NULL));
    g_assert_cmpint(waiting, ==, 1);
    g_assert_cmpint(effects(&f), ==, 0);
    bool any = true;
    g_assert_true(drain_one(&f.drain, &any, NULL));
    g_assert_false(any);
    tear_down(&f);
}

static void test_tidy(void)
{
    Fixture f;
    set_up(&f, "");
    drain_rest(&f);
    moment += DRAIN_KEPT + CLOCK_HOUR;
    g_assert_true(drain_tidy(&f.drain, NULL));
    g_assert_null(answer_of(&f));
    tear_down(&f);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    clock_replace(now_here, NULL);
    g_test_add_func("/drain/once", test_once);
    g_test_add_func("/drain/faults", test_faults);
    g_test_add_func("/drain/killed", test_killed);
    g_test_add_func("/drain/refused", test_refused);
    g_test_add_func("/drain/set-aside", test_set_aside);
    g_test_add_func("/drain/tidy", test_tidy);
    return g_test_run();
}
