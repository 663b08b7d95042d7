/* The blocks of fund on pages: the call to support in the masthead, and the campaign's letter
 * (DESIGN 1.1, 1.5). */
#pragma once

#include "press/block.h"

extern const PressBlock fund_call_block;   /* call {text, url} */
extern const PressBlock fund_letter_block; /* letter {heading, html} */
