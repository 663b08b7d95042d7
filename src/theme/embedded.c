/*
 * Finds files in the table that tools/embed makes. What the files mean is not known here: theme.c
 * reads the templates, the commands read starter pages and demo.
 */
#include "theme/embedded.h"

#include <string.h>

/* The first row whose name is not below `name`. */
static size_t lower_bound(const char *name)
{
    size_t low = 0;
    size_t high = embedded_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(embedded_files[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const EmbeddedFile *embedded_read(const char *name)
{
    size_t row = lower_bound(name);

    if (row == embedded_count || strcmp(embedded_files[row].name, name) != 0) {
        return NULL;
    }
    return &embedded_files[row];
}

const EmbeddedFile *embedded_list(const char *prefix, size_t *count)
{
    size_t first = lower_bound(prefix);
    size_t end = first;
    size_t length = strlen(prefix);

    while (end < embedded_count && strncmp(embedded_files[end].name, prefix, length) == 0) {
        end++;
    }
    *count = end - first;
    return &embedded_files[first];
}
