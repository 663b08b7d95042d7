/* The API's routes of stories and of what belongs to them; each table stands in the file of its
 * name (docs/api.md is the manual for who calls). */
#pragma once

#include "office/api.h"

extern const ApiRoute story_api[];        /* lists and reads */
extern const ApiRoute story_change_api[]; /* makes and changes */
extern const ApiRoute story_state_api[];  /* publishes, schedules, withdraws … */
extern const ApiRoute live_api[];         /* entries of live stories */
extern const ApiRoute work_api[];         /* comments, tasks */
extern const ApiRoute outside_api[];      /* links for readers outside, translations */
extern const ApiRoute name_api[];         /* sections, topics, authors */
extern const ApiRoute media_api[];        /* pictures */
extern const ApiRoute front_api[];        /* the front and its breaking line */
extern const ApiRoute redirect_api[];     /* addresses without a page */
extern const ApiRoute erasure_api[];      /* takedowns, withheld names */
extern const ApiRoute page_api[];         /* the order of the paper's own pages */
extern const ApiRoute theme_api[];        /* theme files */
extern const ApiRoute name_change_api[];  /* changes of sections, topics, authors */
