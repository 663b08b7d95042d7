/* The greedy algorithm with its trace: difference.h. */
#include "text/difference.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
    const uint32_t *a, *b;
    int a_count, b_count;
    bool *gone, *come; /* by index of a and of b */
} Work;

/* Furthest x on the diagonals -d, -d + 2 … d after d steps. */
static int reach(const int *row, int d, int k)
{
    return row[(k + d) / 2];
}

/* Whether the way to diagonal k of step d comes from k + 1 (a piece put in). */
static bool from_above(const int *before, int d, int k)
{
    return k == -d || (k != d && reach(before, d - 1, k - 1) < reach(before, d - 1, k + 1));
}

static int slide(const Work *work, int x, int k)
{
    while (x < work->a_count && x - k < work->b_count && work->a[x] == work->b[x - k]) {
        x++;
    }
    return x;
}

static int *next_row(const Work *work, const int *before, int d, bool *end)
{
    int *row = g_new(int, d + 1);
    for (int k = -d; k <= d; k += 2) {
        int x = 0;
        if (d > 0) {
            x = from_above(before, d, k) ? reach(before, d - 1, k + 1)
                                         : reach(before, d - 1, k - 1) + 1;
        }
        x = slide(work, x, k);
        row[(k + d) / 2] = x;
        *end = *end || (x >= work->a_count && x - k >= work->b_count);
    }
    return row;
}

static void trace_back(Work *work, GPtrArray *rows)
{
    int x = work->a_count, y = work->b_count;
    for (int d = (int)rows->len - 1; d > 0; d--) {
        const int *before = rows->pdata[d - 1];
        int k = x - y;
        bool above = from_above(before, d, k);
        int from = above ? k + 1 : k - 1;
        x = reach(before, d - 1, from);
        y = x - from;
        if (above) {
            work->come[y] = true;
        } else {
            work->gone[x] = true;
        }
    }
}

/* Marks what is gone and come between the equal beginnings and ends. */
static void compare(Work *work)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    int most = (int)MIN((unsigned)(work->a_count + work->b_count), DIFFERENCE_STEPS);
    bool end = false;
    for (int d = 0; d <= most && !end; d++) {
        g_ptr_array_add(rows, next_row(work, d > 0 ? rows->pdata[d - 1] : NULL, d, &end));
    }
    if (end) {
        trace_back(work, rows);
        return;
    }
    memset(work->gone, true, (size_t)work->a_count);
    memset(work->come, true, (size_t)work->b_count);
}

static GArray *spans_of(const bool *gone, unsigned a_count, const bool *come, unsigned b_count)
{
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(DifferenceSpan));
    unsigned a = 0, b = 0;
    while (a < a_count || b < b_count) {
        DifferenceSpan span = {.a_at = a, .b_at = b};
        while (a < a_count && gone[a]) {
            a++;
        }
        while (b < b_count && come[b]) {
            b++;
        }
        span.a_count = a - span.a_at;
        span.b_count = b - span.b_at;
        if (span.a_count + span.b_count > 0) {
            g_array_append_val(spans, span);
        } else {
            a++;
            b++;
        }
    }
    return spans;
}

GArray *difference_spans(const uint32_t *a, unsigned a_count, const uint32_t *b, unsigned b_count)
{
    unsigned head = 0, tail = 0;
    while (head < a_count && head < b_count && a[head] == b[head]) {
        head++;
    }
    while (tail < a_count - head && tail < b_count - head &&
           a[a_count - tail - 1] == b[b_count - tail - 1]) {
        tail++;
    }
    g_autofree bool *gone = g_new0(bool, a_count + 1);
    g_autofree bool *come = g_new0(bool, b_count + 1);
    Work work = {.a = a + head,
                 .b = b + head,
                 .a_count = (int)(a_count - head - tail),
                 .b_count = (int)(b_count - head - tail),
                 .gone = gone + head,
                 .come = come + head};
    compare(&work);
    return spans_of(gone, a_count, come, b_count);
}
