/* Ranking over the files of search: search_query.h. */
#include "paper/search_query.h"

#include "base/error.h"
#include "paper/search_rules.h"
#include "text/stem.h"

#include <math.h>
#include <string.h>

#define K1 1.2
#define B  0.75

typedef struct {
    int64_t stories, average, archive, archive_files, month, month_files;
    int64_t first_archive, first_month, first_day;
    SearchRules *rules;
    GHashTable *masked;   /* doc */
    const uint8_t *terms; /* of the day: in the file's bytes */
    const uint8_t *end;
} Day;

typedef struct {
    Store *store;
    const char *language;
    Day day;
    GHashTable *scores; /* doc → double */
    bool broken;
} Query;

static void day_clear(Day *day)
{
    g_clear_pointer(&day->rules, search_rules_free);
    g_clear_pointer(&day->masked, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Day, day_clear)

static int64_t *number_new(int64_t number)
{
    int64_t *own = g_new(int64_t, 1);
    *own = number;
    return own;
}

static bool read_day(Day *day, GBytes *file)
{
    size_t length = 0;
    const void *bytes = g_bytes_get_data(file, &length);
    SearchReader reader = search_reader(bytes, length);
    int64_t *const numbers[] = {&day->stories,       &day->average,     &day->archive,
                                &day->archive_files, &day->month,       &day->month_files,
                                &day->first_archive, &day->first_month, &day->first_day};
    bool known = search_get_number(&reader) == 1;
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        *numbers[i] = (int64_t)search_get_number(&reader);
    }
    day->rules = search_rules_read(&reader);
    day->masked = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    int64_t doc = day->first_archive;
    for (uint64_t count = search_get_number(&reader); count > 0 && !reader.bad; count--) {
        doc += (int64_t)search_get_number(&reader);
        g_hash_table_add(day->masked, number_new(doc));
    }
    for (uint64_t count = search_get_number(&reader); count > 0 && !reader.bad; count--) {
        g_free(search_get_text(&reader));
    }
    day->terms = reader.at;
    day->end = reader.end;
    return known && !reader.bad;
}

/* What one file says of one term: documents, and where its postings are. */
typedef struct {
    int64_t stories, count, base;
    SearchReader postings;
    char *alias; /* the stem of the form asked for */
} Found;

/* Reads terms for a stem, and aliases for a form; either may be NULL. */
static void look_in(SearchReader reader, const char *stem, const char *form, Found *found,
                    bool *broken)
{
    g_autoptr(GString) name = g_string_new(NULL);
    for (uint64_t count = search_get_number(&reader); count > 0 && !reader.bad; count--) {
        search_get_next(&reader, name);
        int64_t stories = (int64_t)search_get_number(&reader);
        int64_t kept = (int64_t)search_get_number(&reader);
        if (stem != NULL && strcmp(name->str, stem) == 0) {
            found->stories = stories;
            found->count = kept;
            found->postings = reader;
        }
        for (int64_t i = 0; i < kept && !reader.bad; i++) {
            search_get_number(&reader);
            search_get_byte(&reader);
        }
    }
    g_string_truncate(name, 0);
    for (uint64_t count = search_get_number(&reader); count > 0 && !reader.bad; count--) {
        g_autoptr(GString) to = NULL;
        search_get_next(&reader, name);
        to = g_string_new(name->str);
        search_get_next(&reader, to);
        if (form != NULL && found->alias == NULL && strcmp(name->str, form) == 0) {
            found->alias = g_strdup(to->str);
        }
    }
    *broken |= reader.bad;
}

#define TIERS 3

/* The files that a word may be in, newest tier first; NULL where a tier is empty. Bytes are kept in
 * `held`. */
static bool look(Query *query, const char *key, const char *stem, const char *form,
                 Found found[TIERS], GPtrArray *held, GError **error)
{
    const Day *day = &query->day;

    const struct {
        char letter;
        int64_t number, files, base;
    } tiers[] = {{'m', day->month, day->month_files, day->first_month},
                 {'a', day->archive, day->archive_files, day->first_archive}};

    look_in((SearchReader){day->terms, day->end, false}, stem, form, &found[0], &query->broken);
    found[0].base = day->first_day;
    for (size_t i = 0; i < G_N_ELEMENTS(tiers); i++) {
        if (tiers[i].files == 0) {
            continue;
        }
        g_autofree char *name =
            g_strdup_printf("%c%" G_GINT64_FORMAT "/%u", tiers[i].letter, tiers[i].number,
                            search_hash(key) & (uint32_t)(tiers[i].files - 1));
        GError *failed = NULL;
        GBytes *file = search_file_read(query->store, query->language, name, &failed);
        if (file == NULL) {
            if (failed != NULL) {
                g_propagate_error(error, failed);
                return false;
            }
            query->broken = true;
            continue;
        }
        g_ptr_array_add(held, file);
        size_t length = 0;
        const void *bytes = g_bytes_get_data(file, &length);
        look_in(search_reader(bytes, length), stem, form, &found[i + 1], &query->broken);
        found[i + 1].base = tiers[i].base;
    }
    return true;
}

static void score(Query *query, const Found found[TIERS], unsigned times)
{
    int64_t stories = 0;
    for (int i = 0; i < TIERS; i++) {
        stories += found[i].stories;
    }
    double all = (double)MAX(query->day.stories, stories), n = (double)stories;
    double weight = floor(log(1 + (all - n + 0.5) / (n + 0.5)) * 4096 + 0.5) / 4096 * times;
    for (int i = 0; i < TIERS; i++) {
        SearchReader reader = found[i].postings;
        int64_t doc = found[i].base;
        for (int64_t j = 0; j < found[i].count && !reader.bad; j++) {
            doc += (int64_t)search_get_number(&reader);
            uint8_t byte = search_get_byte(&reader);
            double tf = byte >> 4;
            double words = (double)search_step_words(byte & 15);
            double part = weight * tf * (K1 + 1) /
                          (tf + K1 * (1 - B + B * words / (double)query->day.average));
            if (g_hash_table_contains(query->day.masked, &doc)) {
                continue;
            }
            double *sum = g_hash_table_lookup(query->scores, &doc);
            if (sum == NULL) {
                sum = g_new0(double, 1);
                g_hash_table_insert(query->scores, number_new(doc), sum);
            }
            *sum += part;
        }
    }
}

static void found_clear(Found found[TIERS])
{
    for (int i = 0; i < TIERS; i++) {
        g_clear_pointer(&found[i].alias, g_free);
    }
    memset(found, 0, sizeof(Found) * TIERS);
}

/* The stem of a form: what the rules say, unless a file has an alias for it. Caller frees. */
static char *stem_of(Query *query, const char *form, GError **error)
{
    g_autofree char *guess = search_rules_apply(query->day.rules, form);
    g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    Found found[TIERS] = {0};
    if (!look(query, guess, NULL, form, found, held, error)) {
        return NULL;
    }
    char *stem = NULL;
    for (int i = 0; i < TIERS && stem == NULL; i++) {
        stem = g_steal_pointer(&found[i].alias);
    }
    found_clear(found);
    return stem != NULL ? stem : g_steal_pointer(&guess);
}

static void take_word(const char *term, const char *word, void *data)
{
    GPtrArray *forms = data;
    if (forms->len < SEARCH_QUERY_WORDS) {
        g_ptr_array_add(forms, search_form(word));
    }
}

/* The stems of a query, each once, in order; *times has how often each is in it. */
static GPtrArray *stems_of(Query *query, const char *text, GArray *times, GError **error)
{
    g_autoptr(Stemmer) stemmer = stemmer_new(query->language, error);
    g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) stems = g_ptr_array_new_with_free_func(g_free);
    if (stemmer == NULL) {
        return NULL;
    }
    stemmer_words(stemmer, text, strlen(text), take_word, forms);
    for (guint i = 0; i < forms->len; i++) {
        guint at = 0, one = 1;
        char *stem = stem_of(query, forms->pdata[i], error);
        if (stem == NULL) {
            return NULL;
        }
        if (g_ptr_array_find_with_equal_func(stems, stem, g_str_equal, &at)) {
            g_array_index(times, guint, at)++;
            g_free(stem);
        } else {
            g_ptr_array_add(stems, stem);
            g_array_append_val(times, one);
        }
    }
    return g_steal_pointer(&stems);
}

static int hit_compare(gconstpointer a, gconstpointer b)
{
    const SearchHit *x = a, *y = b;
    return x->score != y->score ? (x->score > y->score ? -1 : 1)
                                : (x->doc > y->doc ? -1 : x->doc < y->doc);
}

static GArray *hits_of(const Query *query, unsigned most)
{
    GArray *hits = g_array_new(FALSE, FALSE, sizeof(SearchHit));
    GHashTableIter iter;
    gpointer doc = NULL, sum = NULL;
    g_hash_table_iter_init(&iter, query->scores);
    while (g_hash_table_iter_next(&iter, &doc, &sum)) {
        /* Rounded, so that another order of adding does not matter. */
        SearchHit hit = {*(const int64_t *)doc, floor(*(const double *)sum * 1e6 + 0.5)};
        g_array_append_val(hits, hit);
    }
    g_array_sort(hits, hit_compare);
    g_array_set_size(hits, MIN(hits->len, most));
    return hits;
}

static bool run(Query *query, const char *text, GError **error)
{
    g_autoptr(GArray) times = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GPtrArray) stems = stems_of(query, text, times, error);
    for (guint i = 0; stems != NULL && i < stems->len; i++) {
        g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
        Found found[TIERS] = {0};
        if (!look(query, stems->pdata[i], stems->pdata[i], NULL, found, held, error)) {
            return false;
        }
        score(query, found, g_array_index(times, guint, i));
        found_clear(found);
    }
    return stems != NULL &&
           (!query->broken || fail(error, KOLOKOL_ERROR_CORRUPT, "a file of search is broken"));
}

GArray *search_query(Store *store, const char *language, const char *text, unsigned most,
                     GError **error)
{
    GError *failed = NULL;
    g_autoptr(GBytes) file = search_file_read(store, language, "day", &failed);
    if (file == NULL) {
        if (failed != NULL) {
            g_propagate_error(error, failed);
            return NULL;
        }
        return g_array_new(FALSE, FALSE, sizeof(SearchHit));
    }
    g_auto(Day) day = {0};
    bool read = read_day(&day, file);
    g_autoptr(GHashTable) scores =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    Query query = {store, language, day, scores, false};
    if (!read) {
        fail(error, KOLOKOL_ERROR_CORRUPT, "the day file of search is broken");
        return NULL;
    }
    return run(&query, text, error) ? hits_of(&query, most) : NULL;
}
