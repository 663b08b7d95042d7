/* Tiers anew: search_fold.h. */
#include "paper/search_fold.h"

#include "base/error.h"
#include "desk/story_list.h"
#include "desk/story_search.h"
#include "paper/search_build.h"
#include "paper/search_doc.h"
#include "paper_search_sql.h"

#include <inttypes.h>
#include <string.h>

#define PART    16384 /* stories whose postings are held at a time */
#define AT_ONCE 16u   /* rows in a transaction */
#define DROPPED 500u
#define FEW     4    /* stories a file: small archives have few files */
#define MONTH   2000 /* documents of a month tier, at most */
#define COMMON  3    /* stories that a suggested word of a large archive stands in */
#define LARGE   2000

typedef struct {
    const SearchFold *fold;
    SearchState *state;
    char tier[24];            /* "a7/" */
    GPtrArray *names, *files; /* waiting to be written */
    GArray *docs;             /* Doc, the same */
    GByteArray *cards;        /* of the file that is being filled */
    unsigned card_count, card_files;
} Write;

typedef struct {
    int64_t doc, story, words;
} Doc;

static void write_init(Write *write, const SearchFold *fold, SearchState *state, char letter,
                       int64_t number)
{
    *write = (Write){.fold = fold, .state = state};
    g_snprintf(write->tier, sizeof write->tier, "%c%" PRId64 "/", letter, number);
    write->names = g_ptr_array_new_with_free_func(g_free);
    write->files = g_ptr_array_new_with_free_func((GDestroyNotify)g_byte_array_unref);
    write->docs = g_array_new(FALSE, FALSE, sizeof(Doc));
    write->cards = g_byte_array_new();
}

static void write_clear(Write *write)
{
    g_clear_pointer(&write->names, g_ptr_array_unref);
    g_clear_pointer(&write->files, g_ptr_array_unref);
    g_clear_pointer(&write->docs, g_array_unref);
    g_clear_pointer(&write->cards, g_byte_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Write, write_clear)

static bool flush_body(Store *store, void *data, GError **error)
{
    const Write *write = data;
    const char *language = write->state->language;
    for (guint i = 0; i < write->names->len; i++) {
        if (!search_file_write(store, language, write->names->pdata[i], write->files->pdata[i],
                               error)) {
            return false;
        }
    }
    for (guint i = 0; i < write->docs->len; i++) {
        const Doc *doc = &g_array_index(write->docs, Doc, i);
        if (!paper_search_doc_put(store, language, doc->doc, doc->story, doc->words, "", 0, "", 0,
                                  error)) {
            return false;
        }
    }
    return true;
}

static bool flush(Write *write, GError **error)
{
    const SearchFold *fold = write->fold;
    if (fold->stop != NULL && *fold->stop) {
        return fail(error, KOLOKOL_ERROR_BUSY, "indexing was stopped");
    }
    if (!store_transact(fold->store, flush_body, write, error)) {
        return false;
    }
    g_ptr_array_set_size(write->names, 0);
    g_ptr_array_set_size(write->files, 0);
    g_array_set_size(write->docs, 0);
    return fold->renew(fold->data, error);
}

/* Takes the bytes over. */
static bool add_file(Write *write, const char *name, GByteArray *bytes, GError **error)
{
    g_ptr_array_add(write->names, g_strconcat(write->tier, name, NULL));
    g_ptr_array_add(write->files, bytes);
    return write->files->len < AT_ONCE || flush(write, error);
}

static bool end_cards(Write *write, GError **error)
{
    char name[24];
    g_snprintf(name, sizeof name, "c%u", write->card_files++);
    GByteArray *file = write->cards;
    write->cards = g_byte_array_new();
    write->card_count = 0;
    return add_file(write, name, file, error);
}

static bool add_card(Write *write, const void *card, size_t length, GError **error)
{
    search_put_text(write->cards, card, length);
    return ++write->card_count < SEARCH_CARDS || end_cards(write, error);
}

/* NULL without an error if the story is no longer visible. */
static StoryCard *card_of(const SearchFold *fold, int64_t id, GError **error)
{
    g_autoptr(GError) reason = NULL;
    StoryCard *card = story_card(fold->store, id, fold->as_of, &reason);
    if (card == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
    }
    return card;
}

/* One story into the index, under the number `doc` within the tier; *taken is false if it is gone.
 */
static bool add_story(Write *write, SearchBuild *build, bool first, int64_t id, uint32_t doc,
                      bool *taken, GError **error)
{
    const SearchFold *fold = write->fold;
    GError *failed = NULL;
    g_autoptr(StoryCard) card = card_of(fold, id, &failed);
    g_autoptr(Story) story = card == NULL ? NULL : story_read(fold->store, id, &failed);
    g_autofree char *prose = story == NULL ? NULL : story_search_prose(fold->store, story, &failed);
    *taken = prose != NULL;
    if (prose == NULL) {
        if (failed != NULL) {
            g_propagate_error(error, failed);
        }
        return failed == NULL;
    }
    int64_t words = 0;
    g_autoptr(GByteArray) terms = search_doc_terms(fold->stemmer, card, prose, &words);
    search_build_add(build, doc, terms->data, terms->len);
    if (!first) {
        return true;
    }
    g_autoptr(GByteArray) packed = search_doc_card(card, prose);
    Doc row = {write->state->next + doc, id, words};
    g_array_append_val(write->docs, row);
    write->state->stories++;
    write->state->words += words;
    return add_card(write, packed->data, packed->len, error) &&
           (write->docs->len < AT_ONCE || flush(write, error));
}

static bool write_terms(Write *write, SearchBuild *build, unsigned files, GError **error)
{
    for (unsigned file = 0; file < files; file++) {
        char name[24];
        g_snprintf(name, sizeof name, "%u", file);
        if (search_build_holds(build, file) &&
            !add_file(write, name, search_build_file(build, file, SEARCH_FILE_MOST), error)) {
            return false;
        }
    }
    return true;
}

static bool fits(const SearchBuild *build, unsigned files)
{
    bool short_enough = true;
    for (unsigned file = 0; file < files && short_enough; file++) {
        g_autoptr(GByteArray) bytes = search_build_file(build, file, SEARCH_FILE_MOST);
        short_enough = bytes->len <= SEARCH_FILE_MOST;
    }
    return short_enough;
}

/* In a small archive there are many words to a story, and many forms to a word: more files, until
 * each is short enough. */
static unsigned spread(SearchBuild *build, const SearchRules *rules, unsigned files)
{
    while (files < SEARCH_ARCHIVE && !fits(build, files)) {
        files *= 2;
        search_build_spread(build, files);
        search_build_finish(build, rules);
    }
    return files;
}

static bool write_words(Write *write, const SearchBuild *build, GError **error)
{
    unsigned least = write->state->stories < LARGE ? 1 : COMMON;
    g_autoptr(GArray) lists = search_build_words(build, least);
    bool written = true;
    for (guint i = 0; i < lists->len; i++) {
        SearchWords *list = &g_array_index(lists, SearchWords, i);
        if (written) {
            written = add_file(write, list->name, list->bytes, error);
        } else {
            g_byte_array_unref(list->bytes);
        }
    }
    return written;
}

/* What a fold that was stopped left behind, and what no state names. */
static bool clean(const SearchFold *fold, const SearchState *state, bool old, GError **error)
{
    for (int64_t dropped = 1; dropped > 0;) {
        bool done =
            old ? paper_search_docs_drop_before_counted(
                      fold->store, state->language, state->first_archive, DROPPED, &dropped, error)
                : paper_search_docs_drop_from_counted(fold->store, state->language, state->next,
                                                      DROPPED, &dropped, error);
        if (!done) {
            return false;
        }
    }
    return search_files_tidy(fold->store, state, error);
}

static bool commit_body(Store *store, void *data, GError **error)
{
    const SearchState *state = data;
    g_autoptr(GByteArray) day = search_day_file(store, state, error);
    return day != NULL && search_state_write(store, state, error) &&
           search_file_write(store, state->language, "day", day, error);
}

static int64_t *oldest_first(GArray *ids)
{
    int64_t *all = (int64_t *)(void *)ids->data;
    for (guint i = 0; i < ids->len / 2; i++) {
        int64_t other = all[i];
        all[i] = all[ids->len - 1 - i];
        all[ids->len - 1 - i] = other;
    }
    return all;
}

/* All passes over the stories. New documents have the numbers from state->next on. */
static bool index_all(Write *write, SearchBuild *build, unsigned parts, const GArray *ids,
                      unsigned *files, GByteArray *packed_rules, int64_t *count, GError **error)
{
    g_autoptr(SearchRules) rules = NULL;
    g_autofree uint32_t *docs = g_new0(uint32_t, ids->len + 1); /* number + 1 of each */
    uint32_t next = 0;
    for (unsigned part = 0; part < parts; part++) {
        search_build_part(build, part);
        for (guint i = 0; i < ids->len; i++) {
            bool taken = false;
            if ((part > 0 && docs[i] == 0)) {
                continue;
            }
            uint32_t doc = part == 0 ? next : docs[i] - 1;
            if (!add_story(write, build, part == 0, g_array_index(ids, int64_t, i), doc, &taken,
                           error)) {
                return false;
            }
            docs[i] = part == 0 && taken ? ++next : docs[i];
        }
        if (part == 0) {
            rules = search_build_learn(build, write->fold->stemmer, write->state->language);
            search_rules_write(rules, packed_rules);
            if ((write->card_count > 0 && !end_cards(write, error)) ||
                !write_words(write, build, error)) {
                return false;
            }
        }
        search_build_finish(build, rules);
        if (parts == 1 && ids->len < LARGE) {
            *files = spread(build, rules, *files);
        }
        if (!write_terms(write, build, *files, error)) {
            return false;
        }
    }
    *count = next;
    return flush(write, error);
}

bool search_fold_archive(const SearchFold *fold, SearchState *state, GError **error)
{
    g_autofree char *list = g_strconcat("list:all/", state->language, NULL);
    g_autoptr(GArray) ids = NULL;
    if (!clean(fold, state, false, error) ||
        !story_list_ids(fold->store, list, fold->as_of, 0, &ids, error)) {
        return false;
    }
    oldest_first(ids);
    unsigned files = search_files(ids->len / FEW, SEARCH_ARCHIVE);
    unsigned parts = ids->len / PART + 1;
    g_autoptr(SearchBuild) build = search_build_new(files, parts);
    g_auto(Write) write = {0};
    int64_t count = 0;
    write_init(&write, fold, state, 'a', state->archive + 1);
    state->stories = 0;
    state->words = 0;
    g_byte_array_set_size(state->rules, 0);
    if (!index_all(&write, build, parts, ids, &files, state->rules, &count, error)) {
        return false;
    }
    state->archive++;
    state->archive_files = files;
    state->month_files = 0;
    state->first_archive = state->next;
    state->next += count;
    state->first_month = state->first_day = state->next;
    state->day = fold->today;
    state->pending = 0;
    state->folding = 0;
    state->stems = stemmer_version(state->language);
    return store_transact(fold->store, commit_body, state, error) &&
           clean(fold, state, true, error);
}

/* The documents of the month into an index, and their cards. */
static bool read_month(Write *write, SearchBuild *build, GError **error)
{
    const SearchState *state = write->state;
    g_autoptr(StoreRows) rows =
        paper_search_docs_after(write->fold->store, state->language, state->first_month,
                                state->next - state->first_month, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        size_t length = 0;
        bool dead = store_number(rows, 1) != 0;
        const void *bytes = store_bytes(rows, 2, &length);
        search_put_text(write->cards, bytes, dead ? 0 : length);
        if (++write->card_count == SEARCH_CARDS) {
            g_ptr_array_add(write->names,
                            g_strdup_printf("%sc%u", write->tier, write->card_files++));
            g_ptr_array_add(write->files, write->cards);
            write->cards = g_byte_array_new();
            write->card_count = 0;
        }
        bytes = store_bytes(rows, 3, &length);
        if (!dead) {
            search_build_add(build, (uint32_t)(store_number(rows, 0) - state->first_month), bytes,
                             length);
        }
    }
    return step == STORE_END;
}

bool search_fold_month(const SearchFold *fold, SearchState *state, bool *full, GError **error)
{
    *full = state->stories < LARGE / 2 || state->next - state->first_month > MONTH;
    if (*full) {
        return true;
    }
    unsigned files = search_files((state->next - state->first_month) / FEW, SEARCH_MONTH);
    SearchReader reader = search_reader(state->rules->data, state->rules->len);
    g_autoptr(SearchRules) rules = search_rules_read(&reader);
    g_autoptr(SearchBuild) build = search_build_new(files, 1);
    g_auto(Write) write = {0};
    write_init(&write, fold, state, 'm', state->month + 1);
    if (!clean(fold, state, false, error) || !read_month(&write, build, error)) {
        return false;
    }
    search_build_finish(build, rules);
    for (unsigned file = 0; file < files; file++) {
        g_autoptr(GByteArray) bytes = search_build_file(build, file, 0);
        if (bytes->len > SEARCH_FILE_MOST) {
            *full = true;
            return true;
        }
        g_ptr_array_add(write.names, g_strdup_printf("%s%u", write.tier, file));
        g_ptr_array_add(write.files, g_steal_pointer(&bytes));
    }
    if ((write.card_count > 0 && !end_cards(&write, error)) || !flush(&write, error)) {
        return false;
    }
    state->month++;
    state->month_files = files;
    state->first_day = state->next;
    state->day = fold->today;
    state->pending = 0;
    return store_transact(fold->store, commit_body, state, error) &&
           search_files_tidy(fold->store, state, error);
}

bool search_fold_clean(const SearchFold *fold, const SearchState *state, GError **error)
{
    return clean(fold, state, true, error) && clean(fold, state, false, error);
}
