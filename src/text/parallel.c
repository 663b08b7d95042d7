/* Texts beside each other: parallel.h. Differences within a paragraph are difference_rows.c. */
#include "text/parallel.h"

#include "text/difference.h"

#include <stdbool.h>
#include <string.h>

static void row_free(void *data)
{
    ParallelRow *row = data;
    g_free(row->before);
    g_free(row->original);
    g_free(row->translation);
    g_free(row);
}

/* ---- Paragraphs ----------------------------------------------------------------------------- */

static bool blank(const char *line, size_t length)
{
    return strspn(line, " \t\r\n") >= length;
}

static bool fence(const char *line)
{
    return strncmp(line, "```", 3) == 0 || strncmp(line, "~~~", 3) == 0;
}

static void end_paragraph(GPtrArray *all, GString *open)
{
    while (open->len > 0 && strchr("\r\n", open->str[open->len - 1]) != NULL) {
        g_string_truncate(open, open->len - 1);
    }
    if (open->len > 0) {
        g_ptr_array_add(all, g_strdup(open->str));
    }
    g_string_truncate(open, 0);
}

static GPtrArray *paragraphs(const char *text)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) open = g_string_new(NULL);
    bool code = false;
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        length += text[length] == '\n';
        code = fence(text) ? !code : code;
        if (blank(text, length) && !code) {
            end_paragraph(all, open);
        } else {
            g_string_append_len(open, text, (gssize)length);
        }
        text += length;
    }
    end_paragraph(all, open);
    return all;
}

/* Equal paragraphs have equal numbers. Caller frees. */
static uint32_t *numbers(GHashTable *known, const GPtrArray *all)
{
    uint32_t *row = g_new(uint32_t, all->len + 1);
    for (guint i = 0; i < all->len; i++) {
        gpointer number = g_hash_table_lookup(known, all->pdata[i]);
        if (number == NULL) {
            number = GUINT_TO_POINTER(g_hash_table_size(known) + 1);
            g_hash_table_insert(known, all->pdata[i], number);
        }
        row[i] = GPOINTER_TO_UINT(number);
    }
    return row;
}

/* ---- Which paragraph translates which ------------------------------------------------------- */

typedef struct {
    guint from, to;
} Range;

typedef struct {
    GPtrArray *before, *now, *translation, *rows;
    Range *of;   /* of each paragraph before: those of the translation */
    guint taken; /* of the translation: in a row already */
} Pairing;

static bool heading(const GPtrArray *all, guint at)
{
    return *(const char *)all->pdata[at] == '#';
}

static guint next_heading(const GPtrArray *all, guint at)
{
    while (at < all->len && !heading(all, at)) {
        at++;
    }
    return at;
}

static guint headings(const GPtrArray *all)
{
    guint count = 0;
    for (guint i = 0; i < all->len; i++) {
        count += heading(all, i);
    }
    return count;
}

/* One each in order; the last of the stretch takes what is left over. */
static void pair(Pairing *pairing, Range before, Range translation)
{
    for (guint i = before.from; i < before.to; i++) {
        guint from = MIN(translation.from + (i - before.from), translation.to);
        pairing->of[i] =
            (Range){from, i + 1 == before.to ? translation.to : MIN(from + 1, translation.to)};
    }
}

static void pair_all(Pairing *pairing)
{
    const GPtrArray *before = pairing->before, *translation = pairing->translation;
    bool alike = headings(before) == headings(translation);
    Range a = {0, alike ? next_heading(before, 0) : before->len};
    Range b = {0, alike ? next_heading(translation, 0) : translation->len};
    pair(pairing, a, b);
    while (a.to < before->len) {
        a = (Range){a.to, next_heading(before, a.to + 1)};
        b = (Range){b.to, next_heading(translation, b.to + 1)};
        pair(pairing, a, b);
    }
}

/* ---- Rows ----------------------------------------------------------------------------------- */

static char *text_at(const GPtrArray *all, guint at)
{
    return g_strdup(all->pdata[at]);
}

static void add(Pairing *pairing, ParallelKind kind, char *before, char *original,
                char *translation)
{
    ParallelRow *row = g_new(ParallelRow, 1);
    *row = (ParallelRow){kind, before, original, translation};
    g_ptr_array_add(pairing->rows, row);
}

static void add_alone(Pairing *pairing, guint to)
{
    while (pairing->taken < to) {
        add(pairing, PARALLEL_ALONE, NULL, NULL, text_at(pairing->translation, pairing->taken++));
    }
}

/* The row of a paragraph that there was, with its translation. Takes both texts. */
static void add_paired(Pairing *pairing, ParallelKind kind, guint at, char *before, char *original)
{
    Range range = pairing->of[at];
    add_alone(pairing, range.from);
    bool has = range.from < range.to && pairing->taken < range.to;
    add(pairing, kind, before, original,
        has ? text_at(pairing->translation, pairing->taken++) : NULL);
    add_alone(pairing, range.to);
}

static void add_span(Pairing *pairing, const DifferenceSpan *span)
{
    for (guint i = 0; i < MAX(span->a_count, span->b_count); i++) {
        guint a = span->a_at + i, b = span->b_at + i;
        if (i >= span->a_count) {
            add(pairing, PARALLEL_NEW, NULL, text_at(pairing->now, b), NULL);
        } else if (i >= span->b_count) {
            add_paired(pairing, PARALLEL_GONE, a, text_at(pairing->before, a), NULL);
        } else {
            add_paired(pairing, PARALLEL_CHANGED, a, text_at(pairing->before, a),
                       text_at(pairing->now, b));
        }
    }
}

GPtrArray *parallel_rows(const char *before, const char *now, const char *translation)
{
    g_autoptr(GPtrArray) a = paragraphs(before);
    g_autoptr(GPtrArray) b = paragraphs(now);
    g_autoptr(GPtrArray) t = paragraphs(translation);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree uint32_t *a_numbers = numbers(known, a);
    g_autofree uint32_t *b_numbers = numbers(known, b);
    g_autofree Range *of = g_new0(Range, a->len + 1);
    g_autoptr(GArray) spans = difference_spans(a_numbers, a->len, b_numbers, b->len);
    Pairing pairing = {.before = a,
                       .now = b,
                       .translation = t,
                       .of = of,
                       .rows = g_ptr_array_new_with_free_func(row_free)};
    guint at = 0;
    pair_all(&pairing);
    for (guint i = 0; i <= spans->len; i++) {
        const DifferenceSpan *span =
            i == spans->len ? NULL : &g_array_index(spans, DifferenceSpan, i);
        for (guint end = span == NULL ? a->len : span->a_at; at < end; at++) {
            add_paired(&pairing, PARALLEL_SAME, at, NULL, text_at(a, at));
        }
        if (span != NULL) {
            add_span(&pairing, span);
            at = span->a_at + span->a_count;
        }
    }
    add_alone(&pairing, t->len);
    return pairing.rows;
}
