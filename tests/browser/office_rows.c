/* Prints the pages of the office for test_office_every.js: name and path of each row that is asked
 * for by GET, a line each. */
#include "main/office_rows.h"

#include <stdio.h>

int main(void)
{
    for (const OfficeRoute *const *table = office_tables; *table != NULL; table++) {
        for (const OfficeRoute *row = *table; row->name != NULL; row++) {
            if (row->method == HTTP_GET) {
                printf("%s %s\n", row->name, row->path);
            }
        }
    }
    return 0;
}
