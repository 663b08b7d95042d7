/* The floor of a story, and what can be given back of words below it: floor.h. */
#include "desk/floor.h"

#include "base/error.h"
#include "desk/erasure.h"
#include "desk_sql.h"
#include "text/difference_rows.h"
#include "text/replace.h"
#include "theme/strings.h"

#include <inttypes.h>
#include <string.h>

#define ORDERS_MOST 100u
#define NAME_LEAST  3u /* bytes, as in withhold.h */

bool floor_read(Store *store, int64_t story, int64_t *floor, GError **error)
{
    g_autoptr(StoreRows) rows = desk_floor_read(store, story, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    *floor = step == STORE_ROW ? store_number(rows, 0) : 0;
    return step != STORE_FAILED;
}

bool floor_check(Store *store, int64_t story, int64_t seen, GError **error)
{
    int64_t floor = 0;
    return floor_read(store, story, &floor, error) &&
           (seen >= floor || fail(error, KOLOKOL_ERROR_CONFLICT,
                                  "a name in story %" PRId64
                                  " has been withheld since this text was begun, so it is "
                                  "not kept: open the story anew and put in what you changed",
                                  story));
}

bool floor_moved(Store *store, int64_t story, int64_t seen)
{
    int64_t floor = 0;
    return floor_read(store, story, &floor, NULL) && seen < floor;
}

/* ---- Giving back ---------------------------------------------------------------------------- */

typedef struct {
    GPtrArray *phrases; /* char *: what stands for a withheld name */
    GPtrArray *names;   /* char * */
} Known;

static void known_clear(Known *known)
{
    g_clear_pointer(&known->phrases, g_ptr_array_unref);
    g_clear_pointer(&known->names, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Known, known_clear)

static bool known_read(Store *store, const char *language, Known *known, GError **error)
{
    g_autoptr(GPtrArray) orders = erasure_list(store, ORDERS_MOST, error);
    known->phrases = g_ptr_array_new_with_free_func(g_free);
    known->names = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(known->phrases, g_strdup(strings_get(language, "withheld")));
    for (guint i = 0; orders != NULL && i < orders->len; i++) {
        const Erasure *order = orders->pdata[i];
        if (strcmp(order->kind, ERASURE_WITHHOLD) != 0) {
            continue;
        }
        GPtrArray *words = erasure_words(store, order->id, ERASURE_NAME, error);
        if (words == NULL) {
            return false;
        }
        g_ptr_array_extend_and_steal(known->names, words);
        if (*order->instead != '\0') {
            g_ptr_array_add(known->phrases, g_strdup(order->instead));
        }
    }
    return orders != NULL;
}

static bool in_a_word(const char *at)
{
    gunichar letter = g_utf8_get_char(at);
    return g_unichar_isalnum(letter) || g_unichar_ismark(letter);
}

/* Without what is no letter or digit at either end. Caller frees. */
static char *bare(const char *text)
{
    const char *end = text + strlen(text);
    while (*text != '\0' && !in_a_word(text)) {
        text = g_utf8_next_char(text);
    }
    while (end > text && !in_a_word(g_utf8_prev_char(end))) {
        end = g_utf8_prev_char(end);
    }
    return g_strndup(text, (gsize)(end - text));
}

static bool is_phrase(const Known *known, const char *text)
{
    g_autofree char *words = bare(text);
    if (*words == '\0') { /* an order's words may be signs only, which say nothing of a name */
        return false;
    }
    for (guint i = 0; i < known->phrases->len; i++) {
        g_autofree char *phrase = bare(known->phrases->pdata[i]);
        if (strcmp(words, phrase) == 0) {
            return true;
        }
    }
    return false;
}

/* Two parts side by side: the one says that a name is withheld, so the other is the name. */
static void learn(Known *known, const DifferencePart *one, const DifferencePart *two)
{
    const DifferencePart *less = one->kind == DIFFERENCE_LESS ? one : two;
    const DifferencePart *more = one->kind == DIFFERENCE_LESS ? two : one;
    if (less->kind == DIFFERENCE_LESS && more->kind == DIFFERENCE_MORE &&
        is_phrase(known, less->text)) {
        g_autofree char *name = bare(more->text);
        if (strlen(name) >= NAME_LEAST) {
            g_ptr_array_add(known->names, g_steal_pointer(&name));
        }
    }
}

char *floor_mend(Store *store, const char *language, const char *text, const char *clean,
                 GError **error)
{
    g_auto(Known) known = {0};
    if (!known_read(store, language, &known, error)) {
        return NULL;
    }
    g_autoptr(GPtrArray) rows = difference_rows(clean, text, 0);
    for (guint i = 0; i < rows->len; i++) {
        const DifferenceRow *row = rows->pdata[i];
        for (guint j = 1; j < row->parts->len; j++) {
            learn(&known, row->parts->pdata[j - 1], row->parts->pdata[j]);
        }
    }
    char *mended =
        known.names->len == 0
            ? NULL
            : text_replace_words(text, known.names, strings_get(language, "withheld"), NULL);
    return mended != NULL ? mended : g_strdup(text);
}
