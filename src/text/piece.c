/* Cutting and numbering: piece.h. Comparing is difference.c. */
#include "text/piece.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
    const char *bytes;
    size_t length;
} Piece;

struct PieceNumbers {
    GHashTable *known; /* Piece -> number */
};

static guint piece_hash(const void *data)
{
    const Piece *piece = data;
    guint hash = 5381;
    for (size_t i = 0; i < piece->length; i++) {
        hash = hash * 33 + (unsigned char)piece->bytes[i];
    }
    return hash;
}

static gboolean piece_same(const void *a, const void *b)
{
    const Piece *left = a, *right = b;
    return left->length == right->length && memcmp(left->bytes, right->bytes, left->length) == 0;
}

PieceNumbers *piece_numbers_new(void)
{
    PieceNumbers *numbers = g_new0(PieceNumbers, 1);
    numbers->known = g_hash_table_new_full(piece_hash, piece_same, g_free, NULL);
    return numbers;
}

void piece_numbers_free(PieceNumbers *numbers)
{
    if (numbers != NULL) {
        g_hash_table_destroy(numbers->known);
        g_free(numbers);
    }
}

static uint32_t number_of(PieceNumbers *numbers, const char *bytes, size_t length)
{
    Piece key = {bytes, length};
    void *found = g_hash_table_lookup(numbers->known, &key);
    if (found == NULL) {
        found = GUINT_TO_POINTER(g_hash_table_size(numbers->known) + 1);
        g_hash_table_insert(numbers->known, g_memdup2(&key, sizeof key), found);
    }
    return GPOINTER_TO_UINT(found);
}

static size_t skip_blanks(const char *text, size_t length, size_t at)
{
    while (at < length && (text[at] == ' ' || text[at] == '\t')) {
        at++;
    }
    return at;
}

/* The end without the blanks before it. */
static size_t blanks_before(const char *text, size_t at, size_t end)
{
    while (end > at && (text[end - 1] == ' ' || text[end - 1] == '\t')) {
        end--;
    }
    return end;
}

static size_t line_end(const char *text, size_t length, size_t at)
{
    const char *feed = memchr(text + at, '\n', length - at);
    return feed != NULL ? (size_t)(feed - text) + 1 : length;
}

static bool starts_with(const char *text, size_t length, size_t at, const char *mark)
{
    size_t size = strlen(mark);
    return length - at >= size && memcmp(text + at, mark, size) == 0;
}

/* What may stand between a sentence's last mark and the blank behind it. */
static size_t skip_closing(const char *text, size_t length, size_t at)
{
    static const char *const closing[] = {"\"", "'", ")", "]", "*", "_", "»", "”", "“", "’", "›"};
    for (unsigned i = 0; at < length && i < G_N_ELEMENTS(closing); i++) {
        if (starts_with(text, length, at, closing[i])) {
            at += strlen(closing[i]);
            i = UINT_MAX; /* from the first again */
        }
    }
    return at;
}

static size_t sentence_end(const char *text, size_t length, size_t at)
{
    static const char *const marks[] = {".", "!", "?", "…", "؟", "。"};
    size_t end = line_end(text, length, at);
    while (at < end) {
        size_t after = at;
        for (unsigned i = 0; i < G_N_ELEMENTS(marks); i++) {
            if (starts_with(text, end, at, marks[i])) {
                after = at + strlen(marks[i]);
            }
        }
        if (after > at) {
            size_t closed = skip_closing(text, end, after);
            size_t next = skip_blanks(text, end, closed);
            if (next > closed) {
                return next;
            }
        }
        at = after > at ? after : at + 1;
    }
    return end;
}

static bool in_word(char c)
{
    return g_ascii_isalnum(c) || (unsigned char)c >= 0x80;
}

static size_t word_end(const char *text, size_t length, size_t at)
{
    if (text[at] == '\n') {
        return at + 1;
    }
    size_t end = at + 1;
    if (in_word(text[at])) {
        while (end < length && in_word(text[end])) {
            end++;
        }
    }
    return skip_blanks(text, length, end);
}

static size_t piece_end(const char *text, size_t length, size_t at, PieceKind kind)
{
    return kind == PIECE_LINE       ? line_end(text, length, at)
           : kind == PIECE_SENTENCE ? sentence_end(text, length, at)
                                    : word_end(text, length, at);
}

void pieces_cut(Pieces *pieces, PieceNumbers *numbers, const char *text, size_t length,
                PieceKind kind)
{
    GArray *starts = g_array_new(FALSE, FALSE, sizeof(size_t));
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    size_t at = 0;
    g_array_append_val(starts, at);
    while (at < length) {
        size_t end = piece_end(text, length, at, kind);
        size_t compared = kind == PIECE_WORD ? blanks_before(text, at, end) : end;
        uint32_t number = number_of(numbers, text + at, compared - at);
        g_array_append_val(ids, number);
        at = end;
        g_array_append_val(starts, at);
    }
    *pieces = (Pieces){.text = text, .count = ids->len};
    pieces->start = (size_t *)(void *)g_array_free(starts, FALSE);
    pieces->number = (uint32_t *)(void *)g_array_free(ids, FALSE);
}

void pieces_clear(Pieces *pieces)
{
    g_free(pieces->start);
    g_free(pieces->number);
    *pieces = (Pieces){0};
}
