/*
 * The sanitiser: the last step of every body, whether it was Markdown, imported HTML or our own
 * renderer's output.
 *
 * It reads HTML and writes it anew from an allow-list (sanitise_rules.c). What comes out consists
 * only of elements and attributes of that list, nested as HTML allows, every value quoted and
 * escaped; so its safety does not rest on having understood the input. Promises, each with a test:
 *  - no script, style, form, embedded or foreign (SVG, MathML) content, no on…, no style attribute,
 *    no class but those of Kolokol's own Markdown;
 *  - links are relative or http, https, mailto, tel; those to other hosts carry rel="noopener
 *    noreferrer"; there is no target;
 *  - no request to another host: pictures have relative addresses (a picture elsewhere becomes a
 *    link with its alternative text, an iframe a link with its host's name);
 *  - an id gets the prefix "u-" unless it is one of our footnotes' (fn-, fnref-), so that it cannot
 *    stand for a property of the document ("DOM clobbering"); links to it follow;
 *  - an HTML parser reads the output back as the same tree, and sanitising it again changes nothing
 *    (no mutation XSS);
 *  - time and memory are linear in the input, recursion none. Deeper nesting than
 *    SANITISE_DEPTH_LIMIT is flattened: the text stays.
 * Headings are h2 to h6, the page's headline being its h1. Relative addresses pass through the
 * resolver, if there is one.
 */
#pragma once

#include "text/html.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define SANITISE_DEPTH_LIMIT 64u /* blocks open at once */

/* What was left out, for a report to the editor. */
typedef enum {
    SANITISE_PICTURE_MISSING, /* the resolver does not know it: dropped */
    SANITISE_PICTURE_REMOTE,  /* on another host: became a link */
    SANITISE_LINK_REFUSED,    /* not a kind of address that is allowed: its text stays */
    SANITISE_ELEMENT_DROPPED, /* with its content; `what` is its name */
} SanitiseNotice;

/* A picture as the page shows it; the sanitiser frees the strings. 0 and NULL: unknown, left out.
 * With a srcset it becomes a picture element whose source has these three, before the img. */
typedef struct {
    char *url;  /* of the img */
    char *type; /* "image/avif" */
    char *srcset;
    char *sizes;
    unsigned width;
    unsigned height;
} SanitisePicture;

/*
 * How addresses of the author become addresses of the edition. Each part may be NULL. May be asked
 * several times for one destination and must answer the same.
 */
typedef struct {
    /* `destination` as written (relative, web or "media:ID"). False: not ours. Without this
     * function relative addresses stand as they are, and nobody knows a "media:ID". */
    bool (*picture)(const char *destination, SanitisePicture *picture, void *data);
    /* The address to write for a relative or web link (g_free'd by the caller); NULL: no link, the
     * text stays. Never asked for "#…", mailto and tel. */
    char *(*link)(const char *destination, void *data);
    void (*notice)(SanitiseNotice notice, const char *what, void *data);
    void *data;
} SanitiseResolver;

void sanitise_picture_clear(SanitisePicture *picture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SanitisePicture, sanitise_picture_clear)

/* `resolver` may be NULL. Errors: LIMIT (LIMIT_BODY, or more than twice that as output), INVALID (a
 * NUL byte or invalid UTF-8; the message says where). */
bool sanitise_html(const char *html, size_t length, const SanitiseResolver *resolver, SafeHtml *out,
                   GError **error);

/* The same without the ceiling of LIMIT_BODY on the input and without checking its encoding, for
 * markup that a caller in this folder has just made (markdown.c). */
bool sanitise_own_html(const char *html, size_t length, const SanitiseResolver *resolver,
                       SafeHtml *out, GError **error);
