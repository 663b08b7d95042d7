/*
 * Writing the pages of the theme: the list of its files, the editor of one, a page of the newspaper
 * made with a draft. What their forms do is theme_office.c.
 */
#pragma once

#include "desk/story_desk.h"
#include "desk/theme_change.h"
#include "desk/theme_draft.h"

typedef struct {
    OfficeVisit *visit;
    ThemeHeld held;
    ThemeDraft *draft; /* the visitor's, or NULL */
} ThemeWork;

HttpReply *theme_view_list(OfficeVisit *visit, GPtrArray *files, GPtrArray *drafts);

/* The editor. `problem` (or NULL) is why what was sent was not done: then the text that was sent is
 * shown again. */
HttpReply *theme_view_editor(const ThemeWork *work, const GError *problem);

/* A page of the newspaper, or an example, in a frame, with the ways to others; `problem` in its
 * place. */
typedef struct {
    const ThemeWork *work;
    const StoryDesk *desk;
    const char *language, *kind;
    char *text; /* of a mail: its plain text; NULL for pages */
    bool narrow;
} ThemeLook;

HttpReply *theme_view_look(const ThemeLook *look, const GError *problem);
