/* What the contribution form and the call to it share: form_block.c. */
#pragma once

#include "store/store.h"

/* The path of the page with the form in that language: "ru/support/index.html". Caller frees. */
char *support_path(Store *store, const char *language, GError **error);
