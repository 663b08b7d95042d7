/*
 * Money: whole minor units of a currency, never a fraction (research: revenue E9). How many minor
 * units one unit has is a table (EUR 100, JPY 1, KWD 1000); a currency outside it is refused, so
 * that nobody is charged a hundredfold.
 *
 * Written form for people is ICU's in the language given ("€2.50", "2,50 €"), for files, forms and
 * JSON plain ("2.50").
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define MONEY_CURRENCY 4u                   /* bytes with the NUL: "EUR" */
#define MONEY_MOST     INT64_C(10000000000) /* minor units of one payment */

typedef struct {
    int64_t minor; /* may be negative: a refund */
    char currency[MONEY_CURRENCY];
} Money;

/* The code of a currency that we know, from any case. INVALID names it. */
bool money_currency(const char *text, char currency[MONEY_CURRENCY], GError **error);

/* Digits after the point: 0 to 3. The code must be a known one. */
unsigned money_exponent(const char *currency);

/* What a person typed: digits of any script, a point or comma before at most as many digits as the
 * currency has; no separators of thousands. Up to MONEY_MOST. INVALID, LIMIT. */
bool money_parse(const char *text, const char *currency, int64_t *minor, GError **error);

/* "2.50", "-2.50", "300". Caller frees. */
char *money_plain(int64_t minor, const char *currency);

/* "€2.50", and "€2" for whole units. Caller frees. */
char *money_text(const char *language, int64_t minor, const char *currency);
