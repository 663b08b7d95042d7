/* Looking up kinds and fields: form.h. What comes in is read by given.c, answers are answer.c. */
#include "forms/form.h"

#include <string.h>

const FormKind *form_kind(const FormKind *const *kinds, const char *name, size_t length)
{
    for (; *kinds != NULL; kinds++) {
        if (strlen((*kinds)->name) == length && strncmp((*kinds)->name, name, length) == 0) {
            return *kinds;
        }
    }
    return NULL;
}

int form_field(const FormKind *kind, const char *name, size_t length)
{
    for (int i = 0; kind->fields[i].name != NULL; i++) {
        if (strlen(kind->fields[i].name) == length &&
            strncmp(kind->fields[i].name, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

const char *form_value(const Form *form, const char *name)
{
    int index = form_field(form->kind, name, strlen(name));
    g_assert(index >= 0);
    return form->values[index];
}
