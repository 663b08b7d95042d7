/* Tokens of the API: api_token.h. What each scope opens is a column of the API's rows. */
#include "staff/api_token.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "seal/hash.h"
#include "staff/audit.h"
#include "staff/person.h"
#include "staff_token_sql.h"

#include <inttypes.h>
#include <string.h>

#define PREFIX "kolokol_"
#define RANDOM 32u /* bytes */

G_STATIC_ASSERT(API_TOKEN == sizeof PREFIX + 2 * RANDOM);

const ApiScopeRow api_scope_rows[] = {
    {"read", API_SCOPE_READ, PERMISSION_WRITE, "read stories, names, pictures and the front"},
    {"write", API_SCOPE_WRITE, PERMISSION_WRITE, "make stories, change those that are not out"},
    {"publish", API_SCOPE_PUBLISH, PERMISSION_PUBLISH,
     "publish, schedule, withdraw, correct, and change what is out"},
    {"media", API_SCOPE_MEDIA, PERMISSION_WRITE,
     "add pictures, change words of those that no reader sees"},
    {"front", API_SCOPE_FRONT, PERMISSION_PUBLISH, "arrange the front and its breaking line"},
    {"embargoed", API_SCOPE_EMBARGOED, PERMISSION_PUBLISH,
     "see stories under embargo, set and lift one"},
    {"newsletters", API_SCOPE_NEWSLETTERS, PERMISSION_MAIL, "see newsletters and their issues"},
    {"gifts", API_SCOPE_GIFTS, PERMISSION_FUND, "see totals of contributions"},
    {"state", API_SCOPE_STATE, PERMISSION_STATE, "see how the queue of jobs is"},
    {"erase", API_SCOPE_ERASE, PERMISSION_TAKE_DOWN, "take stories down, withhold a name"},
    {"settings", API_SCOPE_SETTINGS, PERMISSION_SETTINGS, "see and change settings and sections"},
    {"campaigns", API_SCOPE_CAMPAIGNS, PERMISSION_FUND, "see and set campaigns"},
    {"compose", API_SCOPE_COMPOSE, PERMISSION_MAIL, "set newsletters, compose issues"},
    {"theme", API_SCOPE_THEME, PERMISSION_SETTINGS, "see and change the theme's files"},
    {NULL, API_SCOPE_NONE, PERMISSION_NONE, NULL},
};

/* ---- Scopes --------------------------------------------------------------------------------- */

unsigned api_scopes_of_role(Role role)
{
    unsigned scopes = 0;
    for (const ApiScopeRow *row = api_scope_rows; row->name != NULL; row++) {
        scopes |= role_may(role, row->permission) ? row->scope : 0;
    }
    return scopes;
}

static const ApiScopeRow *row_of(const char *name)
{
    for (const ApiScopeRow *row = api_scope_rows; row->name != NULL; row++) {
        if (strcmp(row->name, name) == 0) {
            return row;
        }
    }
    return NULL;
}

bool api_scopes_parse(const char *text, unsigned *scopes, GError **error)
{
    unsigned found = 0;
    g_auto(GStrv) words = g_strsplit_set(text, ", ", -1);
    for (char **word = words; *word != NULL; word++) {
        const ApiScopeRow *row = **word == '\0' ? NULL : row_of(*word);
        if (row == NULL && **word != '\0') {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "\"%.40s\" is no scope; `kolokol staff --help` names them", *word);
        }
        found |= row == NULL ? 0 : row->scope;
    }
    if (found == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a token needs a scope, as read or write");
    }
    *scopes = found;
    return true;
}

char *api_scopes_text(unsigned scopes)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (const ApiScopeRow *row = api_scope_rows; row->name != NULL; row++) {
        if ((scopes & row->scope) != 0) {
            g_string_append_printf(text, "%s%s", text->len > 0 ? "," : "", row->name);
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* ---- Rows ----------------------------------------------------------------------------------- */

void api_token_free(ApiToken *token)
{
    if (token != NULL) {
        g_free(token->name);
        g_free(token->email);
        g_free(token);
    }
}

static void hash_text(const char *text, char hex[HASH_HEX])
{
    Hash hash = hash_of(text, strlen(text));
    hash_hex(&hash, hex);
}

static ApiToken *of_row(StoreRows *rows, GError **error)
{
    g_autoptr(ApiToken) token = g_new0(ApiToken, 1);
    Role role;
    token->id = store_number(rows, 0);
    token->person = store_number(rows, 1);
    token->name = store_text_copy(rows, 2);
    token->created = store_number(rows, 4);
    token->ends = store_number(rows, 5);
    token->used = store_number(rows, 6);
    token->email = store_text_copy(rows, 8);
    if (!role_parse(store_text(rows, 7), &role) ||
        !api_scopes_parse(store_text(rows, 3), &token->scopes, NULL)) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "the token %" PRId64 " has no known scope or role",
             token->id);
        return NULL;
    }
    token->scopes &= api_scopes_of_role(role);
    return g_steal_pointer(&token);
}

/* Takes the rows. */
static ApiToken *only(StoreRows *taken, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such token");
    }
    return step == STORE_ROW ? of_row(rows, error) : NULL;
}

ApiToken *api_token_find(Store *store, const char *text, int64_t now, GError **error)
{
    char hash[HASH_HEX];
    if (strlen(text) != API_TOKEN - 1 || !g_str_has_prefix(text, PREFIX)) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such token");
        return NULL;
    }
    hash_text(text, hash);
    return only(staff_token_by_hash(store, hash, now, error), error);
}

bool api_token_note(Store *store, const ApiToken *token, int64_t now, GError **error)
{
    int64_t day = now - now % CLOCK_DAY;
    return token->used >= day || staff_token_used(store, token->id, day, error);
}

GPtrArray *api_token_list(Store *store, int64_t person, GError **error)
{
    g_autoptr(GPtrArray) tokens = g_ptr_array_new_with_free_func((GDestroyNotify)api_token_free);
    g_autoptr(StoreRows) rows = staff_token_of_person(store, person, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        ApiToken *token = of_row(rows, error);
        if (token == NULL) {
            return NULL;
        }
        g_ptr_array_add(tokens, token);
    }
    return step == STORE_END ? g_steal_pointer(&tokens) : NULL;
}

/* ---- Making and ending ---------------------------------------------------------------------- */

typedef struct {
    const ApiTokenWish *wish;
    const char *hash;
    int64_t owner, id, by, now;
    unsigned days;
} Change;

static bool name_good(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > API_TOKEN_NAME || !g_utf8_validate(name, -1, NULL)) {
        return false;
    }
    for (const char *c = name; *c != '\0'; c = g_utf8_next_char(c)) {
        if (g_unichar_iscntrl(g_utf8_get_char(c))) {
            return false;
        }
    }
    return true;
}

/* An active person whose role may have each of the scopes. */
static bool may_have(const Person *person, unsigned scopes, GError **error)
{
    unsigned over = scopes & ~api_scopes_of_role(person->role);
    g_autofree char *names = api_scopes_text(over);
    if (person->state != PERSON_ACTIVE) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "%s is %s and can have no token", person->email,
                    person_state_name(person->state));
    }
    return over == 0 || fail(error, KOLOKOL_ERROR_DENIED, "the role %s may not have the scopes: %s",
                             role_name(person->role), names);
}

static bool audited(Store *store, const char *action, const char *email, const char *name,
                    const char *scopes, const Change *change, GError **error)
{
    g_autofree char *detail = g_strdup_printf("%s: %s", name, scopes);
    return audit_add(store, change->by, action, email, detail, change->now, error);
}

static bool make_body(Store *store, void *data, GError **error)
{
    Change *change = data;
    const ApiTokenWish *wish = change->wish;
    g_autofree char *scopes = api_scopes_text(wish->scopes);
    g_autoptr(Person) person = person_read(store, wish->person, error);
    if (person == NULL || !may_have(person, wish->scopes, error) ||
        !staff_token_delete_ended(store, wish->person, change->now, error)) {
        return false;
    }
    g_autoptr(GPtrArray) others = api_token_list(store, wish->person, error);
    if (others == NULL) {
        return false;
    }
    if (others->len >= API_TOKENS) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "%s has %u tokens, which is the most; revoke one",
                    person->email, others->len);
    }
    return store_next_id(store, "staff_token", &change->id, error) &&
           staff_token_insert(store, change->id, change->hash, wish->person, wish->name, scopes,
                              change->now, change->now + (int64_t)change->days * CLOCK_DAY,
                              error) &&
           audited(store, "token.make", person->email, wish->name, scopes, change, error);
}

bool api_token_make(Store *store, const ApiTokenWish *wish, int64_t by, int64_t now,
                    char text[API_TOKEN], int64_t *id, GError **error)
{
    uint8_t random[RANDOM];
    char fresh[API_TOKEN] = PREFIX, hash[HASH_HEX];
    if (!name_good(wish->name)) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "a token's name has 1 to %u bytes of UTF-8 in one line", API_TOKEN_NAME);
    }
    if (wish->days > API_DAYS_MOST) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a token lasts %u days at most", API_DAYS_MOST);
    }
    random_bytes(random, sizeof random);
    for (size_t i = 0; i < RANDOM; i++) {
        g_snprintf(fresh + strlen(PREFIX) + 2 * i, 3, "%02x", random[i]);
    }
    hash_text(fresh, hash);
    Change change = {.wish = wish,
                     .hash = hash,
                     .by = by,
                     .now = now,
                     .days = wish->days == 0 ? API_DAYS : wish->days};
    if (!store_transact(store, make_body, &change, error)) {
        return false;
    }
    g_strlcpy(text, fresh, API_TOKEN);
    if (id != NULL) {
        *id = change.id;
    }
    return true;
}

static bool revoke_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    g_autoptr(ApiToken) token = only(staff_token_by_id(store, change->id, error), error);
    if (token == NULL) {
        return false;
    }
    if (change->owner != 0 && token->person != change->owner) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no such token");
    }
    g_autofree char *scopes = api_scopes_text(token->scopes);
    return staff_token_delete(store, token->id, error) &&
           audited(store, "token.revoke", token->email, token->name, scopes, change, error);
}

bool api_token_revoke(Store *store, int64_t owner, int64_t id, int64_t by, int64_t now,
                      GError **error)
{
    Change change = {.owner = owner, .id = id, .by = by, .now = now};
    return store_transact(store, revoke_body, &change, error);
}

bool api_token_end_of(Store *store, int64_t person, GError **error)
{
    return staff_token_delete_of(store, person, error);
}

bool api_token_end_all(Store *store, GError **error)
{
    return staff_token_delete_all(store, error);
}

/* The list gives what the role that is stored may; so this runs after that was written. */
bool api_token_narrow(Store *store, int64_t person, Role role, GError **error)
{
    g_autoptr(GPtrArray) tokens = api_token_list(store, person, error);
    for (guint i = 0; tokens != NULL && i < tokens->len; i++) {
        const ApiToken *token = tokens->pdata[i];
        unsigned left = token->scopes & api_scopes_of_role(role);
        g_autofree char *text = api_scopes_text(left);
        bool done = left == 0 ? staff_token_delete(store, token->id, error)
                              : staff_token_narrow(store, token->id, text, error);
        if (!done) {
            return false;
        }
    }
    return tokens != NULL;
}
