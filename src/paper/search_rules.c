/* Learning and applying endings: search_rules.h. */
#include "paper/search_rules.h"

#include <string.h>

#define LEAST  3u    /* words that a rule must set right */
#define ONE_IN 1500u /* and this part of all words */
#define SAMPLE 30000u

typedef struct {
    unsigned strip; /* letters */
    char *add;
} Rule;

struct SearchRules {
    GHashTable *rules; /* ending → Rule */
};

static void rule_free(gpointer data)
{
    Rule *rule = data;
    g_free(rule->add);
    g_free(rule);
}

static SearchRules *rules_new(void)
{
    SearchRules *rules = g_new(SearchRules, 1);
    rules->rules = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, rule_free);
    return rules;
}

void search_rules_free(SearchRules *rules)
{
    if (rules != NULL) {
        g_hash_table_unref(rules->rules);
        g_free(rules);
    }
}

static void rules_put(SearchRules *rules, const char *ending, unsigned strip, const char *add)
{
    Rule *rule = g_new(Rule, 1);
    *rule = (Rule){strip, g_strdup(add)};
    g_hash_table_replace(rules->rules, g_strdup(ending), rule);
}

/* The last `count` letters of a form, NULL if it has not as many. */
static const char *last_letters(const char *form, size_t length, unsigned count)
{
    const char *at = form + length;
    for (; count > 0; count--) {
        if (at == form) {
            return NULL;
        }
        at = g_utf8_prev_char(at);
    }
    return at;
}

/* What turns a form into its stem: "2 y" is less two letters, plus y. Caller frees. */
static char *action_of(const char *form, const char *stem)
{
    const char *f = form, *s = stem;
    while (*f != '\0' && g_utf8_get_char(f) == g_utf8_get_char(s)) {
        f = g_utf8_next_char(f);
        s = g_utf8_next_char(s);
    }
    return g_strdup_printf("%ld %s", g_utf8_strlen(f, -1), s);
}

static void tally(GHashTable *endings, const char *form, const char *stem)
{
    g_autofree char *action = action_of(form, stem);
    size_t length = strlen(form);
    for (unsigned letters = 0; letters <= SEARCH_ENDING; letters++) {
        const char *ending = last_letters(form, length, letters);
        if (ending == NULL) {
            return;
        }
        GHashTable *actions = g_hash_table_lookup(endings, ending);
        if (actions == NULL) {
            actions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
            g_hash_table_insert(endings, g_strdup(ending), actions);
        }
        gpointer count = g_hash_table_lookup(actions, action);
        g_hash_table_replace(actions, g_strdup(action),
                             GUINT_TO_POINTER(GPOINTER_TO_UINT(count) + 1));
    }
}

/* The commonest action; of equal ones the first in byte order. */
static const char *best_of(GHashTable *actions, unsigned *count)
{
    const char *best = NULL;
    unsigned most = 0;
    GHashTableIter iter;
    gpointer action = NULL, number = NULL;
    g_hash_table_iter_init(&iter, actions);
    while (g_hash_table_iter_next(&iter, &action, &number)) {
        unsigned n = GPOINTER_TO_UINT(number);
        if (n > most || (n == most && best != NULL && strcmp(action, best) < 0)) {
            best = action;
            most = n;
        }
    }
    *count = most;
    return best;
}

static int by_length(gconstpointer a, gconstpointer b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    long difference = g_utf8_strlen(x, -1) - g_utf8_strlen(y, -1);
    return difference != 0 ? (difference < 0 ? -1 : 1) : strcmp(x, y);
}

/* Endings from the shortest to the longest; each takes over what the next shorter one does, unless
 * enough words speak for another action. */
static void choose(SearchRules *rules, GHashTable *endings, unsigned least)
{
    g_autoptr(GHashTable) effective = g_hash_table_new(g_str_hash, g_str_equal);
    guint count = 0;
    g_autofree gpointer *names = g_hash_table_get_keys_as_array(endings, &count);
    qsort(names, count, sizeof *names, by_length);
    for (guint i = 0; i < count; i++) {
        const char *ending = names[i];
        GHashTable *actions = g_hash_table_lookup(endings, ending);
        const char *shorter = *ending == '\0' ? NULL : g_utf8_next_char(ending);
        const char *inherited = shorter == NULL ? "0 " : g_hash_table_lookup(effective, shorter);
        unsigned best_count = 0;
        const char *best = best_of(actions, &best_count);
        unsigned kept = GPOINTER_TO_UINT(g_hash_table_lookup(actions, inherited));
        if (best_count >= kept + least && g_hash_table_size(rules->rules) < SEARCH_RULES_MOST) {
            char *add = NULL;
            unsigned strip = (unsigned)strtoul(best, &add, 10);
            rules_put(rules, ending, strip, add + 1);
            inherited = best;
        }
        g_hash_table_insert(effective, names[i], (gpointer)(uintptr_t)inherited);
    }
}

SearchRules *search_rules_learn(const GPtrArray *pairs)
{
    SearchRules *rules = rules_new();
    g_autoptr(GHashTable) endings =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    guint words = pairs->len / 2, taken = 0;
    guint each = words / SAMPLE + 1;
    for (guint i = 0; i < words; i++) {
        const char *form = pairs->pdata[2 * i];
        if (search_hash(form) / 4096 % each == 0) {
            tally(endings, form, pairs->pdata[2 * i + 1]);
            taken++;
        }
    }
    choose(rules, endings, MAX(LEAST, taken / ONE_IN));
    return rules;
}

SearchRules *search_rules_read(SearchReader *reader)
{
    SearchRules *rules = rules_new();
    uint64_t count = search_get_number(reader);
    for (uint64_t i = 0; i < count && !reader->bad; i++) {
        g_autofree char *ending = search_get_text(reader);
        unsigned strip = search_get_byte(reader);
        g_autofree char *add = search_get_text(reader);
        rules_put(rules, ending, strip, add);
    }
    return rules;
}

void search_rules_write(const SearchRules *rules, GByteArray *out)
{
    guint count = 0;
    g_autofree gpointer *names = g_hash_table_get_keys_as_array(rules->rules, &count);
    qsort(names, count, sizeof *names, by_length);
    search_put_number(out, count);
    for (guint i = 0; i < count; i++) {
        const Rule *rule = g_hash_table_lookup(rules->rules, names[i]);
        search_put_text(out, names[i], strlen(names[i]));
        search_put_number(out, rule->strip);
        search_put_text(out, rule->add, strlen(rule->add));
    }
}

char *search_rules_apply(const SearchRules *rules, const char *form)
{
    size_t length = strlen(form);
    for (unsigned letters = SEARCH_ENDING + 1; letters-- > 0;) {
        const char *ending = last_letters(form, length, letters);
        const Rule *rule = ending == NULL ? NULL : g_hash_table_lookup(rules->rules, ending);
        if (rule != NULL) {
            const char *cut = last_letters(form, length, rule->strip);
            char *stem =
                cut == NULL ? NULL : g_strdup_printf("%.*s%s", (int)(cut - form), form, rule->add);
            if (stem != NULL && *stem != '\0') {
                return stem;
            }
            g_free(stem);
            return g_strdup(form);
        }
    }
    return g_strdup(form);
}
