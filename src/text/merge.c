/* diff3 over pieces: merge.h. Cutting is piece.c, comparing difference.c. */
#include "text/merge.h"

#include "text/difference.h"
#include "text/piece.h"

#include <string.h>

/* One side's changes, and how far a walk has come in them. */
typedef struct {
    Pieces pieces;
    GArray *spans;
    unsigned next;
    int shift; /* place in the side less place in the base, behind the spans passed */
} Side;

typedef struct {
    Pieces base;
    Side mine, theirs;
    GString *out;
    const char *mine_name, *theirs_name;
    unsigned conflicts;
    bool lines; /* else sentences: a conflict is only counted */
} Merge;

/* A range of bytes. */
typedef struct {
    const char *text;
    size_t length;
} Range;

static Range range_of(const Pieces *pieces, unsigned from, unsigned to)
{
    size_t start = pieces->start[from];
    return (Range){pieces->text + start, pieces->start[to] - start};
}

static bool same(Range a, Range b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

static const DifferenceSpan *span_next(const Side *side)
{
    return side->next < side->spans->len ? &g_array_index(side->spans, DifferenceSpan, side->next)
                                         : NULL;
}

static unsigned span_start(const Side *side)
{
    const DifferenceSpan *span = span_next(side);
    return span != NULL ? span->a_at : UINT_MAX;
}

/* Takes the side's spans that touch the region up to *end, which grows; true if it did. */
static bool grow(Side *side, unsigned *end)
{
    bool grown = false;
    for (const DifferenceSpan *span = span_next(side); span != NULL && span->a_at <= *end;
         span = span_next(side)) {
        *end = MAX(*end, span->a_at + span->a_count);
        side->shift += (int)span->b_count - (int)span->a_count;
        side->next++;
        grown = true;
    }
    return grown;
}

static void side_init(Side *side, const Pieces *base)
{
    side->spans =
        difference_spans(base->number, base->count, side->pieces.number, side->pieces.count);
}

static void side_clear(Side *side)
{
    pieces_clear(&side->pieces);
    g_clear_pointer(&side->spans, g_array_unref);
}

/* An empty line before what follows. */
static void begin_paragraph(GString *out)
{
    if (out->len == 0) {
        return;
    }
    if (out->str[out->len - 1] != '\n') {
        g_string_append_c(out, '\n');
    }
    if (out->len > 1 && out->str[out->len - 2] != '\n') {
        g_string_append_c(out, '\n');
    }
}

static void mark(GString *out, const char *sign, const char *name)
{
    begin_paragraph(out);
    g_string_append(out, sign);
    if (name != NULL && *name != '\0') {
        g_autofree char *line = g_strdelimit(g_strdup(name), "\r\n", ' ');
        g_string_append_printf(out, " %s", line);
    }
    g_string_append(out, "\n\n");
}

static void run(Merge *merge, PieceKind kind, Range base, Range mine, Range theirs);

/* By sentences; false if that does not help. */
static bool finer(Merge *merge, Range base, Range mine, Range theirs)
{
    g_autoptr(GString) out = g_string_new(NULL);
    Merge inner = {.out = out};
    run(&inner, PIECE_SENTENCE, base, mine, theirs);
    if (inner.conflicts == 0) {
        g_string_append_len(merge->out, out->str, (gssize)out->len);
    }
    return inner.conflicts == 0;
}

static void conflict(Merge *merge, Range base, Range mine, Range theirs)
{
    if (merge->lines && finer(merge, base, mine, theirs)) {
        return;
    }
    merge->conflicts++;
    if (!merge->lines) {
        return;
    }
    mark(merge->out, MERGE_MINE, merge->mine_name);
    g_string_append_len(merge->out, mine.text, (gssize)mine.length);
    mark(merge->out, MERGE_THEIRS, merge->theirs_name);
    g_string_append_len(merge->out, theirs.text, (gssize)theirs.length);
    mark(merge->out, MERGE_END, NULL);
}

/* The region of the base that begins at `start` and that one or both sides changed; returns its
 * end. */
static unsigned region(Merge *merge, unsigned start)
{
    Side *mine = &merge->mine, *theirs = &merge->theirs;
    unsigned end = start;
    unsigned mine_at = (unsigned)((int)start + mine->shift);
    unsigned theirs_at = (unsigned)((int)start + theirs->shift);
    bool by_me = false, by_them = false;
    for (bool more = true; more;) {
        more = grow(mine, &end);
        by_me = by_me || more;
        bool grown = grow(theirs, &end);
        by_them = by_them || grown;
        more = more || grown;
    }
    Range a = range_of(&mine->pieces, mine_at, (unsigned)((int)end + mine->shift));
    Range b = range_of(&theirs->pieces, theirs_at, (unsigned)((int)end + theirs->shift));
    if (by_me && by_them && !same(a, b)) {
        conflict(merge, range_of(&merge->base, start, end), a, b);
    } else {
        Range taken = by_me ? a : b;
        g_string_append_len(merge->out, taken.text, (gssize)taken.length);
    }
    return end;
}

static void walk(Merge *merge)
{
    unsigned at = 0;
    for (;;) {
        unsigned start = MIN(span_start(&merge->mine), span_start(&merge->theirs));
        Range kept = range_of(&merge->base, at, MIN(start, merge->base.count));
        g_string_append_len(merge->out, kept.text, (gssize)kept.length);
        if (start == UINT_MAX) {
            return;
        }
        at = region(merge, start);
    }
}

static void run(Merge *merge, PieceKind kind, Range base, Range mine, Range theirs)
{
    g_autoptr(PieceNumbers) numbers = piece_numbers_new();
    pieces_cut(&merge->base, numbers, base.text, base.length, kind);
    pieces_cut(&merge->mine.pieces, numbers, mine.text, mine.length, kind);
    pieces_cut(&merge->theirs.pieces, numbers, theirs.text, theirs.length, kind);
    side_init(&merge->mine, &merge->base);
    side_init(&merge->theirs, &merge->base);
    walk(merge);
    side_clear(&merge->mine);
    side_clear(&merge->theirs);
    pieces_clear(&merge->base);
}

char *merge_texts(const char *base, const char *mine, const char *theirs, const char *mine_name,
                  const char *theirs_name, unsigned *conflicts)
{
    Merge merge = {.out = g_string_new(NULL),
                   .mine_name = mine_name,
                   .theirs_name = theirs_name,
                   .lines = true};
    run(&merge, PIECE_LINE, (Range){base, strlen(base)}, (Range){mine, strlen(mine)},
        (Range){theirs, strlen(theirs)});
    *conflicts = merge.conflicts;
    return g_string_free(merge.out, FALSE);
}

bool merge_marked(const char *text, unsigned *line)
{
    unsigned number = 1;
    for (const char *at = text; *at != '\0'; number++) {
        if (g_str_has_prefix(at, MERGE_MINE) || g_str_has_prefix(at, MERGE_THEIRS) ||
            g_str_has_prefix(at, MERGE_END)) {
            if (line != NULL) {
                *line = number;
            }
            return true;
        }
        const char *feed = strchr(at, '\n');
        if (feed == NULL) {
            return false;
        }
        at = feed + 1;
    }
    return false;
}
