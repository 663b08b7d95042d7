/*
 * Issues of newsletters in the office: how the letter looks (issue_office.c), letting it go and
 * what is left uncertain (issue_send_office.c). Nothing leaves by a GET: a page asks with the
 * number of readers, its button sends; the button pressed twice sends once, and a draft that was
 * composed anew since it was looked at is shown again. The letter's HTML is a page of its own,
 * under a policy that lets it ask for nothing.
 */
#pragma once

#include "mail/issue.h"
#include "office/frame.h"

extern const OfficeRoute issue_office[], issue_send_office[]; /* for main/office_rows.c */

/* A table of issues, nothing where there are none. Elements Issue. */
void issue_office_list(HtmlWriter *page, const OfficeVisit *visit, const GPtrArray *issues,
                       GTimeZone *zone);

/* For the two files: the issue of the path, or NULL with the answer. */
Issue *issue_office_find(OfficeVisit *visit, HttpReply **wrong);

/* Its page, with a problem or NULL. */
HttpReply *issue_office_show(OfficeVisit *visit, const Issue *issue, const char *problem,
                             unsigned status);

/* The heading "weekly 3: Fog". Caller frees. */
char *issue_office_title(const Issue *issue);
