/* Answers of the forms' door as examples: example.h. They are made by the door's own code
 * (forms/door_page.h). */
#include "forms/door_page.h"
#include "paper/example.h"

#include <string.h>

/* A page that has nothing of its own needs no row. */
typedef struct {
    const char *template, *values;
    const char *link; /* the form that it leads on to */
} Row;

static const Row *row_of(const char *template)
{
    static const Row rows[] = {
        {"door-gift-go", "amount often", "practice"},
        {"door-gift-thanks", "amount often mailed", NULL},
        {"door-gift-ended", "amount often", NULL},
        {"door-practice", "amount often", NULL},
        {"door-practice-paid", "", "thanks"},
        {"door-refused", "reason", NULL},
        {"door-remind", "email", NULL},
        {"door-subscribe", "email", NULL},
        {NULL, NULL, NULL},
    };
    const Row *row = rows;
    while (row->template != NULL && strcmp(row->template, template) != 0) {
        row++;
    }
    return row->template == NULL ? NULL : row;
}

/* What a handler would have set. An address stands in a form only when it is shown again. */
static bool fill(const PaperExample *example, FormAnswer *answer, GError **error)
{
    const Row *row = row_of(example->template);
    g_auto(GStrv) names = g_strsplit(row == NULL ? "" : row->values, " ", -1);
    for (char **name = names; *name != NULL; name++) {
        g_autoptr(GError) reason = NULL;
        g_autofree char *value = strcmp(*name, "email") == 0 && *example->which == '\0'
                                     ? NULL
                                     : paper_example_value(example, *name, &reason);
        if (reason != NULL) {
            g_propagate_error(error, g_steal_pointer(&reason));
            return false;
        }
        form_answer_text(answer, g_intern_string(*name), value);
    }
    if (row != NULL && row->link != NULL) {
        g_autofree char *link =
            g_strdup_printf("/%s/%s/" PAPER_EXAMPLE_TOKEN, example->language, row->link);
        form_answer_link(answer, link);
    }
    return true;
}

bool paper_example_answer(const PaperExample *example, GString *out, bool *made, GError **error)
{
    const PaperRun *run = example->run;
    if (theme_template(run->context->theme, example->template) == NULL) {
        return true;
    }
    g_autofree char *languages = g_strjoinv(",", run->languages);
    g_autoptr(DoorSite) site =
        door_site_new(example->site.name, run->url, languages, run->forms_urls, run->contact);
    g_autoptr(FormAnswer) answer = form_answer_new();
    g_autofree char *ticket = g_strnfill(FORM_TICKET_HEX, '0');
    bool wrong = strcmp(example->which, "problem") == 0;
    bool again = strcmp(example->template, "door-again") == 0;
    DoorPage page = {.template = example->template,
                     .language = example->language,
                     .answer = answer,
                     .problem = again   ? "door_again"
                                : wrong ? "door_missing"
                                        : NULL,
                     .ticket = ticket};
    *made = fill(example, answer, error) &&
            door_page_render(run->context->theme, site, example->site.forms_url, &page, out, error);
    return *made;
}
