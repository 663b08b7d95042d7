/* Tokens of the API, on both engines: what they may, when they end, that none is in the database.
 */
#include "staff/api_token.h"

#include "base/clock.h"
#include "base/error.h"
#include "doubles/stores.h"
#include "staff/audit.h"
#include "staff/person.h"
#include "staff/session.h"
#include "staff_token_sql.h"

#include <string.h>

#define NOW  INT64_C(1795000000000000)
#define BOTH ((unsigned)API_SCOPE_READ | (unsigned)API_SCOPE_WRITE)

static int64_t somebody(Store *store, const char *email, Role role)
{
    int64_t id = 0;
    g_autoptr(GError) error = NULL;
    g_assert_true(person_add(store, "Anna", email, role, 0, NOW, &id, &error));
    g_assert_true(person_set_password(store, id, "correct horse battery", 0, NOW, &error));
    return id;
}

static int64_t made(Store *store, int64_t person, unsigned scopes, char text[API_TOKEN])
{
    g_autoptr(GError) error = NULL;
    int64_t id = 0;
    ApiTokenWish wish = {.person = person, .name = "A script", .scopes = scopes};
    g_assert_true(api_token_make(store, &wish, person, NOW, text, &id, &error));
    g_assert_no_error(error);
    return id;
}

/* What it may; 0 if it is none. */
static unsigned may(Store *store, const char *text, int64_t now)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ApiToken) token = api_token_find(store, text, now, &error);
    if (token == NULL) {
        g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    }
    return token == NULL ? 0 : token->scopes;
}

static void test_limits(Store *store, const char *url)
{
    char text[API_TOKEN];
    int64_t anna = somebody(store, "anna@bell.example", ROLE_EDITOR);
    made(store, anna, BOTH, text);
    g_assert_cmpuint(strlen(text), ==, API_TOKEN - 1);
    g_assert_cmpuint(may(store, text, NOW), ==, BOTH);
    g_assert_cmpuint(may(store, text, NOW + API_DAYS * CLOCK_DAY - 1), ==, BOTH);
    g_assert_cmpuint(may(store, text, NOW + API_DAYS * CLOCK_DAY), ==, 0);
    g_assert_cmpuint(may(store, "", NOW), ==, 0);
    text[20] = text[20] == '0' ? '1' : '0';
    g_assert_cmpuint(may(store, text, NOW), ==, 0);
}

static void test_refused(Store *store, const char *url)
{
    g_autofree char *long_name = g_strnfill(API_TOKEN_NAME + 1, 'a');

    const struct {
        const char *name;
        unsigned scopes, days;
        int code;
    } wrong[] = {
        {"", BOTH, 0, KOLOKOL_ERROR_INVALID},
        {"a\nb", BOTH, 0, KOLOKOL_ERROR_INVALID},
        {"\xff", BOTH, 0, KOLOKOL_ERROR_INVALID},
        {long_name, BOTH, 0, KOLOKOL_ERROR_INVALID},
        {"a", BOTH, API_DAYS_MOST + 1, KOLOKOL_ERROR_INVALID},
        {"a", BOTH | API_SCOPE_PUBLISH, 0, KOLOKOL_ERROR_DENIED},
    };

    int64_t anna = somebody(store, "anna@bell.example", ROLE_REPORTER);
    char text[API_TOKEN] = "untouched";
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        ApiTokenWish wish = {anna, wrong[i].name, wrong[i].scopes, wrong[i].days};
        g_assert_false(api_token_make(store, &wish, 0, NOW, text, NULL, &error));
        g_assert_error(error, KOLOKOL_ERROR, wrong[i].code);
        g_assert_cmpstr(text, ==, "untouched");
    }
    for (unsigned i = 0; i < API_TOKENS; i++) {
        made(store, anna, API_SCOPE_READ, text);
    }
    g_autoptr(GError) error = NULL;
    ApiTokenWish wish = {.person = anna, .name = "one more", .scopes = API_SCOPE_READ};
    g_assert_false(api_token_make(store, &wish, 0, NOW, text, NULL, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_LIMIT);
    g_clear_error(&error);
    /* Those that have ended make room. */
    g_assert_true(api_token_make(store, &wish, 0, NOW + API_DAYS * CLOCK_DAY, text, NULL, &error));
}

/* A role that is taken away takes its scopes along, and does not bring them back. */
static void test_role(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char wide[API_TOKEN], front[API_TOKEN];
    int64_t anna = somebody(store, "anna@bell.example", ROLE_EDITOR);
    made(store, anna, BOTH | API_SCOPE_PUBLISH, wide);
    made(store, anna, API_SCOPE_FRONT, front);
    g_assert_true(person_set_role(store, anna, ROLE_REPORTER, 0, NOW, &error));
    g_assert_cmpuint(may(store, wide, NOW), ==, BOTH);
    g_assert_cmpuint(may(store, front, NOW), ==, 0);
    g_assert_true(person_set_role(store, anna, ROLE_CHIEF, 0, NOW, &error));
    g_assert_cmpuint(may(store, wide, NOW), ==, BOTH);
    g_assert_cmpuint(may(store, front, NOW), ==, 0);
}

static void test_ends(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char first[API_TOKEN], second[API_TOKEN], other[API_TOKEN];
    int64_t anna = somebody(store, "anna@bell.example", ROLE_REPORTER);
    int64_t boris = somebody(store, "boris@bell.example", ROLE_REPORTER);
    int64_t id = made(store, anna, BOTH, first);
    made(store, anna, BOTH, second);
    made(store, boris, BOTH, other);
    g_assert_false(api_token_revoke(store, boris, id, boris, NOW, &error));
    g_assert_error(error, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_true(api_token_revoke(store, anna, id, anna, NOW, &error));
    g_assert_cmpuint(may(store, first, NOW), ==, 0);
    g_assert_cmpuint(may(store, second, NOW), ==, BOTH);
    g_assert_true(person_set_password(store, anna, "another horse battery", 0, NOW, &error));
    g_assert_cmpuint(may(store, second, NOW), ==, 0);
    made(store, anna, BOTH, first);
    g_assert_true(person_disable(store, anna, 0, NOW, &error));
    g_assert_cmpuint(may(store, first, NOW), ==, 0);
    g_assert_cmpuint(may(store, other, NOW), ==, BOTH);
    g_assert_true(session_end_everybody(store, 0, NOW, &error));
    g_assert_cmpuint(may(store, other, NOW), ==, 0);
}

static void test_day(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char text[API_TOKEN];
    int64_t anna = somebody(store, "anna@bell.example", ROLE_REPORTER);
    made(store, anna, BOTH, text);
    for (int64_t at = NOW; at < NOW + CLOCK_HOUR; at += CLOCK_HOUR / 2) {
        g_autoptr(ApiToken) token = api_token_find(store, text, at, &error);
        g_assert_true(api_token_note(store, token, at, &error));
    }
    g_autoptr(GPtrArray) list = api_token_list(store, anna, &error);
    const ApiToken *token = list->pdata[0];
    g_assert_cmpint(token->used, ==, NOW - NOW % CLOCK_DAY);
    g_assert_cmpstr(token->email, ==, "anna@bell.example");
}

static bool no_secret(const AuditRow *row, void *data, GError **error)
{
    g_assert_null(strstr(row->detail, data));
    return true;
}

static void test_stored(Store *store, const char *url)
{
    g_autoptr(GError) error = NULL;
    char text[API_TOKEN];
    int64_t anna = somebody(store, "anna@bell.example", ROLE_REPORTER);
    made(store, anna, BOTH, text);
    g_assert_true(audit_list(store, 0, 100, no_secret, text + strlen("kolokol_"), &error));
    g_autoptr(StoreRows) rows = staff_token_by_hash(store, text, NOW, &error);
    g_assert_cmpint(store_rows_next(rows, &error), ==, STORE_END);
}

static void test_scopes(void)
{
    unsigned scopes = 0;
    g_assert_true(api_scopes_parse("write, read", &scopes, NULL));
    g_autofree char *text = api_scopes_text(scopes);
    g_assert_cmpstr(text, ==, "read,write");
    g_assert_false(api_scopes_parse("", &scopes, NULL));
    g_assert_false(api_scopes_parse("any", &scopes, NULL));
    g_assert_false(api_scopes_parse("read;write", &scopes, NULL));
    g_assert_cmpuint(api_scopes_of_role(ROLE_ADMINISTRATOR), ==,
                     API_SCOPE_STATE | API_SCOPE_SETTINGS | API_SCOPE_THEME);
    g_assert_cmpuint(api_scopes_of_role(ROLE_EDITOR) & API_SCOPE_ERASE, ==, 0);
    g_assert_cmpuint(api_scopes_of_role(ROLE_FUNDRAISER), ==,
                     API_SCOPE_NEWSLETTERS | API_SCOPE_GIFTS | API_SCOPE_CAMPAIGNS |
                         API_SCOPE_COMPOSE);
    g_assert_cmpuint(api_scopes_of_role(ROLE_CHIEF) & API_SCOPE_GIFTS, ==, 0);
    g_assert_cmpuint(api_scopes_of_role(ROLE_EDITOR) & API_SCOPE_STATE, ==, 0);
    g_assert_cmpuint(api_scopes_of_role(ROLE_REPORTER) & API_SCOPE_EMBARGOED, ==, 0);
    g_assert_cmpuint(api_scopes_of_role(ROLE_EDITOR) & API_SCOPE_EMBARGOED, !=, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/staff/api_token/scopes", test_scopes);
    stores_test_add("/staff/api_token/limits", test_limits);
    stores_test_add("/staff/api_token/refused", test_refused);
    stores_test_add("/staff/api_token/role", test_role);
    stores_test_add("/staff/api_token/ends", test_ends);
    stores_test_add("/staff/api_token/day", test_day);
    stores_test_add("/staff/api_token/stored", test_stored);
    return g_test_run();
}
