/* The chained log: audit.h. */
#include "staff/audit.h"

#include "base/error.h"
#include "seal/hash.h"
#include "staff_sql.h"

#include <string.h>

#define PART 500 /* rows held at a time */

static void append(GString *text, const char *field)
{
    g_string_append_printf(text, "%zu:%s,", strlen(field), field);
}

static void chain(const char *previous, const AuditRow *row, char hex[HASH_HEX])
{
    g_autoptr(GString) text = g_string_new(NULL);
    append(text, previous);
    g_string_append_printf(text, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",",
                           row->number, row->moment, row->person);
    append(text, row->action);
    append(text, row->subject);
    append(text, row->detail);
    Hash hash = hash_of(text->str, text->len);
    hash_hex(&hash, hex);
}

static bool read_last(Store *store, int64_t *number, char hash[HASH_HEX], GError **error)
{
    g_autoptr(StoreRows) rows = staff_audit_last(store, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_ROW) {
        *number = store_number(rows, 0);
        g_strlcpy(hash, store_text(rows, 1), HASH_HEX);
    }
    return step != STORE_FAILED;
}

/* The sequence also makes two writers of PostgreSQL wait for each other. */
static bool add_body(Store *store, void *data, GError **error)
{
    AuditRow row = *(const AuditRow *)data; /* the body may run again */
    char previous[HASH_HEX] = "", hash[HASH_HEX];
    int64_t last = 0;
    if (!store_next_id(store, "staff_audit", &row.number, error) ||
        !read_last(store, &last, previous, error)) {
        return false;
    }
    chain(previous, &row, hash);
    return staff_audit_insert(store, row.number, row.moment, row.person, row.action, row.subject,
                              row.detail, hash, error);
}

static char *cut(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    size_t length = strlen(valid);
    if (length > AUDIT_TEXT) {
        length = (size_t)(g_utf8_find_prev_char(valid, valid + AUDIT_TEXT + 1) - valid);
    }
    return g_strndup(valid, length);
}

bool audit_add(Store *store, int64_t person, const char *action, const char *subject,
               const char *detail, int64_t now, GError **error)
{
    g_autofree char *about = cut(subject);
    g_autofree char *more = cut(detail);
    AuditRow row = {
        .moment = now, .person = person, .action = action, .subject = about, .detail = more};
    return store_transact(store, add_body, &row, error);
}

bool audit_add_by(Store *store, int64_t person, const char *token, const char *action,
                  const char *subject, const char *detail, int64_t now, GError **error)
{
    g_autofree char *by = token == NULL ? NULL
                                        : g_strdup_printf("%s%sby the token \"%s\"", detail,
                                                          *detail == '\0' ? "" : ", ", token);
    return audit_add(store, person, action, subject, by == NULL ? detail : by, now, error);
}

/* Takes the rows. */
static bool give(StoreRows *taken, AuditTaker take, void *data, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        AuditRow row = {store_number(rows, 0), store_number(rows, 1), store_number(rows, 2),
                        store_text(rows, 3),   store_text(rows, 4),   store_text(rows, 5),
                        store_text(rows, 6)};
        if (!take(&row, data, error)) {
            return false;
        }
    }
    return step == STORE_END;
}

bool audit_list(Store *store, int64_t after, unsigned most, AuditTaker take, void *data,
                GError **error)
{
    return give(staff_audit_after(store, after, most, error), take, data, error);
}

bool audit_recent(Store *store, int64_t before, unsigned most, AuditTaker take, void *data,
                  GError **error)
{
    return give(staff_audit_before(store, before, most, error), take, data, error);
}

typedef struct {
    int64_t rows;
    char hash[HASH_HEX];
} Walk;

static bool check_row(const AuditRow *row, void *data, GError **error)
{
    Walk *walk = data;
    char hash[HASH_HEX];
    chain(walk->hash, row, hash);
    if (row->number != walk->rows + 1 || strcmp(hash, row->hash) != 0) {
        return fail(error, KOLOKOL_ERROR_CORRUPT,
                    "the audit log was changed at row %" G_GINT64_FORMAT, walk->rows + 1);
    }
    walk->rows = row->number;
    g_strlcpy(walk->hash, hash, sizeof walk->hash);
    return true;
}

bool audit_verify(Store *store, int64_t *rows, char **last, GError **error)
{
    Walk walk = {0};
    int64_t before = -1;
    while (walk.rows != before) {
        before = walk.rows;
        if (!audit_list(store, walk.rows, PART, check_row, &walk, error)) {
            return false;
        }
    }
    *rows = walk.rows;
    *last = g_strdup(walk.hash);
    return true;
}
