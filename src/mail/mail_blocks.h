/* The newsletter field on pages (DESIGN 1.4): what there is to subscribe to, in the page's
 * language. */
#pragma once

#include "mail/newsletter.h"
#include "press/block.h"

/* newsletter: as signup_fill(). */
extern const PressBlock mail_newsletter_block;

/*
 * What a sign-up field needs, for one newsletter:
 *
 *   name, heading, description
 *   action       where the form is posted
 *   consent      hash of the wording (consent.h), goes with the form
 *   preview_url  newsletter/NAME/latest.html
 *   privacy_url  the privacy policy; absent without one
 *   email_label, submit_label
 */
typedef struct {
    char *name, *language, *heading, *description, *action, *privacy;
} SignupField;

/* Reads what stands around a newsletter. */
bool signup_field_load(Store *store, const Newsletter *newsletter, int64_t as_of,
                       SignupField *field, GError **error);
void signup_field_clear(SignupField *field);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SignupField, signup_field_clear)

/* Sets the keys above in a map. */
void signup_field_fill(const SignupField *field, Value *map, const char *root);
