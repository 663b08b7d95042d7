/*
 * An office with somebody of each role at a browser, a stranger, and something on every page: a
 * published story with photo and comment, a draft with a translation, a link for a reader outside,
 * a picture, an erasure that waits, a page, a theme file of the newsroom's own and a draft of it.
 * Persons 1 and 2 are nobody's browser, so that what is done to
 * them throws nobody out.
 */
#pragma once

#include "office_walk.h"
#include "paper/paper.h"
#include "theme/theme.h"

#define STAFFED_STRANGER ROLES
#define STAFFED_TARGETS  2u

typedef struct {
    Store *store;
    Office *office;
    Browser of[ROLES + 1]; /* the last is not signed in */
    int64_t ids[ROLES];
    char *media, *folder; /* of pictures; of the theme */
    Theme *theme;
    PaperContext context;
    PressRecipes pages;
} Staffed;

void staffed_set_up(Staffed *staffed, Store *store);
void staffed_tear_down(Staffed *staffed);

/* Somebody who may see this row: the stranger if it is public, else the first role; NULL for a row
 * of nobody. */
Browser *staffed_for(Staffed *staffed, const OfficeRoute *row);

/* Every form that anybody sees on a page that the table leads to, each action once, with the
 * browser that saw it. Fails the test where a page is not harmless. */
typedef struct {
    WalkForm *form; /* borrowed from its page's list */
    const OfficeRoute *row;
    Browser *browser;
    char path[200]; /* of its page */
} StaffedForm;

typedef struct {
    GPtrArray *pages; /* GPtrArray of WalkForm */
    GArray *forms;    /* StaffedForm */
} StaffedForms;

void staffed_forms(Staffed *staffed, StaffedForms *forms);
/* The form as its page has it now, if that still has it. */
void staffed_refresh(StaffedForms *forms, StaffedForm *form);
void staffed_forms_clear(StaffedForms *forms);

/* Every page of the table, for everybody who may see it. */
void staffed_judge_all(Staffed *staffed, const char *after);

/* Takes the reply; fails the test, saying what was sent, where it is not harmless. */
void staffed_judge(HttpReply *taken, const char *where, const char *after);

/* What ends sessions that the test needs: such a row is not sent. */
bool staffed_ends_sessions(const OfficeRoute *row);
