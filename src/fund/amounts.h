/*
 * Which amounts a campaign asks for: a table of frequency and currency, read from the campaign's
 * `amounts:` and `minimum:` (docs/fund.md has the format). The form on pages, the letter's
 * {{minimum_monthly}} and the check of what was posted read this one table.
 *
 *     amounts: "EUR once 10 25* 50; monthly 2 5* 10; annual 24 60*; USD once 15 30"
 *     minimum: "2.00; JPY 300"
 *
 * Groups are separated by ';' or line ends; a group is [CURRENCY] FREQUENCY AMOUNT…, the currency
 * holding until another is named. The first currency is the main one. '*' marks the amount chosen
 * beforehand, else the second is, or the only one. A frequency without a group is not offered in
 * that currency. Empty `amounts:` are AMOUNTS_USUAL.
 *
 * The minimum is the least payment, whatever the frequency; it stands for the main currency and all
 * others that have no entry of their own. The most is AMOUNTS_TIMES minimums.
 */
#pragma once

#include "fund/money.h"

#define AMOUNTS_USUAL      "EUR once 10 25 50 100; monthly 2 5 10 20; annual 24 60 120"
#define AMOUNTS_CURRENCIES 8u
#define AMOUNTS_EACH       6u /* suggestions of one frequency */
#define AMOUNTS_TIMES      5000

typedef enum { FREQUENCY_ONCE, FREQUENCY_MONTHLY, FREQUENCY_ANNUAL, FREQUENCIES } Frequency;

/* "once", "monthly", "annual": in forms, files and the database. */
const char *frequency_name(Frequency frequency);
bool frequency_parse(const char *name, Frequency *frequency);

typedef struct {
    int64_t values[AMOUNTS_EACH]; /* minor units, growing */
    unsigned count, chosen;       /* chosen: an index */
} AmountsRow;

typedef struct {
    char currency[MONEY_CURRENCY];
    int64_t minimum, most;
    AmountsRow rows[FREQUENCIES];
} AmountsCurrency;

typedef struct {
    AmountsCurrency currencies[AMOUNTS_CURRENCIES];
    unsigned count; /* at least 1 */
} Amounts;

/* INVALID and LIMIT name the key, the group and what is wrong with it. */
bool amounts_parse(const char *amounts, const char *minimum, Amounts *table, GError **error);

/* NULL if it is not offered. */
const AmountsCurrency *amounts_find(const Amounts *table, const char *currency);

typedef enum { AMOUNT_GOOD, AMOUNT_LOW, AMOUNT_HIGH, AMOUNT_NOT_OFFERED } AmountVerdict;

/* Whether that much may be given that often. */
AmountVerdict amounts_judge(const AmountsCurrency *currency, Frequency frequency, int64_t minor);
