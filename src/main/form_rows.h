/* The table of the public's forms: a new form is a line in form_rows.c and nothing else. */
#pragma once

#include "forms/form.h"

/* Ended by NULL. */
extern const FormKind *const form_rows[];
