/* Amounts of money: money.h. Which amounts are asked for is amounts.c. */
#include "fund/money.h"

#include "base/error.h"
#include "theme/strings.h"

#include <string.h>
#include <unicode/unum.h>

/* ISO 4217. The exponents are those that payment providers use. */
static const struct {
    char code[MONEY_CURRENCY];
    unsigned exponent;
} currencies[] = {
    {"AED", 2}, {"AMD", 2}, {"AUD", 2}, {"AZN", 2}, {"BHD", 3}, {"BRL", 2}, {"BYN", 2}, {"CAD", 2},
    {"CHF", 2}, {"CLP", 0}, {"COP", 2}, {"CZK", 2}, {"DKK", 2}, {"EUR", 2}, {"GBP", 2}, {"GEL", 2},
    {"HKD", 2}, {"HUF", 2}, {"IDR", 2}, {"ILS", 2}, {"INR", 2}, {"ISK", 2}, {"JOD", 3}, {"JPY", 0},
    {"KGS", 2}, {"KRW", 0}, {"KWD", 3}, {"KZT", 2}, {"MDL", 2}, {"MXN", 2}, {"MYR", 2}, {"NOK", 2},
    {"NZD", 2}, {"OMR", 3}, {"PHP", 2}, {"PLN", 2}, {"PYG", 0}, {"QAR", 2}, {"RON", 2}, {"RSD", 2},
    {"RUB", 2}, {"SEK", 2}, {"SGD", 2}, {"THB", 2}, {"TND", 3}, {"TRY", 2}, {"TWD", 2}, {"UAH", 2},
    {"UGX", 0}, {"USD", 2}, {"UZS", 2}, {"VND", 0}, {"XAF", 0}, {"XOF", 0}, {"ZAR", 2},
};

static int find(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(currencies); i++) {
        if (g_ascii_strcasecmp(currencies[i].code, code) == 0) {
            return (int)i;
        }
    }
    return -1;
}

bool money_currency(const char *text, char currency[MONEY_CURRENCY], GError **error)
{
    int at = find(text);
    if (at < 0) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "\"%.20s\" is not a currency that is known here; write a code like EUR", text);
    }
    memcpy(currency, currencies[at].code, MONEY_CURRENCY);
    return true;
}

unsigned money_exponent(const char *currency)
{
    int at = find(currency);
    g_assert(at >= 0);
    return currencies[at].exponent;
}

static bool not_an_amount(const char *text, const char *currency, GError **error)
{
    g_autofree char *shown = g_utf8_make_valid(text, (gssize)strnlen(text, 20));
    unsigned exponent = money_exponent(currency);
    return fail(error, KOLOKOL_ERROR_INVALID, "\"%s\" is not an amount of %s; write it like %s",
                shown, currency,
                exponent == 0   ? "300"
                : exponent == 2 ? "2.50"
                                : "2.500");
}

bool money_parse(const char *text, const char *currency, int64_t *minor, GError **error)
{
    unsigned exponent = money_exponent(currency), digits = 0, after = 0;
    bool point = false;
    int64_t number = 0;
    if (!g_utf8_validate(text, -1, NULL)) {
        return not_an_amount("", currency, error);
    }
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        if (!point && digits > 0 && (letter == '.' || letter == ',' || letter == 0x066b)) {
            point = true;
            continue;
        }
        int digit = g_unichar_digit_value(letter);
        if (digit < 0 || (point && after == exponent)) {
            return not_an_amount(text, currency, error);
        }
        number = number > MONEY_MOST ? number : number * 10 + digit;
        digits++;
        after += point ? 1 : 0;
    }
    if (digits == 0 || (point && after == 0)) {
        return not_an_amount(text, currency, error);
    }
    for (; after < exponent && number <= MONEY_MOST; after++) {
        number *= 10;
    }
    if (number > MONEY_MOST) {
        return fail(error, KOLOKOL_ERROR_LIMIT, "%.20s %s is more than can be given at once", text,
                    currency);
    }
    *minor = number;
    return true;
}

static int64_t scale_of(const char *currency)
{
    int64_t scale = 1;
    for (unsigned i = money_exponent(currency); i > 0; i--) {
        scale *= 10;
    }
    return scale;
}

char *money_plain(int64_t minor, const char *currency)
{
    int64_t scale = scale_of(currency), size = minor < 0 ? -minor : minor;
    const char *sign = minor < 0 ? "-" : "";
    if (scale == 1) {
        return g_strdup_printf("%s%" G_GINT64_FORMAT, sign, size);
    }
    return g_strdup_printf("%s%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, sign, size / scale,
                           (int)money_exponent(currency), size % scale);
}

/* NULL if ICU does not know how. */
static char *format(const char *language, const char *plain, const char *currency, bool whole)
{
    char locale[LANGUAGE_LOCALE];
    UChar code[MONEY_CURRENCY], text[128];
    UErrorCode status = U_ZERO_ERROR;
    language_locale(language, locale);
    UNumberFormat *numbers = unum_open(UNUM_CURRENCY, NULL, 0, locale, NULL, &status);
    for (size_t i = 0; i < MONEY_CURRENCY; i++) {
        code[i] = (UChar)currency[i];
    }
    unum_setTextAttribute(numbers, UNUM_CURRENCY_CODE, code, MONEY_CURRENCY - 1, &status);
    if (U_SUCCESS(status)) {
        int32_t places = whole ? 0 : (int32_t)money_exponent(currency);
        unum_setAttribute(numbers, UNUM_MIN_FRACTION_DIGITS, places);
        unum_setAttribute(numbers, UNUM_MAX_FRACTION_DIGITS, places);
    }
    int32_t length =
        unum_formatDecimal(numbers, plain, -1, text, G_N_ELEMENTS(text), NULL, &status);
    char *out = U_SUCCESS(status)
                    ? g_utf16_to_utf8((const gunichar2 *)text, length, NULL, NULL, NULL)
                    : NULL;
    if (numbers != NULL) {
        unum_close(numbers);
    }
    return out;
}

char *money_text(const char *language, int64_t minor, const char *currency)
{
    g_autofree char *plain = money_plain(minor, currency);
    char *text = format(language, plain, currency, minor % scale_of(currency) == 0);
    return text != NULL ? text : g_strdup_printf("%s %s", plain, currency);
}
