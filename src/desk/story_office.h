/* The office's pages of stories: tables for main/office_rows.c. */
#pragma once

#include "office/office.h"

extern const OfficeRoute story_office[];       /* the list: story_office.c */
extern const OfficeRoute story_edit_office[];  /* writing one: story_edit_office.c */
extern const OfficeRoute story_state_office[]; /* its way to readers: story_state_office.c */
extern const OfficeRoute revision_office[];    /* its history: revision_office.c */
