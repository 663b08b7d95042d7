/* Which language a page is about: language_choice.h. */
#include "desk/language_choice.h"

#include "base/error.h"
#include "office/frame.h"

#include <string.h>

const char *language_choice(const OfficeVisit *visit, const StoryDesk *desk, GError **error)
{
    const char *asked = office_field(visit, "language");
    asked = *asked == '\0' ? office_asked(visit, "language") : asked;
    asked = *asked == '\0' ? desk_site_first_language(&desk->site) : asked;
    if (!desk_site_has_language(&desk->site, asked)) {
        fail(error, KOLOKOL_ERROR_INVALID, "the newspaper has no language \"%.20s\"", asked);
        return NULL;
    }
    return asked;
}

void language_choice_write(HtmlWriter *page, const OfficeVisit *visit, const StoryDesk *desk,
                           const char *language, const char *path)
{
    if (desk->languages[1] == NULL) {
        return;
    }
    html_open(page, "nav");
    html_attribute(page, "class", "ways");
    html_attribute(page, "aria-label", office_text(visit, "office_language"));
    for (char **each = desk->languages; *each != NULL; each++) {
        g_autofree char *address = g_strconcat(path, "?language=", *each, NULL);
        html_open(page, "a");
        html_url_attribute(page, "href", address);
        html_attribute(page, "aria-current", strcmp(*each, language) == 0 ? "true" : NULL);
        html_text(page, *each);
        html_close(page, "a");
        html_text(page, " ");
    }
    html_close(page, "nav");
}
