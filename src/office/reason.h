/*
 * Why something was refused, in the language of who asked.
 *
 * An error (base/error.h) says one line in English, for a terminal and for programs. In the office
 * its sentence, the format with {1} for each argument, is the id of an interface text
 * (site/po/refusal/), which says it as the person can use it: the office's pages instead of
 * commands, moments in the newsroom's zone. Places of such a text:
 *
 *     {1}       the argument as it is
 *     {1:when}  a moment of RFC 3339, as the newspaper writes moments, in the newsroom's zone
 *     {1:word}  a word of the program ("draft", "caption"), which the text office_word_… says
 *
 * tools/check_refusals asks that each sentence has its text in each language. What has none is the
 * machine's trouble, said with the line itself, for who looks after it; or, where a person can mend
 * it (a template of the theme), the line.
 */
#pragma once

#include "office/office.h"

/* Good until the visit is answered. NULL says that the machine did not do it. */
const char *office_reason(const OfficeVisit *visit, const GError *error);

/* The same without a visit; `zone` NULL: UTC. Caller frees. */
char *office_reason_said(const char *language, GTimeZone *zone, const GError *error);
