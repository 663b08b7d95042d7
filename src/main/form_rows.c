/* All forms of the public: form_rows.h. Each row stands in its department's *_forms.c. */
#include "main/form_rows.h"

#include <stddef.h>

const FormKind *const form_rows[] = {
    NULL,
};
