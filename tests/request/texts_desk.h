/* What the tests of settings, campaigns, newsletters, pages and theme share: an office over a fresh
 * store, somebody signed in by role, and requests that say what they expect. */
#pragma once

#include "office_browser.h"

/* Of `options` only what differs from an office without anything: machine, mailroom … */
Office *desk_office(Store *store, OfficeOptions options);

/* Signs a new person in, all the way. */
void desk_sign_in(Store *store, Browser *browser, const char *name, Role role);

/* Posts names and values, "a", "1", …, NULL, with the token of the last form. */
HttpReply *desk_post(Browser *browser, const char *path, ...) G_GNUC_NULL_TERMINATED;

/* Take the reply. */
void leads_to(HttpReply *taken, const char *path);
void says(HttpReply *taken, unsigned status, const char *text);
void says_not(HttpReply *taken, const char *text);

/* The audit log's newest row is this action on this subject. */
void desk_audited(Store *store, const char *action, const char *subject);

/* Sets a setting. */
void desk_set(Store *store, const char *name, const char *value);
