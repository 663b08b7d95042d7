/* People of the staff: person.h. Their sessions are session.c. */
#include "staff/person.h"

#include "base/error.h"
#include "seal/password.h"
#include "staff/api_token.h"
#include "staff/audit.h"
#include "staff/link.h"
#include "staff/reading.h"
#include "staff/second.h"
#include "staff_sql.h"
#include "text/mail_address.h"

#include <string.h>

static const char *const states[] = {"invited", "active", "disabled"};

void person_free(Person *person)
{
    if (person != NULL) {
        g_free(person->email);
        g_free(person->name);
        g_free(person->password);
        g_free(person->language);
        g_free(person);
    }
}

const char *person_state_name(PersonState state)
{
    return states[state];
}

/* ---- Reading -------------------------------------------------------------------------------- */

static bool state_parse(const char *text, PersonState *state)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(states); i++) {
        if (strcmp(states[i], text) == 0) {
            *state = (PersonState)i;
            return true;
        }
    }
    return false;
}

static Person *of_row(StoreRows *rows, GError **error)
{
    g_autoptr(Person) person = g_new0(Person, 1);
    person->id = store_number(rows, 0);
    person->email = store_text_copy(rows, 1);
    person->name = store_text_copy(rows, 2);
    person->password = store_text_copy(rows, 5);
    person->demo = store_number(rows, 6) != 0;
    person->created = store_number(rows, 7);
    person->language = store_text_copy(rows, 8);
    if (!role_parse(store_text(rows, 3), &person->role) ||
        !state_parse(store_text(rows, 4), &person->state)) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "the row of %s has no known role or state",
             person->email);
        return NULL;
    }
    return g_steal_pointer(&person);
}

/* Takes the rows. */
static Person *only(StoreRows *taken, const char *what, GError **error)
{
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_END) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no %s on the staff", what);
    }
    return step == STORE_ROW ? of_row(rows, error) : NULL;
}

Person *person_read(Store *store, int64_t id, GError **error)
{
    return only(staff_person_by_id(store, id, error), "person of that number", error);
}

Person *person_by_email(Store *store, const char *email, GError **error)
{
    g_autofree char *low = g_ascii_strdown(email, -1);
    return only(staff_person_by_email(store, low, error), low, error);
}

GPtrArray *person_list(Store *store, GError **error)
{
    g_autoptr(GPtrArray) people = g_ptr_array_new_with_free_func((GDestroyNotify)person_free);
    g_autoptr(StoreRows) rows = staff_people(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        Person *person = of_row(rows, error);
        if (person == NULL) {
            return NULL;
        }
        g_ptr_array_add(people, person);
    }
    return step == STORE_END ? g_steal_pointer(&people) : NULL;
}

bool person_set_language(Store *store, int64_t id, const char *language, GError **error)
{
    if (strlen(language) > PERSON_LANGUAGE) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "a language has at most %u bytes", PERSON_LANGUAGE);
    }
    return staff_person_language(store, id, language, error);
}

/* ---- Changes -------------------------------------------------------------------------------- */

typedef struct {
    int64_t id, by, now;
    const char *name, *email, *password;
    Role role;
    bool demo;
} Change;

/* Written as an envelope has it: the caller has made it lower case. */
static bool email_good(const char *email)
{
    g_autofree char *parsed = mail_address_parse(email, NULL);
    return g_strcmp0(parsed, email) == 0;
}

static bool name_good(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > PERSON_NAME || !g_utf8_validate(name, -1, NULL)) {
        return false;
    }
    for (const char *c = name; *c != '\0'; c = g_utf8_next_char(c)) {
        if (g_unichar_iscntrl(g_utf8_get_char(c))) {
            return false;
        }
    }
    return true;
}

static bool add_body(Store *store, void *data, GError **error)
{
    Change *change = data;
    int64_t rows = 0;
    if (!store_next_id(store, "staff_person", &change->id, error) ||
        !staff_person_insert_counted(store, change->id, change->email, change->name,
                                     role_name(change->role),
                                     states[change->demo ? PERSON_ACTIVE : PERSON_INVITED], "",
                                     change->demo, change->now, &rows, error)) {
        return false;
    }
    if (rows == 0) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "%s is on the staff already", change->email);
    }
    return audit_add(store, change->by, "staff.add", change->email, role_name(change->role),
                     change->now, error);
}

static bool add(Store *store, Change *change, int64_t *id, GError **error)
{
    g_autofree char *low = g_ascii_strdown(change->email, -1);
    change->email = low;
    if (!name_good(change->name)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a name has 1 to %u bytes of UTF-8 in one line",
                    PERSON_NAME);
    }
    if (!email_good(low)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "that is not an e-mail address");
    }
    if (!store_transact(store, add_body, change, error)) {
        return false;
    }
    *id = change->id;
    return true;
}

bool person_add(Store *store, const char *name, const char *email, Role role, int64_t by,
                int64_t now, int64_t *id, GError **error)
{
    Change change = {.by = by, .now = now, .name = name, .email = email, .role = role};
    return add(store, &change, id, error);
}

bool person_add_demo(Store *store, const char *name, const char *email, Role role, int64_t now,
                     int64_t *id, GError **error)
{
    Change change = {.now = now, .name = name, .email = email, .role = role, .demo = true};
    return add(store, &change, id, error);
}

bool person_any_administrator(Store *store, bool *any, GError **error)
{
    return store_rows_any(staff_any_administrator(store, error), any, error);
}

static bool password_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    g_autoptr(Person) person = person_read(store, change->id, error);
    if (person == NULL) {
        return false;
    }
    if (person->state == PERSON_DISABLED) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "%s is disabled", person->email);
    }
    return staff_person_password(store, change->id, change->password, error) &&
           staff_session_end_of(store, change->id, error) &&
           link_end_of(store, change->id, error) && api_token_end_of(store, change->id, error) &&
           reading_end_of(store, change->id, change->now, error) &&
           audit_add(store, change->by, "staff.password", person->email, "", change->now, error);
}

bool person_set_password(Store *store, int64_t id, const char *password, int64_t by, int64_t now,
                         GError **error)
{
    g_autofree char *hash = password_hash(password, error);
    return hash != NULL && person_set_hash(store, id, hash, by, now, error);
}

bool person_set_hash(Store *store, int64_t id, const char *hash, int64_t by, int64_t now,
                     GError **error)
{
    Change change = {.id = id, .by = by, .now = now, .password = hash};
    return store_transact(store, password_body, &change, error);
}

/* False with CONFLICT if nobody else could administer the office. The role's own row is written
 * first and the others counted after, so that two who remove each other meet in the database. */
static bool somebody_left(Store *store, const Person *person, GError **error)
{
    if (person->role != ROLE_ADMINISTRATOR || person->state != PERSON_ACTIVE) {
        return true;
    }
    g_autoptr(StoreRows) rows = staff_administrators(store, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return false;
    }
    return store_number(rows, 0) > 0 ||
           fail(error, KOLOKOL_ERROR_CONFLICT, "%s is the last administrator; make another first",
                person->email);
}

/* Nobody works in a role that needs a second factor with a session that may have been opened
 * without one: also who has it on by now may have had it off when some other browser signed in. */
static bool end_before_second(Store *store, const Person *person, Role role, GError **error)
{
    return person->demo || !role_needs_second(role) ||
           staff_session_end_of(store, person->id, error);
}

static bool role_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    g_autoptr(Person) person = person_read(store, change->id, error);
    if (person == NULL) {
        return false;
    }
    return person->role == change->role ||
           (staff_person_role(store, change->id, role_name(change->role), error) &&
            somebody_left(store, person, error) &&
            end_before_second(store, person, change->role, error) &&
            api_token_narrow(store, change->id, change->role, error) &&
            (role_may(change->role, PERMISSION_PUBLISH) ||
             reading_end_of(store, change->id, change->now, error)) &&
            audit_add(store, change->by, "staff.role", person->email, role_name(change->role),
                      change->now, error));
}

bool person_set_role(Store *store, int64_t id, Role role, int64_t by, int64_t now, GError **error)
{
    Change change = {.id = id, .by = by, .now = now, .role = role};
    return store_transact(store, role_body, &change, error);
}

static bool disable_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    g_autoptr(Person) person = person_read(store, change->id, error);
    if (person == NULL) {
        return false;
    }
    return person->state == PERSON_DISABLED ||
           (staff_person_disable(store, change->id, error) && somebody_left(store, person, error) &&
            staff_session_end_of(store, change->id, error) &&
            link_end_of(store, change->id, error) && api_token_end_of(store, change->id, error) &&
            reading_end_of(store, change->id, change->now, error) &&
            audit_add(store, change->by, "staff.disable", person->email, "", change->now, error));
}

bool person_disable(Store *store, int64_t id, int64_t by, int64_t now, GError **error)
{
    Change change = {.id = id, .by = by, .now = now};
    return store_transact(store, disable_body, &change, error);
}

static bool return_body(Store *store, void *data, GError **error)
{
    const Change *change = data;
    g_autoptr(Person) person = person_read(store, change->id, error);
    if (person == NULL) {
        return false;
    }
    if (person->state != PERSON_DISABLED) {
        return fail(error, KOLOKOL_ERROR_CONFLICT, "%s is not disabled", person->email);
    }
    return staff_person_return(store, change->id, error) &&
           staff_second_delete(store, change->id, error) &&
           staff_recovery_clear(store, change->id, error) &&
           audit_add(store, change->by, "staff.return", person->email, "", change->now, error);
}

bool person_return(Store *store, int64_t id, int64_t by, int64_t now, GError **error)
{
    Change change = {.id = id, .by = by, .now = now};
    return store_transact(store, return_body, &change, error);
}

/* ---- Signing in ----------------------------------------------------------------------------- */

Person *person_sign_in(Store *store, const char *email, const char *password, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Person) person = person_by_email(store, email, &reason);
    if (person == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND) &&
        !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_INVALID)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return NULL;
    }
    bool good = password_check(person == NULL ? "" : person->password, password);
    if (!good || person->state != PERSON_ACTIVE) {
        fail(error, KOLOKOL_ERROR_DENIED, "address or password is wrong");
        return NULL;
    }
    return g_steal_pointer(&person);
}
