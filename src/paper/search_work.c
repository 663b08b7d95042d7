/* Bringing search up to date, step by step: search_work.h. Tiers anew are search_fold.c. */
#include "paper/search_work.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/random.h"
#include "desk/story_card.h"
#include "desk/story_search.h"
#include "paper/search_doc.h"
#include "paper/search_fold.h"
#include "paper/search_tables.h"
#include "paper_search_sql.h"
#include "press/setting.h"

#include <string.h>

#define STEP_STORIES 8u  /* in a transaction */
#define YOUNG        500 /* stories of an archive below which it is made anew as they double */

struct SearchWork {
    Store *store;
    const volatile int *stop;
    int64_t holder, leased_until;
    GHashTable *stemmers; /* language → Stemmer */
    char **languages;     /* of the step */
    int64_t now, today;
    void (*stepped)(unsigned steps, void *data);
    void *stepped_data;
};

static void stemmer_unref(gpointer stemmer)
{
    stemmer_free(stemmer);
}

SearchWork *search_work_new(Store *store, const volatile int *stop)
{
    SearchWork *work = g_new0(SearchWork, 1);
    work->store = store;
    work->stop = stop;
    work->holder = (int64_t)(random_unseen() >> 1);
    work->stemmers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, stemmer_unref);
    return work;
}

void search_work_free(SearchWork *work)
{
    if (work == NULL) {
        return;
    }
    if (work->leased_until > 0) {
        paper_search_lease_put(work->store, 0, 0, NULL);
    }
    g_hash_table_unref(work->stemmers);
    g_strfreev(work->languages);
    g_free(work);
}

static bool lease_body(Store *store, void *data, GError **error)
{
    SearchWork *work = data;
    int64_t now = clock_now(), holder = 0, until = 0;
    {
        g_autoptr(StoreRows) rows = paper_search_lease(store, error);
        StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
        if (step == STORE_FAILED) {
            return false;
        }
        holder = step == STORE_ROW ? store_number(rows, 0) : 0;
        until = step == STORE_ROW ? store_number(rows, 1) : 0;
    }
    if (holder != work->holder && until > now && until <= now + SEARCH_LEASE) {
        work->leased_until = 0;
        return true;
    }
    work->leased_until = now + SEARCH_LEASE;
    return paper_search_lease_put(store, work->holder, work->leased_until, error);
}

/* The lease is renewed when half of it is over. */
static bool renew(void *data, GError **error)
{
    SearchWork *work = data;
    int64_t left = work->leased_until - clock_now();
    if (left > SEARCH_LEASE / 2 && left <= SEARCH_LEASE) {
        return true;
    }
    return store_transact(work->store, lease_body, work, error) &&
           (work->leased_until > 0 ||
            fail(error, KOLOKOL_ERROR_BUSY, "another process indexes this newsroom"));
}

static Stemmer *stemmer_of(SearchWork *work, const char *language, GError **error)
{
    Stemmer *stemmer = g_hash_table_lookup(work->stemmers, language);
    if (stemmer == NULL) {
        stemmer = stemmer_new(language, error);
        if (stemmer != NULL) {
            g_hash_table_insert(work->stemmers, g_strdup(language), stemmer);
        }
    }
    return stemmer;
}

static bool begin_step(SearchWork *work, GError **error)
{
    g_clear_pointer(&work->languages, g_strfreev);
    work->languages = setting_languages(work->store, error);
    g_autoptr(GTimeZone) zone =
        work->languages == NULL ? NULL : setting_timezone(work->store, error);
    if (zone == NULL) {
        return false;
    }
    work->now = clock_now();
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(work->now / CLOCK_SECOND);
    g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, zone);
    work->today = g_date_time_get_year(here) * 10000 + g_date_time_get_month(here) * 100 +
                  g_date_time_get_day_of_month(here);
    return true;
}

/* Tiers */

static SearchFold fold_of(SearchWork *work, Stemmer *stemmer)
{
    return (SearchFold){.store = work->store,
                        .stemmer = stemmer,
                        .stop = work->stop,
                        .as_of = work->now,
                        .today = work->today,
                        .renew = renew,
                        .data = work};
}

static bool fold_archive(SearchWork *work, SearchState *state, GError **error)
{
    Stemmer *stemmer = stemmer_of(work, state->language, error);
    SearchFold fold = fold_of(work, stemmer);
    return stemmer != NULL && search_fold_archive(&fold, state, error);
}

static bool write_day_body(Store *store, void *data, GError **error)
{
    SearchState *state = data;
    g_autoptr(GByteArray) day = search_day_file(store, state, error);
    if (day == NULL) {
        return false;
    }
    state->pending = day->len > SEARCH_FILE_MOST ? 1 : 0;
    return state->pending != 0 || (search_file_write(store, state->language, "day", day, error) &&
                                   search_state_write(store, state, error));
}

static bool fold_month(SearchWork *work, SearchState *state, GError **error)
{
    Stemmer *stemmer = stemmer_of(work, state->language, error);
    SearchFold fold = fold_of(work, stemmer);
    bool full = false;
    return stemmer != NULL && search_fold_month(&fold, state, &full, error) &&
           (!full || fold_archive(work, state, error));
}

/* A new day or month by the site's calendar: what has gathered moves on. */
static bool turn(SearchWork *work, SearchState *state, bool *did, GError **error)
{
    bool dead = false, month = state->day / 100 != work->today / 100;
    *did = true;
    if (month && !store_rows_any(paper_search_docs_dead(work->store, state->language,
                                                        state->first_archive, error),
                                 &dead, error)) {
        return false;
    }
    if (month && (dead || state->next > state->first_month)) {
        return fold_archive(work, state, error);
    }
    if (!month && state->next > state->first_day) {
        return fold_month(work, state, error);
    }
    *did = false;
    state->day = work->today;
    return search_state_write(work->store, state, error);
}

/* The rules of endings come from the archive's words, so those of a new newsroom's empty one know
 * nothing: a young archive is made anew whenever its stories have doubled. */
static bool young(const SearchState *state)
{
    int64_t archived = state->first_month - state->first_archive;
    return archived < YOUNG && state->next - state->first_month > archived;
}

/* An archive to be made anew: begun, or of words that have other stems now. */
static bool is_old(const SearchState *state)
{
    return state->folding != 0 || state->stems != stemmer_version(state->language);
}

/* A long piece of work for a language, if one is due. */
static bool tend(SearchWork *work, const char *language, bool *did, GError **error)
{
    g_auto(SearchState) state = {0};
    *did = true;
    if (!search_state_read(work->store, language, &state, error)) {
        return false;
    }
    if (!state.known || is_old(&state) || (state.pending != 0 && young(&state))) {
        return fold_archive(work, &state, error);
    }
    if (state.pending != 0) {
        return store_transact(work->store, write_day_body, &state, error) &&
               (state.pending == 0 || fold_month(work, &state, error));
    }
    if (state.day != work->today) {
        return turn(work, &state, did, error);
    }
    *did = false;
    return true;
}

/* Changed stories */

typedef struct {
    SearchWork *work;
    const StorySearchRow *rows;
    guint count;
} Apply;

static bool has_language(const SearchWork *work, const char *language)
{
    return g_strv_contains((const char *const *)work->languages, language);
}

/* Masks what is known of a story. Elements of the numbers are read first: no write while rows are
 * open. */
static bool mask(SearchWork *work, int64_t story, GError **error)
{
    for (;;) {
        g_auto(SearchState) state = {0};
        g_autofree char *language = NULL;
        int64_t doc = 0, words = 0;
        {
            g_autoptr(StoreRows) rows = paper_search_docs_of_story(work->store, story, error);
            StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
            if (step != STORE_ROW) {
                return step == STORE_END;
            }
            language = store_text_copy(rows, 0);
            doc = store_number(rows, 1);
            words = store_number(rows, 2);
        }
        if (!search_state_read(work->store, language, &state, error)) {
            return false;
        }
        state.stories--;
        state.words -= words;
        state.pending = 1;
        if (!paper_search_doc_kill(work->store, language, doc, error) ||
            !search_state_write(work->store, &state, error)) {
            return false;
        }
    }
}

static bool enter(SearchWork *work, const StoryCard *card, GError **error)
{
    g_auto(SearchState) state = {0};
    if (!search_state_read(work->store, card->language, &state, error) || !state.known) {
        return state.rules != NULL; /* not indexed yet: all of the language will be */
    }
    if (!has_language(work, card->language)) {
        state.folding = 1; /* if the language comes back */
        return search_state_write(work->store, &state, error);
    }
    Stemmer *stemmer = stemmer_of(work, card->language, error);
    g_autoptr(Story) story = stemmer == NULL ? NULL : story_read(work->store, card->id, error);
    g_autofree char *prose = story == NULL ? NULL : story_search_prose(work->store, story, error);
    if (prose == NULL) {
        return false;
    }
    int64_t words = 0;
    g_autoptr(GByteArray) terms = search_doc_terms(stemmer, card, prose, &words);
    g_autoptr(GByteArray) packed = search_doc_card(card, prose);
    int64_t doc = state.next;
    state.next++;
    state.stories++;
    state.words += words;
    state.pending = 1;
    return paper_search_doc_put(work->store, card->language, doc, card->id, words, packed->data,
                                packed->len, terms->data, terms->len, error) &&
           search_state_write(work->store, &state, error);
}

static bool apply_row(SearchWork *work, const StorySearchRow *row, GError **error)
{
    g_autoptr(GError) reason = NULL;
    if (!mask(work, row->story, error)) {
        return false;
    }
    g_autoptr(StoryCard) card = story_card(work->store, row->story, work->now, &reason);
    if (card == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    bool shown = card != NULL && card->kind != STORY_KIND_PAGE;
    return (!shown || enter(work, card, error)) && story_search_done(work->store, row, error);
}

static bool apply_body(Store *store, void *data, GError **error)
{
    const Apply *apply = data;
    for (guint i = 0; i < apply->count; i++) {
        if (!apply_row(apply->work, &apply->rows[i], error)) {
            return false;
        }
    }
    return true;
}

static bool skip_body(Store *store, void *data, GError **error)
{
    const Apply *apply = data;
    for (char **language = apply->work->languages; *language != NULL; language++) {
        g_auto(SearchState) state = {0};
        if (!search_state_read(store, *language, &state, error)) {
            return false;
        }
        state.folding = 1;
        if (!search_state_write(store, &state, error)) {
            return false;
        }
    }
    for (guint i = 0; i < apply->count; i++) {
        if (!story_search_done(store, &apply->rows[i], error)) {
            return false;
        }
    }
    return true;
}

static bool apply_changes(SearchWork *work, bool *did, GError **error)
{
    g_autoptr(GArray) rows = story_search_next(work->store, work->now, STORY_SEARCH_BACKLOG, error);
    if (rows == NULL) {
        return false;
    }
    *did = rows->len > 0;
    bool many = rows->len == STORY_SEARCH_BACKLOG;
    Apply apply = {work, (const StorySearchRow *)(const void *)rows->data, rows->len};
    if (many) {
        return store_transact(work->store, skip_body, &apply, error);
    }
    apply.count = MIN(rows->len, STEP_STORIES);
    return rows->len == 0 || store_transact(work->store, apply_body, &apply, error);
}

/* Whether there is anything to do: most looks find nothing, and write nothing. */
static bool look(SearchWork *work, bool *due, GError **error)
{
    g_autoptr(GArray) rows = story_search_next(work->store, work->now, 1, error);
    if (rows == NULL) {
        return false;
    }
    *due = rows->len > 0;
    for (char **language = work->languages; !*due && *language != NULL; language++) {
        g_auto(SearchState) state = {0};
        if (!search_state_read(work->store, *language, &state, error)) {
            return false;
        }
        *due = !state.known || is_old(&state) || state.pending != 0 || state.day != work->today;
    }
    return true;
}

bool search_work_step(SearchWork *work, bool *more, GError **error)
{
    bool due = false;
    *more = false;
    if (!begin_step(work, error) || !look(work, &due, error)) {
        return false;
    }
    if (!due) {
        return true;
    }
    if (!store_transact(work->store, lease_body, work, error)) {
        return false;
    }
    if (work->leased_until == 0) {
        return true;
    }
    if (!apply_changes(work, more, error)) {
        return false;
    }
    for (char **language = work->languages; !*more && *language != NULL; language++) {
        g_autoptr(GError) reason = NULL;
        if (!tend(work, *language, more, &reason)) {
            *more = false;
            if (g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_BUSY)) {
                return true;
            }
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
    }
    return true;
}

void search_work_watch(SearchWork *work, void (*stepped)(unsigned steps, void *data), void *data)
{
    work->stepped = stepped;
    work->stepped_data = data;
}

bool search_work_all(SearchWork *work, bool *changed, GError **error)
{
    bool any = false;
    unsigned steps = 0;
    for (bool more = true; more && (work->stop == NULL || !*work->stop);) {
        if (!search_work_step(work, &more, error)) {
            return false;
        }
        any |= more;
        if (work->stepped != NULL) {
            work->stepped(++steps, work->stepped_data);
        }
    }
    *changed = any;
    return true;
}

typedef struct {
    SearchWork *work;
    const char *language;
} Forget;

static bool forget_body(Store *store, void *data, GError **error)
{
    const Forget *forget = data;
    if (!lease_body(store, forget->work, error)) {
        return false;
    }
    char **all = forget->work->leased_until > 0 ? forget->work->languages : NULL;
    for (char **language = all; language != NULL && *language != NULL; language++) {
        g_auto(SearchState) state = {0};
        if (forget->language != NULL && strcmp(forget->language, *language) != 0) {
            continue;
        }
        if (!search_state_read(store, *language, &state, error)) {
            return false;
        }
        state.folding = 1;
        if (state.known && !search_state_write(store, &state, error)) {
            return false;
        }
    }
    return true;
}

bool search_work_forget(SearchWork *work, const char *language, bool *done, GError **error)
{
    Forget forget = {work, language};
    if (!begin_step(work, error) || !store_transact(work->store, forget_body, &forget, error)) {
        return false;
    }
    *done = work->leased_until > 0;
    return true;
}

static bool clean_language(SearchWork *work, const char *language, bool *done, GError **error)
{
    g_auto(SearchState) state = {0};
    SearchFold fold = fold_of(work, NULL);
    if (!search_state_read(work->store, language, &state, error)) {
        return false;
    }
    *done = !state.known || (state.folding == 0 && state.pending == 0);
    return !state.known || !*done || search_fold_clean(&fold, &state, error);
}

bool search_work_clean(SearchWork *work, bool *done, GError **error)
{
    bool due = false;
    *done = false;
    if (!begin_step(work, error) || !look(work, &due, error) ||
        !store_transact(work->store, lease_body, work, error)) {
        return false;
    }
    *done = !due && work->leased_until > 0;
    for (char **language = work->languages; *done && *language != NULL; language++) {
        if (!clean_language(work, *language, done, error)) {
            return false;
        }
    }
    return true;
}
