/* The office's pages of bylines: authors' names as printed. */
#pragma once

#include "office/office.h"

extern const OfficeRoute author_office[];
