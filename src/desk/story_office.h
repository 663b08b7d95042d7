/* The office's pages about stories (office/office.h). */
#pragma once

#include "office/office.h"

extern const OfficeRoute story_office[];
