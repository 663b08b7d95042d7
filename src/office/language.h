/* The language in which the office speaks to somebody. */
#pragma once

/* The first language of an Accept-Language header (RFC 9110 12.5.4) that has texts, by its order
 * and weights; English if there is none or `header` is NULL. Constant. */
const char *office_language(const char *header);

/* The languages of the office, ended by NULL: each has its texts. Constant. */
const char *const *office_languages(void);

/* The same constant for a tag that is one of them exactly, else NULL. */
const char *office_language_named(const char *tag);
