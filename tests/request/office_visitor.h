/*
 * Somebody of the staff at a browser without a socket (office_browser.h): an office with all its
 * pages, signing in all the way, posting fields, and what an answer must be. For tests of pages
 * that a department adds.
 */
#pragma once

#include "office_browser.h"
#include "staff/person.h"

#define VISITOR_WORD "correct horse battery"

/* At http://office.localhost:8082. */
Office *visitor_office(Store *store);
/* Of `options` only what differs. */
Office *visitor_office_with(Store *store, OfficeOptions options);

/* Adds NAME@bell.example of that role, signs in, with the second factor if the role has one, and
 * loads a page, for the token of its forms. */
int64_t visitor_sign_in(Store *store, Browser *browser, const char *name, Role role);

/* Posts "a", "b", …, NULL: names and values, with the token. */
HttpReply *visitor_post(Browser *browser, const char *path, ...) G_GNUC_NULL_TERMINATED;

/* Both take the reply. */
void visitor_says(HttpReply *taken, unsigned status, const char *text);
void visitor_leads(HttpReply *taken, const char *path);
