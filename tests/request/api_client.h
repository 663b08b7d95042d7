/*
 * A caller of the API, without a socket: people with tokens, requests, and answers as JSON.
 */
#pragma once

#include "office/office.h"
#include "staff/api_token.h"
#include "text/json.h"

#define ALL_SCOPES 0x7ffeu

typedef struct {
    Office *office;
    char token[API_TOKEN];                      /* "" sends none */
    const char *if_match, *key, *cookie, *type; /* headers; NULL: not sent; type NULL: JSON */
    uint8_t address;                            /* the last byte of 10.0.0.x; 0: 1 */
    unsigned status;                            /* of the last answer, and: */
    json_t *json;                               /* NULL if it was none */
    char *etag, *location, *content_type;
    HttpReply *reply;
} Client;

void client_clear(Client *client);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Client, client_clear)

/* An office with the program's tables, over the store. */
Office *client_office(Store *store);
/* Of `options` only what differs: theme_dir, mailroom … */
Office *client_office_with(Store *store, OfficeOptions options);

/* A person of this role ("ROLE@bell.example"), and a token of theirs with the scopes that the role
 * may have of `scopes`. */
void client_person(Client *client, Store *store, Role role, unsigned scopes);

/* Sends, and checks what every answer must have; the status. */
unsigned client_get(Client *client, const char *target);
unsigned client_post(Client *client, const char *target, const char *body);
unsigned client_send(Client *client, const char *method, const char *target, const void *body,
                     size_t length);

/* Of the last answer: a text member, or NULL; a number, or -1. */
const char *client_text(const Client *client, const char *name);
int64_t client_number(const Client *client, const char *name);

/* The newest line of the audit log is this one. */
void client_audited(Store *store, const char *action, const char *detail);

/* Does the last answer's body have the text anywhere? */
bool client_says(const Client *client, const char *text);
