/*
 * The pictures that a body shows, with the words that their writer gave them: what a newsroom asks
 * for before readers see it. markdown_pictures() (markdown.h) finds those of a Markdown body, its
 * raw HTML included, html_pictures() those of a body in HTML. What the sanitiser leaves out because
 * it stands in an element that is dropped (an svg, say) is listed all the same. Pure; thread-safe.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char *url;      /* as written: "media:7", an address, a path */
    char *alt;      /* the text for those who do not see it, without marks; "" for none */
    char *title;    /* Markdown's, "caption | credit"; "" for none, and in HTML, where it is not
                       shown */
    bool captioned; /* HTML: its figure has a caption with words, the place for its credit */
} TextPicture;

/* An empty list that frees its TextPictures. */
GPtrArray *text_pictures_new(void);

/* Adds those of `html`, which must be UTF-8, in their order. Linear in its length. */
void html_pictures(const char *html, size_t length, GPtrArray *pictures);
