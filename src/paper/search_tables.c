/* State, files and the day file: search_tables.h. Statements are search.sql. */
#include "paper/search_tables.h"

#include "base/error.h"
#include "paper/search_build.h"
#include "paper_search_sql.h"
#include "press/press.h"

#include <inttypes.h>
#include <string.h>

#define NAMES 100u

void search_state_clear(SearchState *state)
{
    g_clear_pointer(&state->rules, g_byte_array_unref);
}

bool search_state_read(Store *store, const char *language, SearchState *state, GError **error)
{
    g_autoptr(StoreRows) rows = paper_search_state_read(store, language, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step == STORE_FAILED) {
        return false;
    }
    search_state_clear(state);
    *state = (SearchState){.known = step == STORE_ROW, .rules = g_byte_array_new()};
    g_strlcpy(state->language, language, sizeof state->language);
    if (!state->known) {
        search_put_number(state->rules, 0);
        return true;
    }
    int64_t *const numbers[] = {&state->archive,       &state->archive_files, &state->month,
                                &state->month_files,   &state->day,           &state->pending,
                                &state->first_archive, &state->first_month,   &state->first_day,
                                &state->next,          &state->stories,       &state->words};
    for (int i = 0; i < (int)G_N_ELEMENTS(numbers); i++) {
        *numbers[i] = store_number(rows, i);
    }
    size_t length = 0;
    const void *rules = store_bytes(rows, 12, &length);
    g_byte_array_append(state->rules, rules, (guint)length);
    state->folding = store_number(rows, 13);
    state->stems = store_number(rows, 14);
    return true;
}

bool search_state_write(Store *store, const SearchState *state, GError **error)
{
    return paper_search_state_put(store, state->language, state->archive, state->archive_files,
                                  state->month, state->month_files, state->day, state->pending,
                                  state->first_archive, state->first_month, state->first_day,
                                  state->next, state->stories, state->words, state->rules->data,
                                  state->rules->len, state->folding, state->stems, error);
}

GBytes *search_file_read(Store *store, const char *language, const char *name, GError **error)
{
    g_autoptr(StoreRows) rows = paper_search_file_read(store, language, name, error);
    if (rows == NULL || store_rows_next(rows, error) != STORE_ROW) {
        return NULL;
    }
    size_t length = 0;
    const void *bytes = store_bytes(rows, 0, &length);
    return g_bytes_new(bytes, length);
}

static bool touch(Store *store, const char *language, const char *name, GError **error)
{
    g_autofree char *input = g_strdup_printf("search:%s/%s", language, name);
    return press_touch(store, input, error);
}

bool search_file_write(Store *store, const char *language, const char *name,
                       const GByteArray *bytes, GError **error)
{
    int64_t changed = 0;
    const void *data = bytes->len == 0 ? (const void *)"" : bytes->data; /* NULL is SQL's */
    return paper_search_file_put_counted(store, language, name, data, bytes->len, &changed,
                                         error) &&
           (changed == 0 || touch(store, language, name, error));
}

GPtrArray *search_file_names(Store *store, const char *language, const char *after, unsigned most,
                             GError **error)
{
    g_autoptr(StoreRows) rows = paper_search_file_names(store, language, after, most, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        g_ptr_array_add(names, store_text_copy(rows, 0));
    }
    return step == STORE_END ? g_steal_pointer(&names) : NULL;
}

typedef struct {
    const SearchState *state;
    const GPtrArray *names;
} Tidy;

static bool in_force(const SearchState *state, const char *name)
{
    char *rest = NULL;
    int64_t number = strlen(name) < 2 ? 0 : g_ascii_strtoll(name + 1, &rest, 10);
    return strcmp(name, "day") == 0 || (name[0] == 'a' && number == state->archive) ||
           (name[0] == 'm' && number == state->month && state->month_files > 0);
}

static bool tidy_body(Store *store, void *data, GError **error)
{
    const Tidy *tidy = data;
    for (guint i = 0; i < tidy->names->len; i++) {
        const char *name = tidy->names->pdata[i];
        if (!in_force(tidy->state, name) &&
            (!paper_search_file_delete(store, tidy->state->language, name, error) ||
             !touch(store, tidy->state->language, name, error))) {
            return false;
        }
    }
    return true;
}

bool search_files_tidy(Store *store, const SearchState *state, GError **error)
{
    g_autofree char *after = g_strdup("");
    for (;;) {
        g_autoptr(GPtrArray) names = search_file_names(store, state->language, after, NAMES, error);
        Tidy tidy = {state, names};
        if (names == NULL || !store_transact(store, tidy_body, &tidy, error)) {
            return false;
        }
        if (names->len < NAMES) {
            return true;
        }
        g_free(after);
        after = g_strdup(names->pdata[names->len - 1]);
    }
}

static bool put_masks(Store *store, const SearchState *state, GByteArray *out, GError **error)
{
    g_autoptr(StoreRows) rows =
        paper_search_docs_dead(store, state->language, state->first_archive, error);
    g_autoptr(GByteArray) masks = g_byte_array_new();
    uint64_t count = 0;
    int64_t before = state->first_archive;
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t doc = store_number(rows, 0);
        search_put_number(masks, (uint64_t)(doc - before));
        before = doc;
        count++;
    }
    search_put_number(out, count);
    g_byte_array_append(out, masks->data, masks->len);
    return step == STORE_END;
}

/* Cards of all, so that they are found by number; terms of those that are not masked. */
static bool put_documents(Store *store, const SearchState *state, GByteArray *out, GError **error)
{
    g_autoptr(StoreRows) rows = paper_search_docs_after(store, state->language, state->first_day,
                                                        state->next - state->first_day, error);
    g_autoptr(SearchBuild) build = search_build_new(1, 1);
    StoreStep step = STORE_FAILED;
    search_put_number(out, (uint64_t)(state->next - state->first_day));
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        size_t length = 0;
        const void *bytes = store_bytes(rows, 2, &length);
        bool dead = store_number(rows, 1) != 0;
        search_put_text(out, bytes, dead ? 0 : length);
        bytes = store_bytes(rows, 3, &length);
        uint32_t doc = (uint32_t)(store_number(rows, 0) - state->first_day);
        if (!dead && !search_build_add(build, doc, bytes, length)) {
            return fail(error, KOLOKOL_ERROR_CORRUPT, "a document of search is broken");
        }
    }
    if (step != STORE_END) {
        return false;
    }
    SearchReader reader = search_reader(state->rules->data, state->rules->len);
    g_autoptr(SearchRules) rules = search_rules_read(&reader);
    search_build_finish(build, rules);
    g_autoptr(GByteArray) terms = search_build_file(build, 0, 0);
    g_byte_array_append(out, terms->data, terms->len);
    return true;
}

GByteArray *search_day_file(Store *store, const SearchState *state, GError **error)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    int64_t average = state->stories > 0 ? state->words / state->stories : 0;
    const int64_t numbers[] = {1, /* of the format */
                               search_two_digits(state->stories),
                               search_two_digits(MAX(average, 1)),
                               state->archive,
                               state->archive_files,
                               state->month,
                               state->month_files,
                               state->first_archive,
                               state->first_month,
                               state->first_day};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        search_put_number(out, (uint64_t)numbers[i]);
    }
    g_byte_array_append(out, state->rules->data, state->rules->len);
    return put_masks(store, state, out, error) && put_documents(store, state, out, error)
               ? g_steal_pointer(&out)
               : NULL;
}

bool search_doc_story(Store *store, const char *language, int64_t doc, int64_t *story,
                      GError **error)
{
    g_autoptr(StoreRows) rows = paper_search_doc_story(store, language, doc, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    if (step != STORE_ROW) {
        return step == STORE_END &&
               fail(error, KOLOKOL_ERROR_NOT_FOUND, "search has no document %" PRId64, doc);
    }
    *story = store_number(rows, 0);
    return true;
}
