/*
 * The languages of the newspaper: which there are, in which order, one added or taken away. They
 * are the setting `languages`; a change touches every page, so it is shown first and made by a
 * second button.
 */
#pragma once

#include "office/office.h"

extern const OfficeRoute languages_routes[];
