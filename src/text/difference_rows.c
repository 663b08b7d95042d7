/* Paragraphs first, words within what changed: difference_rows.h. */
#include "text/difference_rows.h"

#include "text/difference.h"
#include "text/piece.h"

#include <stdbool.h>
#include <string.h>

#define LINE_END "¶"

static void part_free(void *data)
{
    DifferencePart *part = data;
    g_free(part->text);
    g_free(part);
}

static void row_free(void *data)
{
    DifferenceRow *row = data;
    g_ptr_array_unref(row->parts);
    g_free(row);
}

static DifferenceRow *row_new(DifferenceKind kind)
{
    DifferenceRow *row = g_new0(DifferenceRow, 1);
    row->kind = kind;
    row->parts = g_ptr_array_new_with_free_func(part_free);
    return row;
}

static void part_add(DifferenceRow *row, DifferenceKind kind, const char *text, size_t length)
{
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) {
        length--;
    }
    if (length == 0) {
        return;
    }
    DifferencePart *last = row->parts->len > 0 ? row->parts->pdata[row->parts->len - 1] : NULL;
    if (last != NULL && last->kind == kind) {
        char *joined = g_strdup_printf("%s%.*s", last->text, (int)length, text);
        g_free(last->text);
        last->text = joined;
        return;
    }
    DifferencePart *part = g_new0(DifferencePart, 1);
    part->kind = kind;
    part->text = g_strndup(text, length);
    g_ptr_array_add(row->parts, part);
}

/* A row is of the kind of its parts if they are of one. Empty rows are dropped. */
static void row_end(GPtrArray *rows, DifferenceRow *row)
{
    bool blank = true;
    for (unsigned i = 0; i < row->parts->len; i++) {
        const DifferencePart *part = row->parts->pdata[i];
        blank = blank && part->text[strspn(part->text, " \t\r\n")] == '\0';
        row->kind = i == 0 || row->kind == part->kind ? part->kind : DIFFERENCE_CHANGED;
    }
    if (blank) {
        row_free(row);
        return;
    }
    g_ptr_array_add(rows, row);
}

static void lines_add(GPtrArray *rows, const Pieces *lines, unsigned from, unsigned count,
                      DifferenceKind kind)
{
    for (unsigned i = from; i < from + count; i++) {
        DifferenceRow *row = row_new(kind);
        part_add(row, kind, lines->text + lines->start[i], lines->start[i + 1] - lines->start[i]);
        row_end(rows, row);
    }
}

/* A line's end that went or came, unless it is one of several together. */
static void line_end_add(DifferenceRow *row, DifferenceKind kind)
{
    const DifferencePart *last =
        row->parts->len > 0 ? row->parts->pdata[row->parts->len - 1] : NULL;
    if (last != NULL && !g_str_has_suffix(last->text, LINE_END)) {
        part_add(row, kind, LINE_END, strlen(LINE_END));
    }
}

/* Puts words into the last row; a line feed ends it, unless it is one that is gone. */
static void words_add(GPtrArray *rows, DifferenceRow **row, const Pieces *words, unsigned from,
                      unsigned count, DifferenceKind kind)
{
    for (unsigned i = from; i < from + count; i++) {
        const char *word = words->text + words->start[i];
        size_t length = words->start[i + 1] - words->start[i];
        if (*word == '\n') {
            if (kind != DIFFERENCE_SAME) {
                line_end_add(*row, kind);
            }
            if (kind != DIFFERENCE_LESS) {
                row_end(rows, *row);
                *row = row_new(DIFFERENCE_SAME);
            }
            continue;
        }
        part_add(*row, kind, word, length);
    }
}

static size_t bytes_same(const Pieces *old, const GArray *spans)
{
    size_t same = old->start[old->count];
    for (unsigned i = 0; i < spans->len; i++) {
        const DifferenceSpan *span = &g_array_index(spans, DifferenceSpan, i);
        same -= old->start[span->a_at + span->a_count] - old->start[span->a_at];
    }
    return same;
}

/* Word by word; false if the texts have too little in common for that to be readable. */
static bool change_by_words(GPtrArray *rows, const Pieces *old, const Pieces *new)
{
    g_autoptr(GArray) spans = difference_spans(old->number, old->count, new->number, new->count);
    size_t smaller = MIN(old->start[old->count], new->start[new->count]);
    if (bytes_same(old, spans) * 3 < smaller) {
        return false;
    }
    DifferenceRow *row = row_new(DIFFERENCE_SAME);
    unsigned at = 0;
    for (unsigned i = 0; i < spans->len; i++) {
        const DifferenceSpan *span = &g_array_index(spans, DifferenceSpan, i);
        words_add(rows, &row, old, at, span->a_at - at, DIFFERENCE_SAME);
        words_add(rows, &row, old, span->a_at, span->a_count, DIFFERENCE_LESS);
        words_add(rows, &row, new, span->b_at, span->b_count, DIFFERENCE_MORE);
        at = span->a_at + span->a_count;
    }
    words_add(rows, &row, old, at, old->count - at, DIFFERENCE_SAME);
    row_end(rows, row);
    return true;
}

static void change_add(GPtrArray *rows, const Pieces *old, const Pieces *new,
                       const DifferenceSpan *span)
{
    const char *old_text = old->text + old->start[span->a_at];
    const char *new_text = new->text + new->start[span->b_at];
    g_autoptr(PieceNumbers) numbers = piece_numbers_new();
    g_auto(Pieces) old_words = {0};
    g_auto(Pieces) new_words = {0};
    pieces_cut(&old_words, numbers, old_text,
               old->start[span->a_at + span->a_count] - old->start[span->a_at], PIECE_WORD);
    pieces_cut(&new_words, numbers, new_text,
               new->start[span->b_at + span->b_count] - new->start[span->b_at], PIECE_WORD);
    if (span->a_count == 0 || span->b_count == 0 ||
        !change_by_words(rows, &old_words, &new_words)) {
        lines_add(rows, old, span->a_at, span->a_count, DIFFERENCE_LESS);
        lines_add(rows, new, span->b_at, span->b_count, DIFFERENCE_MORE);
    }
}

/* Leaves `context` unchanged rows at each change; what is between them becomes one gap. */
static GPtrArray *with_gaps(GPtrArray *all, unsigned context)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
    g_autofree bool *kept = g_new0(bool, all->len + 1);
    for (unsigned i = 0; i < all->len; i++) {
        const DifferenceRow *row = all->pdata[i];
        for (unsigned j = i > context ? i - context : 0;
             row->kind != DIFFERENCE_SAME && j < all->len && j <= i + context; j++) {
            kept[j] = true;
        }
    }
    DifferenceRow *gap = NULL;
    for (unsigned i = 0; i < all->len; i++) {
        if (kept[i]) {
            g_ptr_array_add(rows, all->pdata[i]);
            gap = NULL;
            continue;
        }
        if (gap == NULL) {
            gap = row_new(DIFFERENCE_GAP);
            g_ptr_array_add(rows, gap);
        }
        gap->skipped++;
        row_free(all->pdata[i]);
    }
    g_ptr_array_set_free_func(all, NULL);
    g_ptr_array_unref(all);
    return rows;
}

GPtrArray *difference_rows(const char *old, const char *new, unsigned context)
{
    g_autoptr(PieceNumbers) numbers = piece_numbers_new();
    g_auto(Pieces) a = {0};
    g_auto(Pieces) b = {0};
    pieces_cut(&a, numbers, old, strlen(old), PIECE_LINE);
    pieces_cut(&b, numbers, new, strlen(new), PIECE_LINE);
    g_autoptr(GArray) spans = difference_spans(a.number, a.count, b.number, b.count);
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
    unsigned at = 0;
    bool changed = false;
    for (unsigned i = 0; i < spans->len; i++) {
        const DifferenceSpan *span = &g_array_index(spans, DifferenceSpan, i);
        lines_add(rows, &a, at, span->a_at - at, DIFFERENCE_SAME);
        unsigned before = rows->len;
        change_add(rows, &a, &b, span);
        for (unsigned j = before; j < rows->len; j++) {
            changed = changed || ((DifferenceRow *)rows->pdata[j])->kind != DIFFERENCE_SAME;
        }
        at = span->a_at + span->a_count;
    }
    lines_add(rows, &a, at, a.count - at, DIFFERENCE_SAME);
    if (!changed) {
        g_ptr_array_set_size(rows, 0);
    }
    return with_gaps(rows, context);
}
