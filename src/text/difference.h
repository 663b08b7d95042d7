/*
 * Where two rows of numbers differ (Myers, "An O(ND) difference algorithm and its variations",
 * 1986): the fewest pieces taken out and put in, up to DIFFERENCE_STEPS of them. Rows that differ
 * more are given as one span, from the first difference to the last; that is right too, only less
 * fine, and keeps time and memory small for any bytes from outside.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

#define DIFFERENCE_STEPS 2000u

/* a[a_at … +a_count) became b[b_at … +b_count); not both empty. */
typedef struct {
    unsigned a_at, a_count, b_at, b_count;
} DifferenceSpan;

/* In order, with at least one equal piece between two. Elements DifferenceSpan. */
GArray *difference_spans(const uint32_t *a, unsigned a_count, const uint32_t *b, unsigned b_count);
