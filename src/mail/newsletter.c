/* Newsletters: newsletter.h. Their block on pages is mail_blocks.c, their issues issue.c. */
#include "mail/newsletter.h"

#include "base/clock.h"
#include "base/error.h"
#include "jobs/jobs.h"
#include "mail/address.h"
#include "mail/issue.h"
#include "mail/schedule.h"
#include "mail_sql.h"
#include "press/press.h"
#include "press/setting.h"
#include "seal/hash.h"
#include "text/front_matter.h"

#include <stddef.h>
#include <string.h>

void newsletter_free(Newsletter *newsletter)
{
    if (newsletter == NULL) {
        return;
    }
    g_free(newsletter->name);
    g_free(newsletter->language);
    g_free(newsletter->heading);
    g_free(newsletter->description);
    g_free(newsletter->schedule);
    g_free(newsletter->from);
    g_free(newsletter->sending);
    g_free(newsletter);
}

typedef struct {
    const char *key;
    size_t offset;
    bool needed;
    size_t most;
} Key;

static const Key keys[] = {
    {"name", offsetof(Newsletter, name), true, NEWSLETTER_NAME_MAX},
    {"language", offsetof(Newsletter, language), true, 10},
    {"heading", offsetof(Newsletter, heading), true, NEWSLETTER_TEXT_MAX},
    {"description", offsetof(Newsletter, description), false, NEWSLETTER_TEXT_MAX},
    {"schedule", offsetof(Newsletter, schedule), false, NEWSLETTER_TEXT_MAX},
    {"from", offsetof(Newsletter, from), false, NEWSLETTER_TEXT_MAX},
    {"send", offsetof(Newsletter, sending), false, 20},
};

static char **slot_of(Newsletter *newsletter, const Key *key)
{
    return (char **)(void *)((char *)newsletter + key->offset);
}

static bool texts_fine(const Newsletter *newsletter, GError **error)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    Schedule schedule;
    g_autofree char *name = NULL, *address = NULL;
    if (strspn(newsletter->name, letters) != strlen(newsletter->name)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "`name: %.60s` may hold a-z, 0-9 and '-' only: it stands in addresses",
                    newsletter->name);
    }
    if (*newsletter->sending != '\0' && strcmp(newsletter->sending, "by hand") != 0 &&
        strcmp(newsletter->sending, NEWSLETTER_AUTOMATIC) != 0) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "`send: %.20s` is neither \"by hand\" nor \"automatic\"", newsletter->sending);
    }
    if (*newsletter->from != '\0' &&
        !address_parse_named(newsletter->from, &name, &address, error)) {
        g_prefix_error(error, "`from:` ");
        return false;
    }
    return schedule_parse(newsletter->schedule, &schedule, error);
}

static bool take(Newsletter *newsletter, const FrontMatter *front, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *value = front_matter_text(front, keys[i].key);
        if (keys[i].needed && (value == NULL || *value == '\0')) {
            return fail(error, KOLOKOL_ERROR_INVALID, "a newsletter needs `%s:`", keys[i].key);
        }
        if (value != NULL && strlen(value) > keys[i].most) {
            return fail(error, KOLOKOL_ERROR_LIMIT, "`%s:` has %zu bytes; the limit is %zu",
                        keys[i].key, strlen(value), keys[i].most);
        }
        *slot_of(newsletter, &keys[i]) = g_strdup(value == NULL ? "" : value);
    }
    return texts_fine(newsletter, error);
}

Newsletter *newsletter_parse(const char *text, size_t length, GError **error)
{
    g_autoptr(FrontMatter) front = front_matter_parse(text, length, error);
    g_autoptr(Newsletter) newsletter = g_new0(Newsletter, 1);
    if (front == NULL || !take(newsletter, front, error)) {
        return NULL;
    }
    return g_steal_pointer(&newsletter);
}

Newsletter *newsletter_of(const NewsletterTexts *texts, GError **error)
{
    g_autoptr(FrontMatter) file = front_matter_new();
    const char *const values[] = {texts->name,        texts->language, texts->heading,
                                  texts->description, texts->schedule, texts->from,
                                  texts->sending};
    G_STATIC_ASSERT(G_N_ELEMENTS(values) == G_N_ELEMENTS(keys));
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *value = g_strstrip(g_strdup(values[i]));
        front_matter_set(file, keys[i].key, value);
    }
    g_autofree char *text = front_matter_write(file, "", 0);
    return newsletter_parse(text, strlen(text), error);
}

char *newsletter_mark(const Newsletter *newsletter)
{
    if (newsletter == NULL) {
        return hash_mark(NULL);
    }
    const char *const texts[] = {newsletter->language,
                                 newsletter->heading,
                                 newsletter->description,
                                 newsletter->schedule,
                                 newsletter->from,
                                 newsletter->sending,
                                 NULL};
    return hash_mark(texts);
}

static Newsletter *of_row(StoreRows *rows)
{
    Newsletter *newsletter = g_new0(Newsletter, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        *slot_of(newsletter, &keys[i]) = store_text_copy(rows, (int)i);
    }
    newsletter->id = store_number(rows, (int)G_N_ELEMENTS(keys));
    newsletter->due = store_number(rows, (int)G_N_ELEMENTS(keys) + 1);
    return newsletter;
}

GPtrArray *newsletter_list(Store *store, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)newsletter_free);
    g_autoptr(StoreRows) rows = mail_newsletters(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(all, of_row(rows));
    }
    return step == STORE_END ? g_steal_pointer(&all) : NULL;
}

static bool read_one(StoreRows *opened, Newsletter **newsletter, GError **error)
{
    g_autoptr(StoreRows) rows = opened;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        *newsletter = of_row(rows);
    }
    return step != STORE_FAILED;
}

bool newsletter_find(Store *store, const char *name, Newsletter **known, GError **error)
{
    return read_one(mail_newsletter_by_name(store, name, error), known, error);
}

bool newsletter_offered(Store *store, const char *language, Newsletter **newsletter, GError **error)
{
    return read_one(mail_newsletter_of_language(store, language, error), newsletter, error);
}

Newsletter *newsletter_read(Store *store, const char *name, GError **error)
{
    Newsletter *newsletter = NULL;
    if (newsletter_find(store, name, &newsletter, error) && newsletter == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND,
             "there is no newsletter \"%.60s\"; `kolokol newsletter list` shows them", name);
    }
    return newsletter;
}

/* ---- The schedule -----------------------------------------------------------------------------
 */

static bool plan_body(Store *store, void *data, GError **error)
{
    const char *name = data;
    Schedule schedule;
    g_autoptr(GTimeZone) zone = setting_timezone(store, error);
    g_autoptr(Newsletter) newsletter = zone == NULL ? NULL : newsletter_read(store, name, error);
    if (newsletter == NULL || !schedule_parse(newsletter->schedule, &schedule, error)) {
        return false;
    }
    if (schedule.every == SCHEDULE_NONE) {
        return mail_newsletter_due(store, newsletter->id, 0, error);
    }
    int64_t due = schedule_next(&schedule, zone, clock_now());
    return mail_newsletter_due(store, newsletter->id, due, error) &&
           job_enqueue(store, "mail.compose", name, NULL, due, error);
}

bool newsletter_plan(Store *store, const char *name, GError **error)
{
    return store_transact(store, plan_body, (void *)(uintptr_t)name, error);
}

/* ---- Setting ----------------------------------------------------------------------------------
 */

typedef struct {
    const Newsletter *newsletter;
    bool changed;
} Set;

static bool same(Newsletter *a, Newsletter *b)
{
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(*slot_of(a, &keys[i]), *slot_of(b, &keys[i])) != 0) {
            return false;
        }
    }
    return true;
}

static bool touch(Store *store, const char *name, const char *language, GError **error)
{
    g_autofree char *own = g_strdup_printf("newsletter:%s", name);
    g_autofree char *all = g_strdup_printf("newsletters:%s", language);
    g_autofree char *recent = g_strdup_printf("frame:%s/recent", language);
    g_autofree char *standing = g_strdup_printf("frame:%s/standing", language);
    return press_touch(store, recent, error) && press_touch(store, standing, error) &&
           press_touch(store, own, error) && press_touch(store, all, error);
}

/* Its issues have pages only while the site has its language, so that a change of it may bring them
 * back. */
static bool touch_issues(Store *store, const Newsletter *known, GError **error)
{
    g_autoptr(GPtrArray) issues = issue_archive(store, known->id, G_MAXINT, error);
    for (guint i = 0; issues != NULL && i < issues->len; i++) {
        const Issue *issue = issues->pdata[i];
        g_autofree char *input =
            g_strdup_printf("issue:%s/%" G_GINT64_FORMAT, known->name, issue->number);
        if (!press_touch(store, input, error)) {
            return false;
        }
    }
    return issues != NULL;
}

static bool write_row(Store *store, const Newsletter *n, int64_t id, GError **error)
{
    if (id != 0) {
        return mail_newsletter_update(store, id, n->language, n->heading, n->description,
                                      n->schedule, n->from, n->sending, error);
    }
    return store_next_id(store, "mail_newsletter", &id, error) &&
           mail_newsletter_insert(store, id, n->name, n->language, n->heading, n->description,
                                  n->schedule, n->from, n->sending, error);
}

static bool set_body(Store *store, void *data, GError **error)
{
    Set *set = data;
    g_autoptr(Newsletter) known = NULL;
    const Newsletter *given = set->newsletter;
    if (!newsletter_find(store, given->name, &known, error)) {
        return false;
    }
    set->changed = known == NULL || !same(known, (Newsletter *)(uintptr_t)set->newsletter);
    if (!set->changed) {
        return true;
    }
    return write_row(store, given, known == NULL ? 0 : known->id, error) &&
           touch(store, given->name, given->language, error) &&
           (known == NULL || touch(store, given->name, known->language, error)) &&
           (known == NULL || strcmp(known->language, given->language) == 0 ||
            touch_issues(store, known, error)) &&
           newsletter_plan(store, given->name, error);
}

bool newsletter_set(Store *store, const Newsletter *newsletter, bool *changed, GError **error)
{
    Set set = {newsletter, false};
    if (!store_transact(store, set_body, &set, error)) {
        return false;
    }
    *changed = set.changed;
    return true;
}
