/*
 * What the office tells of kolokol.ini (OfficeFact): every line of it that is this machine's own,
 * not those that only seed a setting. Passwords inside addresses are left out.
 */
#pragma once

#include "main/newsroom.h"
#include "office/office.h"

/* Ended by key NULL; borrows from the newsroom. */
OfficeFact *office_facts_new(const Newsroom *newsroom);
void office_facts_free(OfficeFact *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfficeFact, office_facts_free)

/* The address without the password in it: "smtp://letters:…@host". Caller frees. */
char *office_facts_hidden(const char *address);
