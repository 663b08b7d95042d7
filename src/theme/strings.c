/*
 * Looks texts up in the generated tables and asks ICU for plurals, lists, numbers and names of
 * languages. Dates are in dates.c; the tables come from tools/pogen.
 */
#include "theme/strings.h"

#include "theme/strings_table.h"

#include <string.h>
#include <unicode/uldnames.h>
#include <unicode/ulistformatter.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#define LANGUAGE_CACHE 64u  /* languages whose ICU objects are kept */
#define ICU_TEXT       512  /* UTF-16 units of a number or a name */
#define LIST_TEXT      4096 /* UTF-16 units of a joined list */

typedef struct {
    UPluralRules *plurals;
    UNumberFormat *numbers;
    UListFormatter *lists;
} Speech;

/* ICU's objects per language: opening them costs some hundred times a use. */
static GMutex speech_lock;
static GHashTable *speeches;

static const StringsTable *table_of(const char *language)
{
    size_t length = strcspn(language, "-_");

    for (size_t i = 0; i < strings_table_count; i++) {
        const char *name = strings_tables[i].language;
        if (strlen(name) == length && g_ascii_strncasecmp(name, language, length) == 0) {
            return &strings_tables[i];
        }
    }
    return NULL;
}

static const StringsRow *row_of(const StringsTable *table, const char *id)
{
    size_t low = 0;
    size_t high = table == NULL ? 0 : table->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(table->rows[middle].id, id);
        if (order == 0) {
            return &table->rows[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* The row and the table it is in, English's if the language has none. */
static const StringsRow *find_row(const char *language, const char *id, const StringsTable **table)
{
    *table = table_of(language);
    const StringsRow *row = row_of(*table, id);
    if (row == NULL) {
        *table = table_of("en");
        row = row_of(*table, id);
    }
    return row;
}

const char *strings_get(const char *language, const char *id)
{
    const StringsTable *table;
    const StringsRow *row = find_row(language, id, &table);
    return row == NULL ? id : row->forms[0];
}

const char *strings_own(const char *language, const char *id)
{
    const StringsRow *row = row_of(table_of(language), id);
    return row == NULL ? NULL : row->forms[0];
}

static void speech_free(gpointer data)
{
    Speech *speech = data;
    if (speech->plurals != NULL) {
        uplrules_close(speech->plurals);
    }
    if (speech->numbers != NULL) {
        unum_close(speech->numbers);
    }
    if (speech->lists != NULL) {
        ulistfmt_close(speech->lists);
    }
    g_free(speech);
}

/* Called with the lock held. Members that ICU cannot open stay NULL; users fall back. */
static const Speech *speech_of(const char *language)
{
    if (speeches == NULL) {
        speeches = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, speech_free);
    }
    Speech *speech = g_hash_table_lookup(speeches, language);
    if (speech != NULL) {
        return speech;
    }
    if (g_hash_table_size(speeches) >= LANGUAGE_CACHE) {
        g_hash_table_remove_all(speeches);
    }

    char locale[LANGUAGE_LOCALE];
    UErrorCode status = U_ZERO_ERROR;
    language_locale(language, locale);
    speech = g_new0(Speech, 1);
    speech->plurals = uplrules_open(locale, &status);
    speech->numbers = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &status);
    speech->lists = ulistfmt_open(locale, &status);
    g_hash_table_insert(speeches, g_strdup(language), speech);
    return speech;
}

static char *to_utf8(const UChar *text, int32_t length)
{
    return g_utf16_to_utf8((const gunichar2 *)text, length, NULL, NULL, NULL);
}

static char *number_of(const Speech *speech, int64_t number)
{
    UChar text[ICU_TEXT];
    UErrorCode status = U_ZERO_ERROR;
    char *result = NULL;

    if (speech->numbers != NULL) {
        int32_t length = unum_formatInt64(speech->numbers, number, text, ICU_TEXT, NULL, &status);
        if (U_SUCCESS(status)) {
            result = to_utf8(text, length);
        }
    }
    return result != NULL ? result : g_strdup_printf("%" G_GINT64_FORMAT, number);
}

/* The form of the row for the number: the one whose category CLDR names, else the last. */
static const char *form_of(const Speech *speech, const StringsTable *table, const StringsRow *row,
                           int64_t number)
{
    UChar keyword[ICU_TEXT];
    UErrorCode status = U_ZERO_ERROR;
    g_autofree char *name = NULL;
    const char *form = row->forms[0];

    if (speech->plurals != NULL) {
        int32_t length =
            uplrules_select(speech->plurals, (double)number, keyword, ICU_TEXT, &status);
        if (U_SUCCESS(status)) {
            name = to_utf8(keyword, length);
        }
    }
    for (int i = 0; i < STRINGS_FORMS && row->forms[i] != NULL; i++) {
        form = row->forms[i];
        if (name != NULL && g_strcmp0(table->categories[i], name) == 0) {
            return form;
        }
    }
    return form;
}

/* Appends `text` with each {name} of the pairs replaced. */
static void append_filled(GString *out, const char *text, const char *const *pairs)
{
    while (*text != '\0') {
        const char *open = strchrnul(text, '{');
        g_string_append_len(out, text, open - text);
        const char *close = *open == '\0' ? NULL : strchr(open, '}');
        if (close == NULL) {
            g_string_append(out, open);
            return;
        }
        size_t length = (size_t)(close - open) - 1;
        const char *value = NULL;
        for (size_t i = 0; pairs[i] != NULL && value == NULL; i += 2) {
            if (strlen(pairs[i]) == length && memcmp(pairs[i], open + 1, length) == 0) {
                value = pairs[i + 1];
            }
        }
        if (value != NULL) {
            g_string_append(out, value);
        } else {
            g_string_append_len(out, open, close + 1 - open);
        }
        text = close + 1;
    }
}

char *strings_plural(const char *language, const char *id, int64_t number)
{
    const StringsTable *table;
    const StringsRow *row = find_row(language, id, &table);
    if (row == NULL) {
        return g_strdup(id);
    }

    g_mutex_lock(&speech_lock);
    g_autofree char *digits = number_of(speech_of(language), number);
    const char *form = form_of(speech_of(table->language), table, row, number);
    g_mutex_unlock(&speech_lock);

    GString *out = g_string_new(NULL);
    append_filled(out, form, (const char *const[]){"n", digits, NULL});
    return g_string_free(out, FALSE);
}

char *strings_fill(const char *language, const char *id, ...)
{
    g_autoptr(GPtrArray) pairs = g_ptr_array_new();
    va_list arguments;

    va_start(arguments, id);
    for (const char *name; (name = va_arg(arguments, const char *)) != NULL;) {
        const char *value = va_arg(arguments, const char *);
        g_ptr_array_add(pairs, (gpointer)(uintptr_t)name);
        g_ptr_array_add(pairs, (gpointer)(uintptr_t)(value == NULL ? "" : value));
    }
    va_end(arguments);
    g_ptr_array_add(pairs, NULL);

    GString *out = g_string_new(NULL);
    append_filled(out, strings_get(language, id), (const char *const *)pairs->pdata);
    return g_string_free(out, FALSE);
}

char *strings_join(const char *language, const char *const *items, size_t count)
{
    g_autofree const UChar **texts = g_new0(const UChar *, count + 1);
    g_autofree int32_t *lengths = g_new0(int32_t, count + 1);
    UErrorCode status = U_ZERO_ERROR;
    char *result = NULL;

    for (size_t i = 0; i < count; i++) {
        glong length = 0;
        texts[i] = (const UChar *)g_utf8_to_utf16(items[i], -1, NULL, &length, NULL);
        lengths[i] = (int32_t)length;
        if (texts[i] == NULL) {
            status = U_ILLEGAL_ARGUMENT_ERROR;
        }
    }
    g_mutex_lock(&speech_lock);
    const Speech *speech = speech_of(language);
    if (count > 0 && speech->lists != NULL && U_SUCCESS(status)) {
        g_autofree UChar *text = g_new(UChar, LIST_TEXT);
        int32_t length = ulistfmt_format(speech->lists, texts, lengths, (int32_t)count, text,
                                         LIST_TEXT, &status);
        if (U_SUCCESS(status)) {
            result = to_utf8(text, length);
        }
    }
    g_mutex_unlock(&speech_lock);
    for (size_t i = 0; i < count; i++) {
        g_free((gpointer)(uintptr_t)texts[i]);
    }
    if (result != NULL) {
        return result;
    }

    GString *plain = g_string_new(NULL); /* bytes that are no UTF-8, or a list past LIST_TEXT */
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(plain, "%s%s", i == 0 ? "" : ", ", items[i]);
    }
    return g_string_free(plain, FALSE);
}

char *strings_number(const char *language, int64_t number)
{
    g_mutex_lock(&speech_lock);
    char *text = number_of(speech_of(language), number);
    g_mutex_unlock(&speech_lock);
    return text;
}

char *strings_decimal(const char *language, double number)
{
    UChar text[ICU_TEXT];
    UErrorCode status = U_ZERO_ERROR;
    char *result = NULL;
    g_mutex_lock(&speech_lock);
    const Speech *speech = speech_of(language);
    if (speech->numbers != NULL) {
        unum_setAttribute(speech->numbers, UNUM_MAX_FRACTION_DIGITS, 1);
        int32_t length = unum_formatDouble(speech->numbers, number, text, ICU_TEXT, NULL, &status);
        result = U_SUCCESS(status) ? to_utf8(text, length) : NULL;
    }
    g_mutex_unlock(&speech_lock);
    return result != NULL ? result : g_strdup_printf("%.1f", number);
}

static void set_texts(Value *map, const StringsTable *table)
{
    for (size_t i = 0; table != NULL && i < table->count; i++) {
        /* An id with a blank is the sentence of an error (office/reason.h). */
        if (table->rows[i].forms[1] == NULL && !g_str_has_prefix(table->rows[i].id, "office_") &&
            strchr(table->rows[i].id, ' ') == NULL) {
            value_set_static(map, table->rows[i].id, table->rows[i].forms[0]);
        }
    }
}

Value *strings_value(ValueArena *arena, const char *language)
{
    const StringsTable *english = table_of("en");
    const StringsTable *table = table_of(language);
    Value *map = value_map(arena);

    set_texts(map, english);
    if (table != english) {
        set_texts(map, table);
    }
    return map;
}

static char *hash_tables(void)
{
    g_autoptr(GChecksum) hash = g_checksum_new(G_CHECKSUM_SHA256);

    for (size_t t = 0; t < strings_table_count; t++) {
        const StringsTable *table = &strings_tables[t];
        g_checksum_update(hash, (const guchar *)table->language, -1);
        for (size_t i = 0; i < table->count; i++) {
            g_checksum_update(hash, (const guchar *)table->rows[i].id, -1);
            for (int f = 0; f < STRINGS_FORMS && table->rows[i].forms[f] != NULL; f++) {
                g_checksum_update(hash, (const guchar *)table->rows[i].forms[f],
                                  (gssize)strlen(table->rows[i].forms[f]) + 1);
            }
        }
    }
    return g_strndup(g_checksum_get_string(hash), 32);
}

const char *strings_version(void)
{
    static gsize once;
    static char *version;

    if (g_once_init_enter(&once)) {
        version = hash_tables();
        g_once_init_leave(&once, 1);
    }
    return version;
}

const char *language_direction(const char *language)
{
    return uloc_isRightToLeft(language) ? "rtl" : "ltr";
}

char *language_name(const char *language)
{
    UChar text[ICU_TEXT];
    UErrorCode status = U_ZERO_ERROR;
    ULocaleDisplayNames *names = uldn_openForContext(
        language,
        (UDisplayContext[]){UDISPCTX_CAPITALIZATION_FOR_STANDALONE, UDISPCTX_STANDARD_NAMES}, 2,
        &status);
    char *result = NULL;

    if (U_SUCCESS(status)) {
        int32_t length = uldn_localeDisplayName(names, language, text, ICU_TEXT, &status);
        if (U_SUCCESS(status)) {
            result = to_utf8(text, length);
        }
        uldn_close(names);
    }
    return result != NULL ? result : g_strdup(language);
}

void language_locale(const char *language, char *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    uloc_forLanguageTag(language, locale, (int32_t)LANGUAGE_LOCALE, NULL, &status);
    uloc_setKeywordValue("numbers", "latn", locale, (int32_t)LANGUAGE_LOCALE, &status);
    if (U_FAILURE(status)) {
        locale[0] = '\0';
    }
}

bool language_known(const char *language)
{
    char locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;

    uloc_forLanguageTag(language, locale, sizeof(locale), &parsed, &status);
    if (U_FAILURE(status) || parsed == 0 || language[parsed] != '\0') {
        return false;
    }
    return uloc_getISO3Language(locale)[0] != '\0';
}

const char *strings_language(const char *tag, size_t length)
{
    size_t main = 0;
    while (main < length && g_ascii_isalpha(tag[main])) {
        main++;
    }
    for (size_t i = 0; i < strings_table_count; i++) {
        const char *language = strings_tables[i].language;
        if (strlen(language) == main && g_ascii_strncasecmp(language, tag, main) == 0) {
            return language;
        }
    }
    return NULL;
}
