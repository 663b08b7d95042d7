/* What the contribution form and the call to it share: form_block.c. */
#pragma once

#include "fund/amounts.h"
#include "store/store.h"

/* "Monthly", as the form says it in that language. */
const char *frequency_label(Frequency frequency, const char *language);

/* The path of the page with the form in that language: "ru/support/index.html". Caller frees. */
char *support_path(Store *store, const char *language, GError **error);
