/*
 * The theme in the office: the newsroom's own templates and styles in the place of the program's
 * (theme/theme.h), changed as text, looked at on pages of the newspaper, saved into theme/.
 *
 * Looking at a file keeps it as a draft of the visitor's (theme_draft.h) and makes the page by the
 * press's own recipes with that one file tried over the theme (theme_try(), press_show()): no
 * edition, object or book is touched, and the theme is as before when the answer is there. Mails
 * and the forms' answers are looked at on examples (theme_sample.h), under the same policy. Saving
 * is theme_change.h; who saves over a file that somebody else has changed since is asked first.
 */
#pragma once

#include "office/office.h"

extern const OfficeRoute theme_office[];
