/*
 * The forms' door as a handler of requests (net/server.h): what comes in over HTTP and goes out as
 * pages. No socket, no process: process.h has those; a test asks door_answer() with a record.
 *
 *   GET  /                    what this is, and the way to the paper
 *   GET  /NAME, /NAME/TOKEN   a form or a button (FormShow)
 *   POST /NAME, /NAME/TOKEN   a form: 303 to /t/TICKET
 *   GET  /t/TICKET            the answer; waits up to DOOR_WAIT for it, then shows itself again
 *                             every second, DOOR_ROUNDS times, then offers to mail its address
 *   GET  /robots.txt
 *
 * each also with the language before it (/en/NAME). GET and HEAD write nothing. Every answer has
 * the headers of web/page.h. Nothing is logged.
 */
#pragma once

#include "forms/form.h"
#include "forms/site.h"
#include "net/server.h"
#include "seal/box.h"
#include "theme/theme.h"

#define DOOR_WAIT    INT64_C(800000) /* µs */
#define DOOR_ROUNDS  10
#define DOOR_WAITING 64u /* requests that wait at the same time; others show themselves again */

typedef struct {
    Store *intake; /* borrowed, as all here, until door_free() */
    BoxPublicKey key;
    const FormKind *const *kinds;
    Theme *theme;
    const DoorSite *site;        /* until the first note of the worker */
    const char *trusted_proxies; /* net/address.h */
    bool https;                  /* the public address is https */
    void (*wake)(void *data);    /* a form was written: tells the worker. May be NULL */
    void *data;
} DoorOptions;

typedef struct Door Door;

/* INVALID for wrong trusted_proxies. */
Door *door_new(const DoorOptions *options, GError **error);
void door_free(Door *door);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Door, door_free)

/* For HttpHandler; data is the Door. */
HttpReply *door_answer(const HttpRequest *request, void *data);
size_t door_body_limit(const HttpRequest *request, void *data);

/* Reads the worker's note again: some seconds between two calls. */
void door_refresh(Door *door);
