/*
 * The pages that a new newsroom begins with: About, Contact, Corrections and a Privacy Policy made
 * from what the program stores, marked "edit before publishing" (site/starter), in each of its
 * languages; in a demo also the Tour (site/demo). A language that has no starter pages gets the
 * English ones.
 */
#pragma once

#include "desk/story_input.h"
#include "main/newsroom_desk.h"
#include "main/story_intake.h"

#include <stdio.h>

typedef struct {
    unsigned stories, pages, pictures; /* put so far */
} FirstPages;

/* They say what the paper is called in their language. Needs an open transaction. A page that is
 * refused is an error: it is ours. */
bool first_pages_put(NewsroomDesk *desk, bool demo, FILE *err, FirstPages *put, GError **error);

/* The same for the languages that have no page at all, as one that came into the site later. A page
 * becomes the translation of the first language's where that stands at its first address. */
bool first_pages_add(NewsroomDesk *desk, FILE *err, FirstPages *put, GError **error);

/* Reads an embedded Markdown file ("starter/en/about.md"); NULL with an error if it is broken. */
StoryInput *first_page_read(const char *name, GError **error);

/* CORRUPT if the intake refused anything. */
bool first_pages_all_in(const StoryIntake *intake, GError **error);
