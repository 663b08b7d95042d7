/* Three texts parted by 0xFF: whoever alone changed something is right, and what both changed alike
 * is taken once; differences of any bytes are found. */
#include "text/merge.h"
#include "text/difference_rows.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const char *base, const char *mine, const char *theirs, const char *expected)
{
    unsigned conflicts = 0;
    g_autofree char *merged = merge_texts(base, mine, theirs, "a", "b", &conflicts);
    g_assert_cmpuint(conflicts, ==, 0);
    g_assert_cmpstr(merged, ==, expected);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *all = g_strndup((const char *)data, size);
    g_auto(GStrv) texts = g_strsplit(all, "\xff", 3);
    unsigned count = g_strv_length(texts);
    const char *base = count > 0 ? texts[0] : "";
    const char *mine = count > 1 ? texts[1] : "";
    const char *theirs = count > 2 ? texts[2] : "";
    same(base, mine, base, mine);
    same(base, base, theirs, theirs);
    same(base, mine, mine, mine);
    unsigned conflicts = 0;
    g_autofree char *merged = merge_texts(base, mine, theirs, "a", "b", &conflicts);
    g_assert_true(conflicts == 0 || merge_marked(merged, NULL));
    g_autoptr(GPtrArray) rows = difference_rows(mine, theirs, 1);
    g_assert_true(rows->len == 0 || strcmp(mine, theirs) != 0);
    return 0;
}
