/*
 * What a theme is looked at on: for each kind of page one that the newspaper has, the newest where
 * there are many; for templates of mails, of the forms' answers, of a newsletter's pages and of the
 * stubs at old addresses examples (paper/example.h), real where the newsroom has anything, else
 * made up.
 *
 * Nothing is sent, written or counted for them, and no reader's address is read.
 */
#pragma once

#include "press/show.h"
#include "theme/theme.h"

#include <stdint.h>

typedef enum { THEME_PAGES, THEME_MAILS, THEME_ANSWERS, THEME_GROUPS } ThemeGroup;

/* A kind: its word in addresses and texts, and the template that makes it. That of an example is
 * the template's name and, where it has several, a case behind a point: "mail-gift-receipt.once".
 * A mail has another template for its plain text, TEMPLATE-text. */
typedef struct {
    const char *kind, *template;
    ThemeGroup group;
} ThemeSample;

/* By group, ended by kind NULL. */
extern const ThemeSample theme_samples[];

/* The row of that kind, or NULL. */
const ThemeSample *theme_sample_find(const char *kind);

/* "once" of "mail-gift-receipt.once"; NULL for a kind without cases. */
const char *theme_sample_case(const ThemeSample *sample);

/* Does anything of the sample come from that file of the theme? */
bool theme_sample_uses(const Theme *theme, const ThemeSample *sample, const char *file);

/* What is looked at: of which kind, in which language of the paper, when. */
typedef struct {
    const char *language, *kind;
    int64_t now;
} ThemeWish;

/* The page in memory. NOT_FOUND if the newspaper has no such page in that language yet, or there is
 * no such kind; else what the template says. */
bool theme_sample_show(Store *store, const PressRecipes *recipes, const ThemeWish *wish,
                       PressShown *shown, GError **error);

/* The plain text of a mail; NULL without an error for a page. Caller frees. */
char *theme_sample_text(Store *store, const PressRecipes *recipes, const ThemeWish *wish,
                        GError **error);
