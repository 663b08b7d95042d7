/* Narrowing a list of stories: story_filter.h. */
#include "desk/story_filter.h"

#include "desk/section.h"
#include "office/frame.h"

#include <string.h>

void story_filter_open(HtmlWriter *page, const OfficeVisit *visit, const char *name,
                       const char *label, const char *any)
{
    html_open(page, "label");
    html_text(page, office_text(visit, label));
    html_open(page, "select");
    html_attribute(page, "name", name);
    office_option(page, "", office_text(visit, any), false);
}

void story_filter_close(HtmlWriter *page)
{
    html_close(page, "select");
    html_close(page, "label");
}

bool story_filter_places(HtmlWriter *page, const OfficeVisit *visit, const StoryDesk *desk,
                         const char *section, const char *language, GError **error)
{
    story_filter_open(page, visit, "section", "office_section", "office_any");
    for (char **of = desk->languages; *of != NULL; of++) {
        g_autoptr(GPtrArray) sections = section_list(visit->store, *of, error);
        if (sections == NULL) {
            return false;
        }
        for (unsigned i = 0; i < sections->len; i++) {
            const Section *each = sections->pdata[i];
            office_option(page, each->slug, each->name, strcmp(each->slug, section) == 0);
        }
    }
    story_filter_close(page);
    story_filter_open(page, visit, "language", "office_language", "office_any");
    for (char **of = desk->languages; *of != NULL; of++) {
        office_option(page, *of, *of, strcmp(*of, language) == 0);
    }
    story_filter_close(page);
    return true;
}
