/* Newsletters and their issues by the API: newsletters are set, issues composed and read. What is
 * sent, and whether it is sent by itself, is a person's decision, with a page that asks
 * (issue_office.h). */
#pragma once

#include "office/api.h"

extern const ApiRoute newsletter_api[]; /* newsletter_api.c */
extern const ApiRoute issue_api[];
