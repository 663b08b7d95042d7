/*
 * Counting what makes the parser slow. Nothing is changed here; the parser itself is called in
 * markdown.c.
 */
#include "text/markdown_guard.h"

#include "base/error.h"

#include <string.h>

typedef enum { QUOTES, BRACKETS, LINES, PIPES, PARENTHESES, ATS, KINDS } Kind;

static const struct {
    const char *what;
    guint64 budget; /* of the sum of squares */
} BUDGETS[KINDS] = {
    [QUOTES] = {"quotation marks in one paragraph", 100000000},
    [BRACKETS] = {"brackets in one paragraph", 200000000},
    [LINES] = {"lines in one paragraph", 1000000000},
    [PIPES] = {"columns in one row", 100000000},
    [PARENTHESES] = {"parentheses in one word", 1000000000},
    [ATS] = {"@ signs in one paragraph", 4000000000},
};

#define NESTING_BUDGET 30000000u /* levels times lines */
#define CELLS_BUDGET   100000u   /* cells that the parser makes up for rows too short */

typedef struct {
    guint64 count[KINDS]; /* in the present paragraph, line or word */
    guint64 spent[KINDS];
    guint64 lines;     /* before the present one */
    guint64 paragraph; /* the line in which the present one begins */
    guint64 depth;     /* most block markers in front of a line, about */
    guint64 prefix;    /* half levels of the present line */
    guint64 columns;   /* bars of the longest line that may be a table's second; 0: no table */
    guint64 bars;      /* of the present line */
    guint64 cells;     /* made up so far */
    guint64 bad_line;  /* where a budget was passed first; 0: nowhere */
    Kind bad_kind;
    bool in_prefix;
    bool blank;  /* nothing in this line so far */
    bool dashes; /* it has one, and nothing but what a table's second line may have */
    bool words;  /* it has something else */
} Guard;

static void spend(Guard *guard, Kind kind, guint64 line)
{
    guard->spent[kind] += guard->count[kind] * guard->count[kind];
    guard->count[kind] = 0;
    if (guard->spent[kind] > BUDGETS[kind].budget && guard->bad_line == 0) {
        guard->bad_line = line;
        guard->bad_kind = kind;
    }
}

static void end_paragraph(Guard *guard)
{
    spend(guard, QUOTES, guard->paragraph);
    spend(guard, BRACKETS, guard->paragraph);
    spend(guard, LINES, guard->paragraph);
    spend(guard, ATS, guard->paragraph);
    guard->paragraph = guard->lines + 2; /* behind the empty line */
}

/* Every row of a table gets the cells that its second line ("|-|-|") promises: a short file can
 * ask for any number of them. */
static void end_row(Guard *guard)
{
    if (guard->columns > guard->bars) {
        guard->cells += guard->columns - guard->bars;
    }
    if (guard->dashes && !guard->words) {
        guard->columns = MAX(guard->columns, guard->bars);
    }
    if (guard->blank) {
        guard->columns = 0;
    }
    guard->bars = 0;
    guard->dashes = guard->words = false;
}

static void end_line(Guard *guard)
{
    end_row(guard);
    guard->count[LINES]++;
    guard->depth = MAX(guard->depth, guard->prefix / 2);
    spend(guard, PIPES, guard->lines + 1);
    spend(guard, PARENTHESES, guard->lines + 1);
    if (guard->blank) {
        end_paragraph(guard);
    }
    guard->lines++;
    guard->in_prefix = true;
    guard->blank = true;
    guard->prefix = 0;
}

/* What a table's second line is made of, block markers before it included. */
static void count_row(Guard *guard, char c)
{
    guard->bars += c == '|';
    guard->dashes |= c == '-';
    guard->words |= strchr("|-: \t\r>*+.)0123456789", c) == NULL;
}

/* Block markers and the blanks between them: ">" is a level, a list item two columns or more. */
static void count_prefix(Guard *guard, char c)
{
    switch (c) {
    case '>':
        guard->prefix += 2;
        break;
    case '\t':
        guard->prefix += 4;
        break;
    case ' ':
    case '-':
    case '+':
    case '*':
    case '.':
    case ')':
        guard->prefix++;
        break;
    default:
        if (g_ascii_isdigit(c)) {
            guard->prefix++;
        } else {
            guard->in_prefix = false;
        }
    }
}

static void count(Guard *guard, char c)
{
    switch (c) {
    case '\n':
        end_line(guard);
        return;
    case ' ':
    case '\t':
    case '\r':
        spend(guard, PARENTHESES, guard->lines + 1);
        break;
    case '"':
    case '\'':
        guard->count[QUOTES]++;
        break;
    case '[':
        guard->count[BRACKETS]++;
        break;
    case '|':
        guard->count[PIPES]++;
        break;
    case ')':
        guard->count[PARENTHESES]++;
        break;
    case '@':
        guard->count[ATS]++;
        break;
    default:
        break;
    }
    if (c != ' ' && c != '\t' && c != '\r') {
        guard->blank = false;
    }
    count_row(guard, c);
    if (guard->in_prefix) {
        count_prefix(guard, c);
    }
}

static bool within(const Guard *guard, GError **error)
{
    if (guard->bad_line > 0) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "body, line %" G_GUINT64_FORMAT ": too many %s; divide it", guard->bad_line,
                    BUDGETS[guard->bad_kind].what);
    }
    if (guard->cells > CELLS_BUDGET) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the body has tables whose rows are too short for their columns; give the "
                    "rows all their cells, or the tables fewer columns");
    }
    if (guard->depth * guard->lines > NESTING_BUDGET) {
        return fail(error, KOLOKOL_ERROR_LIMIT,
                    "the body is too long for lists or quotations nested %" G_GUINT64_FORMAT
                    " deep; divide it into several stories",
                    guard->depth);
    }
    return true;
}

bool markdown_guard(const char *text, size_t length, GError **error)
{
    Guard guard = {.paragraph = 1, .in_prefix = true, .blank = true};
    for (size_t i = 0; i < length; i++) {
        count(&guard, text[i]);
    }
    end_line(&guard);
    end_paragraph(&guard);
    return within(&guard, error);
}
