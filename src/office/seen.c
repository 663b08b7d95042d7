/* What a form saw: seen.h. */
#include "office/seen.h"

#include "base/error.h"
#include "office/frame.h"

#include <string.h>

void seen_write(HtmlWriter *page, const OfficeVisit *visit, const char *mark, bool differs)
{
    const char *seen = fields_get(visit->fields, "seen");
    office_hidden(page, "seen", seen == NULL || differs ? mark : seen);
}

bool seen_match(const OfficeVisit *visit, const char *mark, GError **error)
{
    const char *seen = fields_get(visit->fields, "seen");
    return seen == NULL || strcmp(seen, mark) == 0 ||
           fail(error, KOLOKOL_ERROR_CONFLICT, "%s", office_text(visit, "office_seen_conflict"));
}

/* A file may have lines with CR LF, a field has none; blanks around a text do not count. */
static bool same(const char *typed, const char *stored)
{
    g_auto(GStrv) parts = g_strsplit(stored, "\r\n", -1);
    g_autofree char *a = g_strstrip(g_strdup(typed));
    g_autofree char *b = g_strstrip(g_strjoinv("\n", parts));
    return strcmp(a, b) == 0;
}

void seen_differences(HtmlWriter *page, const OfficeVisit *visit, const SeenField *fields)
{
    bool any = false;
    for (; fields->label != NULL; fields++) {
        if (same(fields->typed, fields->stored)) {
            continue;
        }
        if (!any) {
            html_element(page, "h2", office_text(visit, "office_seen_stored"));
            html_open(page, "dl");
            html_attribute(page, "class", "stored");
            any = true;
        }
        html_element(page, "dt", office_text(visit, fields->label));
        html_open(page, "dd");
        html_attribute(page, "dir", "auto");
        html_text(page, *fields->stored == '\0' ? "–" : fields->stored);
        html_close(page, "dd");
    }
    if (any) {
        html_close(page, "dl");
    }
}
