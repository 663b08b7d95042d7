/* The blocks of fund on pages: the call to support in the masthead, the campaign's letter, and the
 * contribution form (DESIGN 1.1, 1.5, 1.6). */
#pragma once

#include "press/block.h"

extern const PressBlock fund_call_block;   /* call {text, url} */
extern const PressBlock fund_letter_block; /* letter {heading, html} */
extern const PressBlock fund_form_block;   /* form, as docs/theme.md lists it; form_block.c */
