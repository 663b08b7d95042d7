/* How many pages read a global input: reach.h. What makes them stale is stale.c. */
#include "press/reach.h"

#include "press_sql.h"

#include <string.h>

/* Versions are lines "input version". */
static bool names(const char *versions, const char *global)
{
    size_t length = strlen(global);
    for (const char *line = versions; line != NULL && *line != '\0';) {
        if (strncmp(line, global, length) == 0 && line[length] == ' ') {
            return true;
        }
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    return false;
}

bool press_reach(Store *store, const char *global, uint64_t *pages, uint64_t *bytes, GError **error)
{
    uint64_t count = 0, size = 0;
    g_autoptr(StoreRows) rows = press_globals_reach(store, error);
    StoreStep step = STORE_FAILED;
    while (rows != NULL && (step = store_rows_next(rows, error)) == STORE_ROW) {
        if (names(store_text(rows, 0), global)) {
            count += (uint64_t)store_number(rows, 1);
            size += (uint64_t)store_number(rows, 2);
        }
    }
    if (step != STORE_END) {
        return false;
    }
    *pages = count;
    *bytes = size;
    return true;
}
