/* Newsletters and their issues by the API: read only. What is sent is a person's decision, with a
 * page that asks (issue_office.h). */
#pragma once

#include "office/api.h"

extern const ApiRoute issue_api[];
