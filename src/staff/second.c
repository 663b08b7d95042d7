/* Second factors: second.h. */
#include "staff/second.h"

#include "base/error.h"
#include "base/random.h"
#include "staff/audit.h"
#include "staff/person.h"
#include "staff_sql.h"

#include <sodium.h>
#include <string.h>

bool second_read(Store *store, int64_t person, Second *second, GError **error)
{
    g_autoptr(StoreRows) rows = staff_second_read(store, person, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    *second = (Second){.on = step == STORE_ROW};
    if (second->on) {
        g_strlcpy(second->nonce, store_text(rows, 0), sizeof second->nonce);
        second->used = store_number(rows, 1);
        second->since = store_number(rows, 2);
        second->codes = (unsigned)store_number(rows, 3);
    }
    return true;
}

void second_secret(const Secret *secret, int64_t person, const char *nonce,
                   uint8_t totp[TOTP_SECRET])
{
    uint8_t mac[SECRET_MAC];
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT " %s", person, nonce);
    secret_mac(secret, "staff-totp", text, strlen(text), mac);
    memcpy(totp, mac, TOTP_SECRET);
    sodium_memzero(mac, sizeof mac);
}

/* ---- Recovery codes ------------------------------------------------------------------------- */

/* Fifty bits in letters that are not taken for one another. */
static void make_code(char code[SECOND_RECOVERY])
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* 31: a byte is 8 of them */
    uint8_t bytes[64];
    unsigned length = 0;
    while (length < SECOND_RECOVERY - 1) {
        random_bytes(bytes, sizeof bytes);
        for (size_t i = 0; i < sizeof bytes && length < SECOND_RECOVERY - 1; i++) {
            if (length == 5) {
                code[length++] = '-';
            }
            if (bytes[i] < 8 * 31) { /* so that each is as likely */
                code[length++] = letters[bytes[i] % 31];
            }
        }
    }
    code[length] = '\0';
}

/* The keyed hash of what somebody typed, whatever its case and without its hyphen. Caller frees. */
static char *hash_code(const Secret *secret, int64_t person, const char *code)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%" G_GINT64_FORMAT " ", person);
    for (; *code != '\0' && text->len < 100; code++) {
        if (g_ascii_isalnum(*code)) {
            g_string_append_c(text, g_ascii_tolower(*code));
        }
    }
    return secret_mac_hex(secret, "staff-recovery", text->str);
}

/* ---- Turning on and off --------------------------------------------------------------------- */

typedef struct {
    const Secret *secret;
    int64_t person, by, now, step;
    const char *nonce, *action;
    char (*codes)[SECOND_RECOVERY];
} Setting;

static bool tell(Store *store, const Setting *setting, GError **error)
{
    g_autoptr(Person) person = person_read(store, setting->person, error);
    return person != NULL &&
           audit_add(store, setting->by, setting->action, person->email, "", setting->now, error);
}

static bool set_body(Store *store, void *data, GError **error)
{
    const Setting *setting = data;
    if (!staff_second_put(store, setting->person, setting->nonce, setting->step, setting->now,
                          error) ||
        !staff_recovery_clear(store, setting->person, error) ||
        !staff_session_end_of(store, setting->person, error)) {
        return false;
    }
    for (unsigned i = 0; i < SECOND_CODES; i++) {
        g_autofree char *hash = hash_code(setting->secret, setting->person, setting->codes[i]);
        if (!staff_recovery_insert(store, setting->person, hash, error)) {
            return false;
        }
    }
    return tell(store, setting, error);
}

static bool wrong(GError **error)
{
    return fail(error, KOLOKOL_ERROR_DENIED, "the code is wrong, or was used before");
}

bool second_set(Store *store, const Secret *secret, int64_t person, const char *nonce,
                const char *code, int64_t now, char codes[SECOND_CODES][SECOND_RECOVERY],
                GError **error)
{
    uint8_t totp[TOTP_SECRET];
    char fresh[SECOND_CODES][SECOND_RECOVERY];
    Setting setting = {.secret = secret,
                       .person = person,
                       .by = person,
                       .now = now,
                       .nonce = nonce,
                       .action = "second-factor.on",
                       .codes = fresh};
    second_secret(secret, person, nonce, totp);
    if (!totp_check(totp, code, now, -1, &setting.step)) {
        return wrong(error);
    }
    for (unsigned i = 0; i < SECOND_CODES; i++) {
        make_code(fresh[i]);
    }
    if (!store_transact(store, set_body, &setting, error)) {
        return false;
    }
    memcpy(codes, fresh, sizeof fresh);
    return true;
}

static bool remove_body(Store *store, void *data, GError **error)
{
    const Setting *setting = data;
    int64_t rows = 0;
    g_autoptr(Person) person = person_read(store, setting->person, error);
    return person != NULL && staff_second_delete_counted(store, setting->person, &rows, error) &&
           staff_recovery_clear(store, setting->person, error) &&
           (!role_needs_second(person->role) ||
            staff_session_end_of(store, setting->person, error)) &&
           (rows == 0 || tell(store, setting, error));
}

bool second_remove(Store *store, int64_t person, int64_t by, int64_t now, GError **error)
{
    Setting setting = {.person = person, .by = by, .now = now, .action = "second-factor.off"};
    return store_transact(store, remove_body, &setting, error);
}

/* ---- Taking a code -------------------------------------------------------------------------- */

/* True also if it is none of them; *taken says whether it was. */
static bool take_recovery(Store *store, const Secret *secret, int64_t person, const char *code,
                          bool *taken, GError **error)
{
    g_autofree char *hash = hash_code(secret, person, code);
    int64_t rows = 0;
    if (!staff_recovery_delete_counted(store, person, hash, &rows, error)) {
        return false;
    }
    *taken = rows > 0;
    return true;
}

bool second_take(Store *store, const Secret *secret, int64_t person, const char *code, int64_t now,
                 GError **error)
{
    Second second;
    uint8_t totp[TOTP_SECRET];
    int64_t step = 0, rows = 0;
    bool taken = false;
    if (!second_read(store, person, &second, error)) {
        return false;
    }
    if (!second.on) {
        return wrong(error);
    }
    second_secret(secret, person, second.nonce, totp);
    if (totp_check(totp, code, now, second.used, &step)) {
        /* of two at the same time with the same code, one */
        return staff_second_used_counted(store, person, step, &rows, error) &&
               (rows > 0 || wrong(error));
    }
    return take_recovery(store, secret, person, code, &taken, error) && (taken || wrong(error));
}
