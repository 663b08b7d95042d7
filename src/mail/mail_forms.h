/*
 * The public's forms of newsletters (forms/form.h, docs/mail.md):
 *
 *   subscribe              newsletter, email, consent; answers "look into your mail" whoever asks
 *   confirm/TOKEN          a button; POST confirms
 *   unsubscribe/TOKEN      a button; POST ends at once, also the one click of RFC 8058
 *
 * All of them bear being sent twice.
 */
#pragma once

#include "forms/form.h"

extern const FormKind mail_form_subscribe, mail_form_confirm, mail_form_unsubscribe;
