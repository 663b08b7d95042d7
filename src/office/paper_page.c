/* The page "The paper": paper_page.h. It knows none of the pages it leads to. */
#include "office/paper_page.h"

#include "office/frame.h"

static void write_place(HtmlWriter *page, const OfficeVisit *visit, const OfficeRoute *row)
{
    g_autofree char *about = g_strconcat(row->paper, "_about", NULL);
    html_open(page, "li");
    html_open(page, "a");
    html_url_attribute(page, "href", row->path);
    html_text(page, office_text(visit, row->paper));
    html_close(page, "a");
    html_element(page, "small", office_text(visit, about));
    html_close(page, "li");
}

static HttpReply *answer_paper(OfficeVisit *visit)
{
    unsigned count = 0;
    const OfficeRoute *const *rows = office_rows(visit->office, &count);
    HtmlWriter *page = office_page(visit, office_text(visit, "office_paper"));
    html_open(page, "ul");
    html_attribute(page, "class", "places");
    for (unsigned i = 0; i < count; i++) {
        if (rows[i]->paper != NULL && office_may(visit, rows[i]->permission)) {
            write_place(page, visit, rows[i]);
        }
    }
    html_close(page, "ul");
    return office_page_done(visit, page, 200);
}

const OfficeRoute paper_routes[] = {
    {.name = "paper",
     .method = HTTP_GET,
     .path = "/paper",
     .permission = PERMISSION_PAPER,
     .answer = answer_paper,
     .help = "leads to all that makes the paper",
     .menu = "office_paper"},
    {.name = NULL},
};
