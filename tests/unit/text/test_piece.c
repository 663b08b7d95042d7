/* Pieces put together are the text; equal bytes have equal numbers. */
#include "text/piece.h"

#include <string.h>

/* The pieces, parted by '|'. */
static char *cut(const char *text, PieceKind kind)
{
    g_autoptr(PieceNumbers) numbers = piece_numbers_new();
    g_auto(Pieces) pieces = {0};
    pieces_cut(&pieces, numbers, text, strlen(text), kind);
    GString *all = g_string_new(NULL);
    for (unsigned i = 0; i < pieces.count; i++) {
        g_string_append_printf(all, "%s%.*s", i > 0 ? "|" : "",
                               (int)(pieces.start[i + 1] - pieces.start[i]),
                               text + pieces.start[i]);
    }
    g_assert_cmpuint(pieces.start[pieces.count], ==, strlen(text));
    return g_string_free(all, FALSE);
}

static void assert_cut(const char *text, PieceKind kind, const char *expected)
{
    g_autofree char *found = cut(text, kind);
    g_assert_cmpstr(found, ==, expected);
}

static void test_lines(void)
{
    assert_cut("", PIECE_LINE, "");
    assert_cut("a\n\nb", PIECE_LINE, "a\n|\n|b");
}

static void test_sentences(void)
{
    assert_cut("One. Two! Three", PIECE_SENTENCE, "One. |Two! |Three");
    assert_cut("He said “No.” Then\nhe left.", PIECE_SENTENCE, "He said “No.” |Then\n|he left.");
    assert_cut("«Да…» — сказал он. Нет.", PIECE_SENTENCE, "«Да…» |— сказал он. |Нет.");
    assert_cut("3.14 and a.b", PIECE_SENTENCE, "3.14 and a.b");
    assert_cut("(*So.*) \"'*)]", PIECE_SENTENCE, "(*So.*) |\"'*)]");
}

static void test_words(void)
{
    assert_cut("One, two  three.\nЧай", PIECE_WORD, "One|, |two  |three|.|\n|Чай");
}

static void test_numbers(void)
{
    g_autoptr(PieceNumbers) numbers = piece_numbers_new();
    g_auto(Pieces) a = {0};
    g_auto(Pieces) b = {0};
    pieces_cut(&a, numbers, "x\ny\nx\n", 6, PIECE_LINE);
    pieces_cut(&b, numbers, "y\nz\n", 4, PIECE_LINE);
    g_assert_cmpuint(a.number[0], ==, a.number[2]);
    g_assert_cmpuint(a.number[1], ==, b.number[0]);
    g_assert_cmpuint(b.number[1], !=, a.number[0]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/piece/lines", test_lines);
    g_test_add_func("/text/piece/sentences", test_sentences);
    g_test_add_func("/text/piece/words", test_words);
    g_test_add_func("/text/piece/numbers", test_numbers);
    return g_test_run();
}
