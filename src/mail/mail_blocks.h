/* The newsletter field on pages (DESIGN 1.4): what there is to subscribe to, in the page's
 * language. */
#pragma once

#include "press/block.h"

extern const PressBlock mail_newsletter_block; /* newsletter {heading, description} */
