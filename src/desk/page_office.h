/*
 * The paper's own pages in the office: a list of each language in the order of the foot, which is
 * set there; a new one. A page is written in the editor of stories and goes the way of a story.
 */
#pragma once

#include "office/office.h"

extern const OfficeRoute page_office[];
