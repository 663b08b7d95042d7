/*
 * What the pages of newsletters say, read once for both forms: newsletter_page.c makes the pages of
 * it, newsletter_text.c the texts beside them. Each call names what it reads as inputs of the page
 * (newsletter:NAME, issues:NAME, issue:NAME/N, list:all/LANG).
 */
#pragma once

#include "mail/issue.h"
#include "mail/issue_content.h"
#include "mail/newsletter.h"
#include "press/page.h"

#define PAPER_ISSUES 200u /* on the list of issues: four years of weeks */

/* The record. *newsletter stays NULL (and true) if there is none, or if the site does not have its
 * language. */
bool paper_newsletter(PressPage *press, const char *name, Newsletter **newsletter, GError **error);

/* Its issues that have left, newest first, at most `most`. Elements Issue. */
GPtrArray *paper_newsletter_issues(PressPage *press, const Newsletter *newsletter, unsigned most,
                                   GError **error);

/* Key "NAME/N": one issue and its newsletter. Both stay NULL (and true) if it is not there. */
bool paper_newsletter_issue_of(PressPage *press, const char *key, Newsletter **newsletter,
                               Issue **issue, GError **error);

/* Its newest issue, a composed one too: for the office alone, as it is no input of pages. *issue
 * stays NULL (and true) if there is none. */
bool paper_newsletter_newest(PressPage *press, const Newsletter *newsletter, Issue **issue,
                             GError **error);

/* A sample of the newest stories; *content stays NULL (and true) without any. */
bool paper_newsletter_sample(PressPage *press, const Newsletter *newsletter, IssueContent **content,
                             GError **error);

/* What there is to subscribe to in a language (elements Newsletter). */
GPtrArray *paper_newsletters_of(PressPage *press, const char *language, GError **error);
