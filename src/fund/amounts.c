/* The table of amounts: amounts.h. */
#include "fund/amounts.h"

#include "base/error.h"

#include <string.h>

static const char *const frequency_names[FREQUENCIES] = {"once", "monthly", "annual"};

const char *frequency_name(Frequency frequency)
{
    return frequency_names[frequency];
}

bool frequency_parse(const char *name, Frequency *frequency)
{
    for (unsigned i = 0; i < FREQUENCIES; i++) {
        if (strcmp(name, frequency_names[i]) == 0) {
            *frequency = (Frequency)i;
            return true;
        }
    }
    return false;
}

/* The currency's place in the table, made if it is new. */
static AmountsCurrency *open_currency(Amounts *table, const char *code, GError **error)
{
    char currency[MONEY_CURRENCY];
    if (!money_currency(code, currency, error)) {
        return NULL;
    }
    for (unsigned i = 0; i < table->count; i++) {
        if (strcmp(table->currencies[i].currency, currency) == 0) {
            return &table->currencies[i];
        }
    }
    if (table->count == AMOUNTS_CURRENCIES) {
        fail(error, KOLOKOL_ERROR_LIMIT, "at most %u currencies", AMOUNTS_CURRENCIES);
        return NULL;
    }
    AmountsCurrency *made = &table->currencies[table->count++];
    memcpy(made->currency, currency, sizeof currency);
    return made;
}

static bool take_amount(const char *word, const AmountsCurrency *currency, AmountsRow *row,
                        bool *marked, GError **error)
{
    size_t length = strlen(word);
    bool star = length > 1 && word[length - 1] == '*';
    g_autofree char *digits = g_strndup(word, star ? length - 1 : length);
    int64_t minor = 0;
    if (!money_parse(digits, currency->currency, &minor, error)) {
        return false;
    }
    if (row->count == AMOUNTS_EACH) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "at most %u amounts", AMOUNTS_EACH);
    }
    if (row->count > 0 && minor <= row->values[row->count - 1]) {
        return fail(error, KOLOKOL_ERROR_INVALID, "amounts grow; %s does not", digits);
    }
    if (star && *marked) {
        return fail(error, KOLOKOL_ERROR_INVALID, "one amount has a '*', not two");
    }
    row->chosen = star ? row->count : row->chosen;
    *marked = *marked || star;
    row->values[row->count++] = minor;
    return true;
}

/* One group: [CURRENCY] FREQUENCY AMOUNT… */
static bool take_group(char **words, Amounts *table, AmountsCurrency **currency, GError **error)
{
    Frequency frequency;
    if (!frequency_parse(*words, &frequency)) {
        *currency = open_currency(table, *words, error);
        if (*currency == NULL) {
            return false;
        }
        words++;
    }
    if (*words == NULL || !frequency_parse(*words, &frequency)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "write once, monthly or annual before amounts");
    }
    if (*currency == NULL && (*currency = open_currency(table, "EUR", error)) == NULL) {
        return false;
    }
    AmountsRow *row = &(*currency)->rows[frequency];
    if (row->count > 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s stands there twice for %s", *words,
                    (*currency)->currency);
    }
    bool marked = false;
    for (words++; *words != NULL; words++) {
        if (!take_amount(*words, *currency, row, &marked, error)) {
            return false;
        }
    }
    row->chosen = marked ? row->chosen : (row->count > 1 ? 1 : 0);
    return row->count > 0 ||
           fail(error, KOLOKOL_ERROR_INVALID, "no amounts for %s", (*currency)->currency);
}

/* Splits at blanks, dropping empty words. */
static char **words_of(const char *text)
{
    g_auto(GStrv) all = g_strsplit_set(text, " \t\r", -1);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (char **word = all; *word != NULL; word++) {
        if (**word != '\0') {
            g_strv_builder_add(builder, *word);
        }
    }
    return g_strv_builder_end(builder);
}

static bool take_amounts(const char *text, Amounts *table, GError **error)
{
    g_auto(GStrv) groups = g_strsplit_set(text, ";\n", -1);
    AmountsCurrency *currency = NULL;
    for (char **group = groups; *group != NULL; group++) {
        g_auto(GStrv) words = words_of(*group);
        if (*words != NULL && !take_group(words, table, &currency, error)) {
            g_prefix_error(error, "`amounts:` \"%.60s\": ", g_strstrip(*group));
            return false;
        }
    }
    return table->count > 0 || take_amounts(AMOUNTS_USUAL, table, error);
}

static bool set_minimum(AmountsCurrency *currency, const char *text, GError **error)
{
    if (!money_parse(text, currency->currency, &currency->minimum, error)) {
        return false;
    }
    if (currency->minimum == 0) {
        return fail(error, KOLOKOL_ERROR_INVALID, "it must be more than nothing");
    }
    currency->most = MIN(currency->minimum * AMOUNTS_TIMES, MONEY_MOST);
    return true;
}

static bool take_minimum(const char *text, Amounts *table, GError **error)
{
    g_auto(GStrv) entries = g_strsplit_set(text, ";\n", -1);
    const char *general = NULL;
    for (char **entry = entries; *entry != NULL; entry++) {
        g_auto(GStrv) words = words_of(*entry);
        unsigned count = g_strv_length(words);
        AmountsCurrency *currency = NULL;
        for (unsigned i = 0; count == 2 && i < table->count; i++) {
            if (g_ascii_strcasecmp(table->currencies[i].currency, words[0]) == 0) {
                currency = &table->currencies[i];
            }
        }
        if (count == 1 && general == NULL) {
            general = g_strstrip(*entry);
        } else if (count != 0 && currency == NULL) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "\"%.40s\" is not an amount for a currency of `amounts:`; write it like "
                        "2.00 or 2.00; JPY 300",
                        g_strstrip(*entry));
        } else if (count != 0 && !set_minimum(currency, words[1], error)) {
            return false;
        }
    }
    for (unsigned i = 0; i < table->count; i++) {
        AmountsCurrency *currency = &table->currencies[i];
        if (currency->minimum == 0 &&
            !set_minimum(currency, general == NULL ? "2" : general, error)) {
            return false;
        }
    }
    return true;
}

/* A suggestion that would be refused is a mistake of the file. */
static bool check(const Amounts *table, GError **error)
{
    for (unsigned i = 0; i < table->count; i++) {
        const AmountsCurrency *currency = &table->currencies[i];
        for (unsigned f = 0; f < FREQUENCIES; f++) {
            const AmountsRow *row = &currency->rows[f];
            if (row->count > 0 && (row->values[0] < currency->minimum ||
                                   row->values[row->count - 1] > currency->most)) {
                g_autofree char *least = money_plain(currency->minimum, currency->currency);
                g_autofree char *most = money_plain(currency->most, currency->currency);
                return fail(error, KOLOKOL_ERROR_INVALID,
                            "`amounts:` %s %s: amounts must lie between %s (`minimum:`) and %s",
                            currency->currency, frequency_name((Frequency)f), least, most);
            }
        }
    }
    return true;
}

bool amounts_parse(const char *amounts, const char *minimum, Amounts *table, GError **error)
{
    Amounts made = {0};
    if (!take_amounts(amounts, &made, error)) {
        return false;
    }
    if (!take_minimum(minimum, &made, error)) {
        g_prefix_error(error, "`minimum:` ");
        return false;
    }
    if (!check(&made, error)) {
        return false;
    }
    *table = made;
    return true;
}

const AmountsCurrency *amounts_find(const Amounts *table, const char *currency)
{
    for (unsigned i = 0; i < table->count; i++) {
        if (strcmp(table->currencies[i].currency, currency) == 0) {
            return &table->currencies[i];
        }
    }
    return NULL;
}

AmountVerdict amounts_judge(const AmountsCurrency *currency, Frequency frequency, int64_t minor)
{
    if (currency->rows[frequency].count == 0) {
        return AMOUNT_NOT_OFFERED;
    }
    if (minor < currency->minimum) {
        return AMOUNT_LOW;
    }
    return minor > currency->most ? AMOUNT_HIGH : AMOUNT_GOOD;
}
