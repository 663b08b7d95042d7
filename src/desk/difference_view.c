/* Differences on pages: difference_view.h. */
#include "desk/difference_view.h"

#include "text/difference_rows.h"

static void write_part(HtmlWriter *page, const DifferencePart *part)
{
    const char *element = part->kind == DIFFERENCE_LESS   ? "del"
                          : part->kind == DIFFERENCE_MORE ? "ins"
                                                          : NULL;
    if (element == NULL) {
        html_text(page, part->text);
    } else {
        html_element(page, element, part->text);
    }
}

static void write_row(HtmlWriter *page, const DifferenceRow *row)
{
    static const char *const classes[] = {
        [DIFFERENCE_SAME] = "same",       [DIFFERENCE_LESS] = "less", [DIFFERENCE_MORE] = "more",
        [DIFFERENCE_CHANGED] = "changed", [DIFFERENCE_GAP] = "gap",
    };
    html_open(page, "p");
    html_attribute(page, "class", classes[row->kind]);
    if (row->kind == DIFFERENCE_GAP) {
        g_autofree char *skipped = g_strdup_printf("… %u …", row->skipped);
        html_text(page, skipped);
    }
    for (unsigned i = 0; i < row->parts->len; i++) {
        write_part(page, row->parts->pdata[i]);
    }
    html_close(page, "p");
}

void difference_view_write(HtmlWriter *page, const char *old, const char *new, const char *language,
                           unsigned context)
{
    g_autoptr(GPtrArray) rows = difference_rows(old, new, context);
    html_open(page, "div");
    html_attribute(page, "class", "difference");
    html_attribute(page, "lang", language);
    html_attribute(page, "dir", "auto");
    for (unsigned i = 0; i < rows->len; i++) {
        write_row(page, rows->pdata[i]);
    }
    html_close(page, "div");
}
