/*
 * A text cut into pieces that are compared as wholes: lines, sentences or words. Nothing is lost:
 * the pieces put together are the text. Cuts never fall inside a UTF-8 character; other bytes than
 * UTF-8 are taken as they come.
 *
 * Pieces with the same bytes get the same number, within one PieceNumbers; of words the blanks
 * behind do not count.
 */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    PIECE_LINE,     /* up to and with its line feed */
    PIECE_SENTENCE, /* up to . ! ? … with closing quotes and the blanks behind; or a line's end */
    PIECE_WORD,     /* a word or one mark, with the blanks behind; a line feed is one by itself */
} PieceKind;

typedef struct PieceNumbers PieceNumbers;

typedef struct {
    const char *text; /* borrowed */
    unsigned count;
    size_t *start; /* count + 1 places; piece i is [start[i], start[i + 1]) */
    uint32_t *number;
} Pieces;

PieceNumbers *piece_numbers_new(void);
void piece_numbers_free(PieceNumbers *numbers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PieceNumbers, piece_numbers_free)

/* The text must live as long as the numbers. */
void pieces_cut(Pieces *pieces, PieceNumbers *numbers, const char *text, size_t length,
                PieceKind kind);
void pieces_clear(Pieces *pieces);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pieces, pieces_clear)
