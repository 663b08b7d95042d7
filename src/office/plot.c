/* Bars and their table: plot.h. What is drawn is the caller's. */
#include "office/plot.h"

#include "office/frame.h"
#include "theme/strings.h"

#define HEIGHT 100
#define STEP   10 /* from bar to bar */
#define BAR    7

static void bar_clear(gpointer data)
{
    PlotBar *bar = data;
    g_free(bar->label);
}

GArray *plot_bars_new(void)
{
    GArray *bars = g_array_new(FALSE, FALSE, sizeof(PlotBar));
    g_array_set_clear_func(bars, bar_clear);
    return bars;
}

void plot_bars_add(GArray *bars, char *label_taken, int64_t value, bool marked)
{
    PlotBar bar = {label_taken, MAX(value, 0), marked};
    g_array_append_val(bars, bar);
}

static const PlotBar *bar_at(const GArray *bars, guint i)
{
    return &g_array_index(bars, PlotBar, i);
}

static guint count_of(const GArray *bars)
{
    return MIN(bars->len, PLOT_MOST);
}

static int64_t highest(const GArray *bars)
{
    int64_t most = 1;
    for (guint i = 0; i < count_of(bars); i++) {
        most = MAX(most, bar_at(bars, i)->value);
    }
    return most;
}

/* Bars that are all nothing would be a line with a 1 at its top. */
static bool is_empty(const GArray *bars)
{
    for (guint i = 0; i < count_of(bars); i++) {
        if (bar_at(bars, i)->value > 0) {
            return false;
        }
    }
    return true;
}

static void number_attribute(HtmlWriter *page, const char *name, int64_t number)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);
    html_attribute(page, name, text);
}

/* What is not nothing is at least a line. */
static void write_bar(HtmlWriter *page, guint at, int64_t value, int64_t most)
{
    int64_t height = value == 0 ? 0 : MAX((int64_t)((double)value * HEIGHT / (double)most), 1);
    html_open(page, "rect");
    number_attribute(page, "x", at * STEP + (STEP - BAR) / 2);
    number_attribute(page, "y", HEIGHT - height);
    number_attribute(page, "width", BAR);
    number_attribute(page, "height", height);
    html_close(page, "rect");
}

static void write_svg(HtmlWriter *page, const GArray *bars, const char *caption)
{
    guint count = count_of(bars);
    int64_t most = highest(bars);
    g_autofree char *box = g_strdup_printf("0 0 %u %u", count * STEP, HEIGHT);
    html_open(page, "svg");
    html_attribute(page, "viewbox", box); /* an HTML parser restores the capitals (13.2.6.1) */
    html_attribute(page, "preserveaspectratio", "none");
    html_attribute(page, "role", "img");
    html_attribute(page, "aria-label", caption);
    for (guint i = 0; i < count; i++) {
        write_bar(page, i, bar_at(bars, i)->value, most);
    }
    html_close(page, "svg");
}

/* Below the plot; who does not see it has the table. */
static void write_labels(HtmlWriter *page, const GArray *bars)
{
    html_open(page, "div");
    html_attribute(page, "class", "scale");
    html_attribute(page, "aria-hidden", "true");
    for (guint i = 0; i < count_of(bars); i++) {
        html_element(page, "span", bar_at(bars, i)->marked ? bar_at(bars, i)->label : "");
    }
    html_close(page, "div");
}

static void write_table(HtmlWriter *page, const OfficeVisit *visit, const GArray *bars,
                        const char *head, const char *unit)
{
    const char *const heads[] = {head, unit, NULL};
    html_open(page, "details");
    html_element(page, "summary", office_text(visit, "office_dash_as_table"));
    html_open(page, "table");
    html_attribute(page, "class", "figures");
    office_table_head(page, visit, heads);
    html_open(page, "tbody");
    for (guint i = 0; i < count_of(bars); i++) {
        g_autofree char *number = strings_number(visit->language, bar_at(bars, i)->value);
        html_open(page, "tr");
        html_open(page, "th");
        html_attribute(page, "scope", "row");
        html_text(page, bar_at(bars, i)->label);
        html_close(page, "th");
        html_element(page, "td", number);
        html_close(page, "tr");
    }
    html_close(page, "tbody");
    html_close(page, "table");
    html_close(page, "details");
}

void plot_write(HtmlWriter *page, const OfficeVisit *visit, const GArray *bars, const char *caption,
                const char *head, const char *unit)
{
    if (is_empty(bars)) {
        html_element(page, "p", caption);
        return;
    }
    g_autofree char *most = strings_number(visit->language, highest(bars));
    html_open(page, "figure");
    html_attribute(page, "class", "plot");
    html_element(page, "figcaption", caption);
    html_open(page, "div");
    html_attribute(page, "class", "field");
    html_attribute(page, "dir", "ltr");
    html_open(page, "span");
    html_attribute(page, "class", "most");
    html_attribute(page, "aria-hidden", "true");
    html_text(page, most);
    html_close(page, "span");
    write_svg(page, bars, caption);
    write_labels(page, bars);
    html_close(page, "div");
    html_close(page, "figure");
    write_table(page, visit, bars, head, unit);
}
