/*
 * A plot: numbers as bars in an SVG of the page itself, and the same as a table, folded, for those
 * who do not see it or want the figures. No script, no style of its own: site/office/dashboard.css.
 * Time runs from left to right in every language.
 */
#pragma once

#include "office/office.h"
#include "text/html.h"

#define PLOT_MOST 48u /* bars */

typedef struct {
    char *label; /* of the bar, in the table */
    int64_t value;
    bool marked; /* its label stands below the plot too */
} PlotBar;

/* Elements PlotBar, whose labels it frees. */
GArray *plot_bars_new(void);
void plot_bars_add(GArray *bars, char *label_taken, int64_t value, bool marked);

/* `caption` says in words what the plot shows; `head` and `unit` are heads of the table. Bars above
 * PLOT_MOST are left out. Where all are 0, only the caption is written, as a paragraph. */
void plot_write(HtmlWriter *page, const OfficeVisit *visit, const GArray *bars, const char *caption,
                const char *head, const char *unit);
