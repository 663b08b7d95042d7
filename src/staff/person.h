/*
 * A person of the staff: name, e-mail address (in lower case, the name for signing in), role,
 * state. Rows are never deleted, so that the audit log and revisions keep their meaning; who leaves
 * is disabled. The last active administrator can be neither disabled nor given another role.
 *
 * Each change writes its row of the audit log in the same transaction; `by` is who did it, 0 for
 * the command line. Errors: NOT_FOUND, INVALID, CONFLICT (the address is taken; the last
 * administrator), those of the store.
 */
#pragma once

#include "staff/permission.h"
#include "store/store.h"

#define PERSON_NAME     120u /* bytes */
#define PERSON_LANGUAGE 20u  /* bytes */
#define PERSON_EMAIL    254u /* bytes (RFC 5321 4.5.3.1) */

typedef enum { PERSON_INVITED, PERSON_ACTIVE, PERSON_DISABLED } PersonState;

typedef struct {
    int64_t id, created;
    char *email, *name;
    char *password; /* as seal/password.h stores it; "" for none */
    char *language; /* in which the office speaks to them; "": as the browser asks */
    Role role;
    PersonState state;
    bool demo;
} Person;

void person_free(Person *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Person, person_free)

const char *person_state_name(PersonState state);

/* Invited, without a password. *id gets the number. */
bool person_add(Store *store, const char *name, const char *email, Role role, int64_t by,
                int64_t now, int64_t *id, GError **error);

/* Of the demo newspaper: active, without a password; signs in by a printed link (link.h), on this
 * machine only, and needs no second factor. */
bool person_add_demo(Store *store, const char *name, const char *email, Role role, int64_t now,
                     int64_t *id, GError **error);

/* Is there an administrator, active or invited? */
bool person_any_administrator(Store *store, bool *any, GError **error);

Person *person_read(Store *store, int64_t id, GError **error);
Person *person_by_email(Store *store, const char *email, GError **error);

/* All, by address. Elements Person. */
GPtrArray *person_list(Store *store, GError **error);

/* Sets the password (seal/password.h) of somebody who is not disabled, makes the person active and
 * ends all sessions, links (those for readers outside, too) and tokens of the API. */
bool person_set_password(Store *store, int64_t id, const char *password, int64_t by, int64_t now,
                         GError **error);

/* The same with what password_hash() made, which is too slow for the inside of a transaction. */
bool person_set_hash(Store *store, int64_t id, const char *hash, int64_t by, int64_t now,
                     GError **error);

/* Takes from the person's tokens of the API what the new role may not (api_token.h), ends the
 * person's sessions if the new role needs a second factor, so that the next one gives it or sets it
 * up, and ends the links for readers outside if it may not publish (reading.h). */
bool person_set_role(Store *store, int64_t id, Role role, int64_t by, int64_t now, GError **error);

/* "" or a language tag; the caller knows which there are. One's own matter: not in the audit log.
 */
bool person_set_language(Store *store, int64_t id, const char *language, GError **error);

/* Ends all sessions, links (those for readers outside, too) and tokens of the API, and forgets the
 * password. */
bool person_disable(Store *store, int64_t id, int64_t by, int64_t now, GError **error);

/* Somebody who was disabled comes back: invited, without a password or a second factor. CONFLICT
 * for who is not disabled. */
bool person_return(Store *store, int64_t id, int64_t by, int64_t now, GError **error);

/* The active person whose address and password these are; DENIED otherwise, with the same words and
 * after the same work whether or not there is such an address. */
Person *person_sign_in(Store *store, const char *email, const char *password, GError **error);
