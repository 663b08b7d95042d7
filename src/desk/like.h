/*
 * Patterns for LIKE … ESCAPE '!' in this folder's searches. Both sides are brought to one case
 * before, since the engines fold differently.
 */
#pragma once

/* A word, standing anywhere and taken as it is: "%word%" with "!", "%" and "_" escaped. `around`
 * stands on both sides of it: " " for a whole word of a list parted by blanks. Caller frees. */
char *desk_like(const char *word, const char *around);
