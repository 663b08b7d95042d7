/* Postings and aliases into files: search_build.h. Lists of words are search_words.c. */
#include "paper/search_build.h"

#include "paper/search_build_private.h"

#include <string.h>

#define DOC_SHIFT  8
#define STEM_SHIFT 40
#define FEW_STEMS  4000u /* from as many on, the words teach enough */

#define ALIAS_OFTEN 1000000u /* documents: no form is in so many */

typedef struct {
    unsigned file;
    const char *form;
    uint32_t stem;
} Alias;

struct SearchBuild {
    unsigned files, parts, part;
    GHashTable *ids;          /* stem → its number + 1 */
    GPtrArray *stems;         /* by number; owned by ids */
    GHashTable *forms;        /* form → SearchForm */
    GArray *postings;         /* uint64_t: stem, doc, count and length's step */
    GArray *order;            /* Run, by file and stem */
    GArray *aliases;          /* Alias, by file and form */
    guint *run_at, *alias_at; /* where each file's begin; one more for the end */
};

typedef struct {
    unsigned file;
    uint32_t stem;
    guint first, count; /* in postings */
} Run;

SearchBuild *search_build_new(unsigned files, unsigned parts)
{
    SearchBuild *build = g_new0(SearchBuild, 1);
    build->files = files;
    build->parts = parts;
    build->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    build->stems = g_ptr_array_new();
    build->forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    build->postings = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    build->order = g_array_new(FALSE, FALSE, sizeof(Run));
    build->aliases = g_array_new(FALSE, FALSE, sizeof(Alias));
    build->run_at = g_new0(guint, files + 1);
    build->alias_at = g_new0(guint, files + 1);
    return build;
}

void search_build_free(SearchBuild *build)
{
    if (build == NULL) {
        return;
    }
    g_hash_table_unref(build->ids);
    g_ptr_array_unref(build->stems);
    g_hash_table_unref(build->forms);
    g_array_unref(build->postings);
    g_array_unref(build->order);
    g_array_unref(build->aliases);
    g_free(build->run_at);
    g_free(build->alias_at);
    g_free(build);
}

void search_build_part(SearchBuild *build, unsigned part)
{
    build->part = part;
    g_array_set_size(build->postings, 0);
}

bool search_build_holds(const SearchBuild *build, unsigned file)
{
    return file % build->parts == build->part;
}

void search_build_spread(SearchBuild *build, unsigned files)
{
    build->files = files;
    build->run_at = g_renew(guint, build->run_at, files + 1);
    build->alias_at = g_renew(guint, build->alias_at, files + 1);
}

static unsigned file_of(const SearchBuild *build, const char *text)
{
    return search_hash(text) & (build->files - 1);
}

static uint32_t stem_number(SearchBuild *build, const char *stem)
{
    gpointer known = g_hash_table_lookup(build->ids, stem);
    if (known != NULL) {
        return GPOINTER_TO_UINT(known) - 1;
    }
    char *own = g_strdup(stem);
    g_ptr_array_add(build->stems, own);
    g_hash_table_insert(build->ids, own, GUINT_TO_POINTER(build->stems->len));
    return build->stems->len - 1;
}

static void add_form(SearchBuild *build, const char *form, uint32_t stem)
{
    SearchForm *known = g_hash_table_lookup(build->forms, form);
    if (known == NULL) {
        known = g_new(SearchForm, 1);
        *known = (SearchForm){stem, 0};
        g_hash_table_insert(build->forms, g_strdup(form), known);
    }
    known->documents++;
}

bool search_build_add(SearchBuild *build, uint32_t doc, const void *terms, size_t length)
{
    SearchReader reader = search_reader(terms, length);
    uint64_t step = search_get_number(&reader);
    uint64_t count = search_get_number(&reader);
    for (uint64_t i = 0; i < count && !reader.bad; i++) {
        g_autofree char *stem = search_get_text(&reader);
        uint64_t times = search_get_number(&reader);
        uint64_t forms = search_get_number(&reader);
        uint32_t number = stem_number(build, stem);
        if (search_build_holds(build, file_of(build, stem))) {
            uint64_t posting = (uint64_t)number << STEM_SHIFT | (uint64_t)doc << DOC_SHIFT |
                               (times & 15) << 4 | (step & 15);
            g_array_append_val(build->postings, posting);
        }
        for (uint64_t j = 0; j < forms && !reader.bad; j++) {
            g_autofree char *form = search_get_text(&reader);
            if (build->part == 0) {
                add_form(build, form, number);
            }
        }
    }
    return !reader.bad;
}

/* Of the commonest languages here; others learn from their words alone. `left`: what stands between
 * a stem and an ending where a form was stemmed twice (text/stem.c). */
static const struct {
    const char *language, *endings, *left;
} commonest[] = {
    {"en", "s es ed ing e er y"},
    {"ru",
     "а у ы е о ой ом ам ами ах ов и я ю ей ев ого ому ый ая ое ые ых ым ыми ий ую ия ии ию ь ью",
     "н л ен ов ев ом ем"},
    {"uk", "а у и і ою ом ам ами ах ів я ю ей ого ому ий е их им ими ь"},
    {"de", "e en er es n s em"},
    {"fr", "s e es er ent"},
    {"es", "s es o a os as"},
    {"it", "o a i e"},
    {"pt", "s es o a os as"},
};

typedef struct {
    const char *stem;
    GPtrArray *pairs, *texts;
} Maybe;

/* A form that was made up counts if it has the stem it was made of. */
static void take_maybe(const char *term, const char *word, void *data)
{
    Maybe *maybe = data;
    if (strcmp(term, maybe->stem) == 0) {
        char *form = search_form(word);
        g_ptr_array_add(maybe->texts, form);
        g_ptr_array_add(maybe->pairs, form);
        g_ptr_array_add(maybe->pairs, (gpointer)(uintptr_t)maybe->stem);
    }
}

static void make_forms_of(Stemmer *stemmer, const char *base, char **endings, Maybe *maybe)
{
    for (char **ending = endings; *ending != NULL; ending++) {
        g_autofree char *form = g_strconcat(base, *ending, NULL);
        stemmer_words(stemmer, form, strlen(form), take_maybe, maybe);
    }
}

/* A form that stands in no document. */
static void add_unseen(const SearchBuild *build, const char *form, uint32_t stem)
{
    if (!g_hash_table_contains(build->forms, form)) {
        SearchForm *unseen = g_new(SearchForm, 1);
        *unseen = (SearchForm){stem, 0};
        g_hash_table_insert(build->forms, g_strdup(form), unseen);
    }
}

/* They teach the rules, and where the rules make something else of one, it stands as an alias: in a
 * small archive a word may stand in one form only ("река"), and readers ask for another ("реки").
 */
static void make_forms(const SearchBuild *build, Stemmer *stemmer, char **endings, GPtrArray *pairs,
                       GPtrArray *texts)
{
    g_autoptr(GPtrArray) bare = g_ptr_array_new();
    for (guint i = 0; i < build->stems->len; i++) {
        Maybe maybe = {build->stems->pdata[i], pairs, texts};
        guint before = texts->len;
        make_forms_of(stemmer, maybe.stem, endings, &maybe);
        maybe.pairs = bare; /* a stem may be a form itself ("книг"), which teaches nothing */
        stemmer_words(stemmer, maybe.stem, strlen(maybe.stem), take_maybe, &maybe);
        for (guint made = before; made < texts->len; made++) {
            add_unseen(build, texts->pdata[made], i);
        }
    }
}

/* Of forms that were stemmed twice: "гавани" is "гава", and its other forms are "гаван" and an
 * ending. No rule would find them from their own letters, so they become known forms, and stand as
 * aliases in the files. Each such beginning once. */
static void add_stemmed_twice(const SearchBuild *build, Stemmer *stemmer, char **endings,
                              const char *left)
{
    g_autoptr(GHashTable) made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) pairs = g_ptr_array_new();
    g_autoptr(GArray) stems = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    g_auto(GStrv) all = g_strsplit(left, " ", -1);
    GHashTableIter iter;
    gpointer form = NULL, data = NULL;
    g_hash_table_iter_init(&iter, build->forms);
    while (g_hash_table_iter_next(&iter, &form, &data)) {
        uint32_t stem = ((const SearchForm *)data)->stem;
        Maybe maybe = {build->stems->pdata[stem], pairs, texts};
        size_t length = strlen(maybe.stem);
        for (char **rest = all; g_str_has_prefix(form, maybe.stem) && *rest != NULL; rest++) {
            g_autofree char *base = g_strconcat(maybe.stem, *rest, NULL);
            if (g_str_has_prefix((const char *)form + length, *rest) &&
                g_hash_table_add(made, g_strdup_printf("%u %s", stem, base))) {
                stemmer_words(stemmer, base, strlen(base), take_maybe, &maybe);
                make_forms_of(stemmer, base, endings, &maybe);
                g_array_set_size(stems, texts->len);
                for (guint i = texts->len; i > 0 && g_array_index(stems, uint32_t, i - 1) == 0;
                     i--) {
                    g_array_index(stems, uint32_t, i - 1) = stem + 1;
                }
            }
        }
    }
    for (guint i = 0; i < texts->len; i++) {
        add_unseen(build, texts->pdata[i], g_array_index(stems, uint32_t, i) - 1);
    }
}

SearchRules *search_build_learn(const SearchBuild *build, Stemmer *stemmer, const char *language)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) pairs = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(commonest); i++) {
        g_auto(GStrv) endings = g_strsplit(commonest[i].endings, " ", -1);
        if (!g_str_has_prefix(language, commonest[i].language)) {
            continue;
        }
        if (commonest[i].left != NULL) {
            add_stemmed_twice(build, stemmer, endings, commonest[i].left);
        }
        if (build->stems->len < FEW_STEMS) {
            make_forms(build, stemmer, endings, pairs, texts);
        }
    }
    GHashTableIter iter;
    gpointer form = NULL, data = NULL;
    g_hash_table_iter_init(&iter, build->forms);
    while (g_hash_table_iter_next(&iter, &form, &data)) {
        const SearchForm *known = data;
        if (known->documents > 0) { /* made-up ones would outvote the archive */
            g_ptr_array_add(pairs, form);
            g_ptr_array_add(pairs, build->stems->pdata[known->stem]);
        }
    }
    return search_rules_learn(pairs);
}

static int by_number(gconstpointer a, gconstpointer b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static int run_compare(gconstpointer a, gconstpointer b, gpointer stems)
{
    const Run *x = a, *y = b;
    if (x->file != y->file) {
        return x->file < y->file ? -1 : 1;
    }
    return strcmp(((GPtrArray *)stems)->pdata[x->stem], ((GPtrArray *)stems)->pdata[y->stem]);
}

static int alias_compare(gconstpointer a, gconstpointer b)
{
    const Alias *x = a, *y = b;
    return x->file != y->file ? (x->file < y->file ? -1 : 1) : strcmp(x->form, y->form);
}

static void find_runs(SearchBuild *build)
{
    g_array_set_size(build->order, 0);
    const GArray *all = build->postings;
    for (guint i = 0, next; i < all->len; i = next) {
        uint32_t stem = (uint32_t)(g_array_index(all, uint64_t, i) >> STEM_SHIFT);
        for (next = i; next < all->len && g_array_index(all, uint64_t, next) >> STEM_SHIFT == stem;
             next++) {
        }
        Run run = {file_of(build, build->stems->pdata[stem]), stem, i, next - i};
        g_array_append_val(build->order, run);
    }
    g_array_sort_with_data(build->order, run_compare, build->stems);
}

static void find_aliases(SearchBuild *build, const SearchRules *rules)
{
    GHashTableIter iter;
    gpointer form = NULL, data = NULL;
    g_array_set_size(build->aliases, 0);
    g_hash_table_iter_init(&iter, build->forms);
    while (g_hash_table_iter_next(&iter, &form, &data)) {
        const SearchForm *known = data;
        g_autofree char *guess = search_rules_apply(rules, form);
        unsigned file = file_of(build, guess);
        if (search_build_holds(build, file) &&
            strcmp(guess, build->stems->pdata[known->stem]) != 0) {
            Alias alias = {file, form, known->stem};
            g_array_append_val(build->aliases, alias);
        }
    }
    g_array_sort(build->aliases, alias_compare);
}

void search_build_finish(SearchBuild *build, const SearchRules *rules)
{
    g_array_sort(build->postings, by_number);
    find_runs(build);
    find_aliases(build, rules);
    guint run = 0, alias = 0;
    for (unsigned file = 0; file <= build->files; file++) {
        while (run < build->order->len && g_array_index(build->order, Run, run).file < file) {
            run++;
        }
        while (alias < build->aliases->len &&
               g_array_index(build->aliases, Alias, alias).file < file) {
            alias++;
        }
        build->run_at[file] = run;
        build->alias_at[file] = alias;
    }
}

/* BM25's part of a posting, at a middling average length. */
static double strength(uint64_t posting)
{
    double times = (double)(posting >> 4 & 15);
    double words = (double)search_step_words((unsigned)(posting & 15));
    return times / (times + 0.3 + 0.9 * words / 300);
}

/* The strongest first, of equals the newest. */
static int by_strength(gconstpointer a, gconstpointer b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    double p = strength(x), q = strength(y);
    return p != q ? (p > q ? -1 : 1) : (x > y ? -1 : x < y);
}

static void put_run(const SearchBuild *build, const Run *run, guint most, GByteArray *out)
{
    g_autofree uint64_t *kept = g_memdup2(&g_array_index(build->postings, uint64_t, run->first),
                                          run->count * sizeof(uint64_t));
    guint count = run->count;
    if (count > most) {
        qsort(kept, count, sizeof *kept, by_strength);
        count = most;
        qsort(kept, count, sizeof *kept, by_number);
    }
    search_put_number(out, run->count);
    search_put_number(out, count);
    uint32_t before = 0;
    for (guint i = 0; i < count; i++) {
        uint32_t doc = (uint32_t)(kept[i] >> DOC_SHIFT);
        uint8_t byte = (uint8_t)kept[i];
        search_put_number(out, doc - before);
        g_byte_array_append(out, &byte, 1);
        before = doc;
    }
}

static void put_terms(const SearchBuild *build, unsigned file, guint most, GByteArray *out)
{
    guint first = build->run_at[file], count = build->run_at[file + 1] - first;
    const char *before = "";
    search_put_number(out, count);
    for (guint i = first; i < first + count; i++) {
        const Run *run = &g_array_index(build->order, Run, i);
        const char *stem = build->stems->pdata[run->stem];
        search_put_next(out, stem, before);
        put_run(build, run, most, out);
        before = stem;
    }
}

static bool is_used(const SearchBuild *build, const Alias *alias, guint least)
{
    const SearchForm *form = least > 1 ? g_hash_table_lookup(build->forms, alias->form) : NULL;
    return form == NULL || form->documents >= least;
}

/* Those of forms that at least `least` documents have. */
static void put_aliases(const SearchBuild *build, unsigned file, guint least, GByteArray *out)
{
    guint first = build->alias_at[file], end = build->alias_at[file + 1], count = 0;
    const char *before = "";
    for (guint i = first; i < end; i++) {
        count += is_used(build, &g_array_index(build->aliases, Alias, i), least);
    }
    search_put_number(out, count);
    for (guint i = first; i < end; i++) {
        const Alias *alias = &g_array_index(build->aliases, Alias, i);
        if (!is_used(build, alias, least)) {
            continue;
        }
        search_put_next(out, alias->form, before);
        search_put_next(out, build->stems->pdata[alias->stem], alias->form);
        before = alias->form;
    }
}

GByteArray *search_build_file(const SearchBuild *build, unsigned file, size_t most)
{
    guint postings = SEARCH_TERM_MOST, least = 1;
    for (;;) {
        GByteArray *out = g_byte_array_new();
        put_terms(build, file, postings, out);
        put_aliases(build, file, least, out);
        if (most == 0 || out->len <= most || (postings <= 1 && least > ALIAS_OFTEN)) {
            return out;
        }
        g_byte_array_unref(out);
        /* First postings of common terms, then rare forms, then what is left of the postings. */
        if (postings >= 8 || least > ALIAS_OFTEN) {
            postings = postings * 3 / 4;
        } else {
            least *= 2;
        }
    }
}

const GHashTable *search_build_forms(const SearchBuild *build)
{
    return build->forms;
}
