/*
 * The shape of the tables that tools/pogen makes from site/po/ at build time. Only strings.c and
 * the generated file include this; everybody else asks strings.h.
 */
#pragma once

#include <stddef.h>

#define STRINGS_FORMS 6 /* CLDR has at most six plural categories for whole numbers */

typedef struct {
    const char *id;
    const char *forms[STRINGS_FORMS]; /* the first is the text of an id without plural */
} StringsRow;

typedef struct {
    const char *language;
    const char *categories[STRINGS_FORMS]; /* the CLDR name of each form, NULL after the last */
    const StringsRow *rows;                /* sorted by the bytes of the ids */
    size_t count;
} StringsTable;

extern const StringsTable strings_tables[]; /* sorted by language */
extern const size_t strings_table_count;
