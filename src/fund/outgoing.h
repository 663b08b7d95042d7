/*
 * Mail that fund asks for. Mail itself is a department of its own; it is asked by the name of its
 * job, "mail.send", whose payload is {"kind", "to", "language", "values"}. And the addresses of our
 * own forms that stand in mail and on pages.
 */
#pragma once

#include "store/store.h"
#include "text/json.h"

/* Enqueues a mail of that kind; `key` names what it is about, so that it is sent once. Takes the
 * values. */
bool outgoing_send(Store *store, const char *kind, const char *key, const char *to,
                   const char *language, json_t *values, GError **error);

/* "https://forms.example/ru/" + path: the first address of the forms. Caller frees. */
char *outgoing_form(Store *store, const char *language, const char *path, GError **error);

/* An address of the newspaper. Caller frees. */
char *outgoing_page(Store *store, const char *path, GError **error);
