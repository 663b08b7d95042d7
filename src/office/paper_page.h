/*
 * The page "The paper": one line of the menu that leads to all that makes the newspaper beside its
 * stories, so that the menu stays short on a phone.
 *
 * What is on it are the rows of the office that name a text in their column `paper` and that the
 * visitor may open, in the order of the tables (main/office_rows.c). A department puts a page there
 * by that column alone.
 */
#pragma once

#include "office/office.h"

extern const OfficeRoute paper_routes[];
