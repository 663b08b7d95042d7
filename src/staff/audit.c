/* The chained log: audit.h. */
#include "staff/audit.h"

#include "base/error.h"
#include "base/random.h"
#include "seal/hash.h"
#include "staff_sql.h"

#include <string.h>

#define PART  500 /* rows held at a time */
#define ERASE "audit.erase"

static void append(GString *text, const char *field)
{
    g_string_append_printf(text, "%zu:%s,", strlen(field), field);
}

static void digest(const GString *text, char hex[HASH_HEX])
{
    Hash hash = hash_of(text->str, text->len);
    hash_hex(&hash, hex);
}

static void seal_row(const AuditRow *row, char hex[HASH_HEX])
{
    g_autoptr(GString) text = g_string_new(NULL);
    append(text, row->salt);
    append(text, row->subject);
    append(text, row->detail);
    digest(text, hex);
}

static void chain(const char *previous, const AuditRow *row, char hex[HASH_HEX])
{
    g_autoptr(GString) text = g_string_new(NULL);
    append(text, previous);
    g_string_append_printf(text, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",",
                           row->number, row->moment, row->person);
    append(text, row->action);
    if (*row->seal != '\0') {
        append(text, row->seal);
    } else {
        append(text, row->subject);
        append(text, row->detail);
    }
    digest(text, hex);
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
    char previous[HASH_HEX] = "", hash[HASH_HEX], seal[HASH_HEX];
    int64_t last = 0;
    g_autofree char *salt = random_id();
    row.salt = salt;
    seal_row(&row, seal);
    row.seal = seal;
    if (!store_next_id(store, "staff_audit", &row.number, error) ||
        !read_last(store, &last, previous, error)) {
        return false;
    }
    chain(previous, &row, hash);
    return staff_audit_insert(store, row.number, row.moment, row.person, row.action, row.subject,
                              row.detail, hash, salt, seal, error);
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
        AuditRow row = {store_number(rows, 0),     store_number(rows, 1), store_number(rows, 2),
                        store_text(rows, 3),       store_text(rows, 4),   store_text(rows, 5),
                        store_text(rows, 6),       store_text(rows, 7),   store_text(rows, 8),
                        store_number(rows, 9) != 0};
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

/* ---- Erasing -------------------------------------------------------------------------------- */

typedef struct {
    AuditHas has;
    const void *data;
    GArray *found; /* int64_t: numbers */
    int64_t last, now;
} Erasing;

static bool find_row(const AuditRow *row, void *data, GError **error)
{
    Erasing *erasing = data;
    bool empty = *row->subject == '\0' && *row->detail == '\0';
    erasing->last = row->number;
    if (!empty && strcmp(row->action, ERASE) != 0 && erasing->has(row, erasing->data)) {
        g_array_append_val(erasing->found, row->number);
    }
    return true;
}

/* As many rows as their numbers need. */
static bool tell(Store *store, const Erasing *erasing, GError **error)
{
    g_autoptr(GString) numbers = g_string_new(NULL);
    for (guint i = 0; i < erasing->found->len; i++) {
        g_string_append_printf(numbers, "%s%" G_GINT64_FORMAT, numbers->len == 0 ? "" : " ",
                               g_array_index(erasing->found, int64_t, i));
        if (i + 1 == erasing->found->len || numbers->len > AUDIT_TEXT - 25) {
            if (!audit_add(store, 0, ERASE, "rows", numbers->str, erasing->now, error)) {
                return false;
            }
            g_string_truncate(numbers, 0);
        }
    }
    return true;
}

static bool erase_body(Store *store, void *data, GError **error)
{
    Erasing *erasing = data;
    g_array_set_size(erasing->found, 0);
    erasing->last = 0;
    for (int64_t before = -1; erasing->last != before;) {
        before = erasing->last;
        if (!audit_list(store, before, PART, find_row, erasing, error)) {
            return false;
        }
    }
    for (guint i = 0; i < erasing->found->len; i++) {
        if (!staff_audit_erase(store, g_array_index(erasing->found, int64_t, i), error)) {
            return false;
        }
    }
    return tell(store, erasing, error);
}

bool audit_erase(Store *store, AuditHas has, const void *data, int64_t now, GError **error)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(int64_t));
    Erasing erasing = {.has = has, .data = data, .found = found, .now = now};
    return store_transact(store, erase_body, &erasing, error);
}

/* ---- Checking ------------------------------------------------------------------------------- */

typedef struct {
    int64_t rows;
    char hash[HASH_HEX];
    GHashTable *untold; /* int64_t: erased rows that no row tells of yet */
} Walk;

static bool changed(int64_t number, GError **error)
{
    return fail(error, KOLOKOL_ERROR_CORRUPT, "the audit log was changed at row %" G_GINT64_FORMAT,
                number);
}

static void note_told(Walk *walk, const char *numbers)
{
    g_auto(GStrv) parts = g_strsplit(numbers, " ", -1);
    for (char **part = parts; *part != NULL; part++) {
        gint64 number = 0;
        if (g_ascii_string_to_signed(*part, 10, 1, G_MAXINT64, &number, NULL)) {
            g_hash_table_remove(walk->untold, &number);
        }
    }
}

/* Do the texts fit the row's seal, or are they erased? */
static bool texts_good(Walk *walk, const AuditRow *row)
{
    char seal[HASH_HEX];
    if (row->erased) {
        g_hash_table_add(walk->untold, g_memdup2(&row->number, sizeof row->number));
        return *row->subject == '\0' && *row->detail == '\0';
    }
    seal_row(row, seal);
    return *row->seal == '\0' || strcmp(seal, row->seal) == 0;
}

static bool check_row(const AuditRow *row, void *data, GError **error)
{
    Walk *walk = data;
    char hash[HASH_HEX];
    chain(walk->hash, row, hash);
    bool alone = row->erased && *row->seal == '\0'; /* of before there were seals */
    if (row->number != walk->rows + 1 || !texts_good(walk, row) ||
        (!alone && strcmp(hash, row->hash) != 0)) {
        return changed(walk->rows + 1, error);
    }
    if (strcmp(row->action, ERASE) == 0) {
        note_told(walk, row->detail);
    }
    walk->rows = row->number;
    g_strlcpy(walk->hash, row->hash, sizeof walk->hash);
    return true;
}

static bool all_told(const Walk *walk, GError **error)
{
    int64_t first = 0;
    GHashTableIter iter;
    gpointer key = NULL;
    g_hash_table_iter_init(&iter, walk->untold);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        int64_t number = *(const int64_t *)key;
        first = first == 0 ? number : MIN(first, number);
    }
    return first == 0 || changed(first, error);
}

bool audit_verify(Store *store, int64_t *rows, char **last, GError **error)
{
    g_autoptr(GHashTable) untold = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    Walk walk = {.untold = untold};
    int64_t before = -1;
    while (walk.rows != before) {
        before = walk.rows;
        if (!audit_list(store, walk.rows, PART, check_row, &walk, error)) {
            return false;
        }
    }
    if (!all_told(&walk, error)) {
        return false;
    }
    *rows = walk.rows;
    *last = g_strdup(walk.hash);
    return true;
}
