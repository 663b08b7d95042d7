/*
 * What a form saw. A form that changes what has no version of its own carries a mark of what it
 * shows, in the hidden field "seen". It is asked for again in the transaction of the change; so of
 * two people who change one thing at once the second learns of it, has both texts before him, and
 * decides: the form that he gets back carries the new mark. A form that comes back for any other
 * reason keeps the mark that it was sent with, else a mistake in a field would hide the other's
 * change. Entity tags of the API are made of the same marks (office/api.h).
 */
#pragma once

#include "office/office.h"
#include "text/html.h"

/* The hidden field: what the visitor's form saw, if it says so, until that `differs` and he was
 * told; else `mark`, of what is stored: hash_mark()'s (seal/hash.h). */
void seen_write(HtmlWriter *page, const OfficeVisit *visit, const char *mark, bool differs);

/* CONFLICT, in words for the visitor, if the form saw something else than `mark`. A form that does
 * not say what it saw is taken: it is no page of the office. */
bool seen_match(const OfficeVisit *visit, const char *mark, GError **error);

typedef struct {
    const char *label; /* id of a text; NULL ends a list of them */
    const char *typed, *stored;
} SeenField;

/* What is stored now, of the fields that say something else; nothing if none does. */
void seen_differences(HtmlWriter *page, const OfficeVisit *visit, const SeenField *fields);
