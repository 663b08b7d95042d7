/* What is wrong in a head is said in one line with its place. */
#include "front_matter_read.h"

static void test_refused(void)
{
    assert_refused("---\ntitle: x\nBody", KOLOKOL_ERROR_INVALID,
                   "front matter, line 1: no line --- that closes it; add one below the last key");
    assert_refused("---\na: 1\nb: 2\na: 3\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 4: \"a\" is given twice, first in line 2; keep one");
    assert_refused("---\ntitle: Kyiv: a report\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 2: mapping values are not allowed in this context; put a "
                   "text that contains a colon in quotation marks");
    assert_refused("---\na: 1\nb: [1, 2\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 4: did not find expected ',' or ']'");
    assert_refused("---\na: &x 1\nb: *x\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 2: & and * refer to other values, which is not read here; "
                   "put the text in quotation marks");
    assert_refused("---\na: 1\n<<: *x\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 3: & and * refer to other values, which is not read here; "
                   "put the text in quotation marks");
    assert_refused("---\n- a\n- b\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 2: lines of the form \"key: value\" are expected");
    assert_refused("---\nonly words\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 2: lines of the form \"key: value\" are expected");
    assert_refused("---\n[a]: b\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 2: a key must be a word; put a text that begins with [ or { "
                   "in quotation marks");
    assert_refused("---\n\"\": b\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 2: a value without a key");
    assert_refused("---\na: \"x\\0y\"\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 2: a NUL character in a text; take it out");
    assert_refused("+++\ntitle = \"x\"\n+++\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 1: TOML (+++) is not read; write it as YAML between ---");
    assert_refused("---\na: 1\nb: \x01\n---\n", KOLOKOL_ERROR_INVALID,
                   "front matter, line 3: control characters are not allowed");
    assert_refused("---\na: [[[[[[[[1]]]]]]]]\n---\n", KOLOKOL_ERROR_LIMIT,
                   "front matter, line 2: nested deeper than 8 levels");
    assert_refused("---\na: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}\n---\n", KOLOKOL_ERROR_LIMIT,
                   "front matter, line 2: nested deeper than 8 levels");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/front_matter_yaml/refused", test_refused);
    return g_test_run();
}
