/*
 * Pages that answer forms: a template of the theme (door-*.mustache) filled with what was asked,
 * answered or is wrong. The door makes them for readers (door.c), the office for whoever changes a
 * template (paper/example_page.c). What templates see is docs/theme.md, "Doors and letters".
 */
#pragma once

#include "forms/form.h"
#include "forms/site.h"
#include "theme/theme.h"

/* A page to be rendered: what is not set is not there. */
typedef struct {
    unsigned status;
    const char *template; /* "door-subscribe" */
    const char *language;
    const FormAnswer *answer; /* {{v.…}}, {{link}} */
    const FormKind *kind;     /* with `form`: its fields are {{v.…}} */
    const Form *form;
    const char *problem; /* id of an interface text */
    const char *stamp;
    const char *ticket;  /* of the answer that takes long, if it can be sent by mail */
    const char *refresh; /* of the header Refresh */
} DoorPage;

/* Appends the page. `origin` stands before addresses of the door: "" on its own pages. NOT_FOUND if
 * there is no such template; else what the template says. */
bool door_page_render(Theme *theme, const DoorSite *site, const char *origin, const DoorPage *page,
                      GString *out, GError **error);
