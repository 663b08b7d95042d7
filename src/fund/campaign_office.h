/*
 * Campaigns in the office: which there are and which runs, writing one, and, before it is set, how
 * its letter looks and how many pages it touches. Tables for main/office_rows.c; the fields are
 * campaign_form.h, gifts gift_office.h.
 */
#pragma once

#include "office/office.h"

extern const OfficeRoute campaign_office[];
