/*
 * The letter that an issue is: rendered once when it is frozen, with the issue's code in the place
 * of the recipient's token (theme/mail-issue.mustache and mail-issue-text.mustache), made into a
 * message once, when its first letter is composed (message_form.h); for each recipient only the
 * token, the address and the Message-ID are put in.
 */
#pragma once

#include "mail/issue.h"
#include "mail/letter.h"

/* Renders an issue's HTML and plain text, for a preview or for good. */
bool issue_text_render(Store *store, const Mailroom *room, const Issue *issue, GString *html,
                       GString *plain, GError **error);

/* The letter as it left, or, of a draft, as it would leave now: NOT_FOUND without a mailroom
 * (`room` NULL). */
bool issue_text_letter(Store *store, const Mailroom *room, const Issue *issue, GString *html,
                       GString *plain, GError **error);

typedef struct IssueText IssueText;

/* All that its letters share. NOT_FOUND; CONFLICT if it is not frozen. */
IssueText *issue_text_load(Store *store, const Mailroom *room, int64_t id, GError **error);
void issue_text_free(IssueText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(IssueText, issue_text_free)
int64_t issue_text_id(const IssueText *text);

/* One recipient's letter. */
bool issue_text_compose(IssueText *text, const Mailroom *room, const Delivery *delivery,
                        Letter *letter, GError **error);
