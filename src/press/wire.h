/*
 * What a rendering process and its parent say to each other over a socket pair: one order down, the
 * names to render; frames up, each a head and its bytes. Numbers are in the machine's own order:
 * both ends are this program. Sending and receiving ask the socket until all is through; false is
 * that the other end has gone.
 */
#pragma once

#include "press/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WIRE_MAX (8u * 1024 * 1024) /* bytes of an order or of a frame; far above any */

/* What a rendering process says. */
typedef enum {
    WIRE_RECORD, /* a page */
    WIRE_FAILED, /* a message that stops the run; the process ends */
    WIRE_DONE,   /* the order is done */
    WIRE_SANDBOX /* how it is confined */
} WireKind;

typedef struct {
    uint32_t length, kind;
} WireHead;

/* What it is told: this, and the names, each with its byte 0. */
typedef struct {
    int64_t as_of;
    uint32_t gzip, length;
} WireOrder;

/* Head and bytes by one call where the socket has room. */
bool wire_send(int to, const void *head, size_t head_length, const void *bytes, size_t length);

bool wire_send_frame(int to, WireKind kind, const void *bytes, size_t length);

/* False also when the order is longer than WIRE_MAX. The names are appended, owned by the array. */
bool wire_receive_order(int from, WireOrder *order, GPtrArray *names);

/* The first whole frame of some bytes: 1 and *head, *frame (within them), 0 if there is none yet,
 * -1 if it is longer than WIRE_MAX. */
int wire_next(const uint8_t *bytes, size_t length, WireHead *head, const uint8_t **frame);
