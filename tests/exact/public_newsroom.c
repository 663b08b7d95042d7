/* The public's newsroom: public_newsroom.h. */
#include "exact/public_newsroom.h"

#include "base/error.h"
#include "doubles/stores.h"
#include "forms/intake.h"
#include "forms/sealed.h"
#include "forms/ticket.h"
#include "fund/fund_forms.h"
#include "fund/fund_jobs.h"
#include "mail/delivery.h"
#include "mail/mail_forms.h"
#include "mail/mail_jobs.h"

#include <glib/gstdio.h>
#include <string.h>

static const FormKind *const kinds[] = {
    &mail_form_subscribe, &mail_form_confirm,     &mail_form_unsubscribe, &fund_form_contribute,
    &fund_form_practice,  &fund_form_gift_cancel, &fund_form_remind,      NULL};

int64_t public_now = BEGAN;

static int64_t stands(void *data)
{
    return public_now;
}

/* ---- The newsroom -----------------------------------------------------------------------------
 */

static char *url_of(const char *folder, const char *name)
{
    return g_strdup_printf("sqlite:%s/%s", folder, name);
}

void public_open(Public *stage)
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

void public_migrate(Public *stage)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *newsroom = url_of(stage->folder, "newsroom.db");
    g_autoptr(Store) fresh = store_open(newsroom, &error);
    g_assert_no_error(error);
    g_assert_true(store_migrate(fresh, &error));
}

void public_close(Public *stage)
{
    g_clear_pointer(&stage->newsroom, store_free);
    g_clear_pointer(&stage->intake, store_free);
}

void public_copy(const char *from, const char *to)
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

void public_empty_outbox(const Public *stage)
{
    g_autofree char *outbox = g_build_filename(stage->folder, "outbox", NULL);
    g_autoptr(GDir) dir = g_dir_open(outbox, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(outbox, name, NULL);
        g_unlink(path);
    }
}

void public_begin(Public *stage)
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

void public_end(Public *stage)
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
static bool work_once(Public *stage, bool *any, GError **error)
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

bool public_work(Public *stage, GError **error)
{
    bool any = true;
    for (unsigned i = 0; any && i < 100; i++) {
        if (!work_once(stage, &any, error)) {
            return false;
        }
    }
    return true;
}

void public_work_well(Public *stage, unsigned hours)
{
    for (unsigned i = 0; i <= hours; i++) {
        g_autoptr(GError) error = NULL;
        public_work(stage, &error);
        g_assert_no_error(error);
        public_now += CLOCK_HOUR;
    }
}

/* The door's part: 303, or the reader is told to try again. */
bool public_put(Public *stage, const FormKind *kind, const char *const *values, GError **error)
{
    Form form = {.kind = kind, .language = "en", .ticket = stage->ticket, .received = public_now};
    for (unsigned i = 0; i < FORM_FIELDS; i++) {
        form.values[i] = "";
    }
    for (unsigned i = 0; values[i] != NULL; i++) {
        form.values[i] = values[i];
    }
    BoxPublicKey public = box_secret_key_public(&stage->key);
    g_autoptr(GBytes) sealed = sealed_form_close(&public, &form);
    Hash hash = ticket_hash(stage->ticket);
    return intake_put(stage->intake, &hash, sealed, public_now, error);
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

static guint rows_in(Public *stage, int64_t issue, DeliveryState state)
{
    g_autoptr(GPtrArray) rows = delivery_list(stage->newsroom, issue, state, 0, 100, NULL);
    g_assert_nonnull(rows);
    return rows->len;
}

static guint mails(const Public *stage)
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
void public_check_mails(Public *stage, int64_t issue, guint expected)
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

void public_check_answer(Public *stage, const char *page)
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

void public_check_idle(Public *stage)
{
    g_autoptr(GError) error = NULL;
    int64_t waiting = 1;
    unsigned dead = 0;
    g_assert_true(intake_waiting(stage->intake, &waiting, &error));
    g_assert_cmpint(waiting, ==, 0);
    g_assert_true(jobs_dead(stage->newsroom, 0, 10, count_dead, &dead, &error));
    g_assert_cmpuint(dead, ==, 0);
}
