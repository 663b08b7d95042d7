/*
 * An XML 1.0 writer: feeds, sitemaps, and other documents of ours. It does not read XML.
 *
 * Text is escaped; characters that XML 1.0 cannot hold at all (controls, U+FFFE, U+FFFF) are
 * dropped and invalid UTF-8 becomes U+FFFD, so the document is well-formed whatever it is given.
 * Mistakes of the program and the ceiling are remembered and reported by xml_writer_finish(), as in
 * html.h.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct XmlWriter XmlWriter;

#define XML_DEPTH_LIMIT 32u

/* Appends to `out` (borrowed), beginning with the XML declaration; `ceiling` in bytes, LIMIT_OBJECT
 * if 0. */
XmlWriter *xml_writer_new(GString *out, size_t ceiling);
void xml_writer_free(XmlWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(XmlWriter, xml_writer_free)

/* Names are the program's constants ("atom:link"), borrowed until closed. */
void xml_open(XmlWriter *writer, const char *element);
void xml_attribute(XmlWriter *writer, const char *name, const char *value); /* NULL adds nothing */
void xml_text(XmlWriter *writer, const char *text);                         /* NULL adds nothing */
void xml_close(XmlWriter *writer);

/* <element>text</element>; nothing at all where text is NULL. */
void xml_element(XmlWriter *writer, const char *element, const char *text);

/* Appends escaped text, good for element content and for quoted attributes. */
void xml_escape(GString *out, const char *text, size_t length);

/* INVALID if elements are open or were misused, LIMIT past the ceiling; `out` is then cut back to
 * where it began. */
bool xml_writer_finish(XmlWriter *writer, GError **error);
