/* The office's rows for throwing a draft away (discard.h). */
#pragma once

#include "office/office.h"

extern const OfficeRoute discard_office[];
