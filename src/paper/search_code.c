/* Numbers, texts and tables of search files: search_code.h. */
#include "paper/search_code.h"

#include <string.h>

void search_put_number(GByteArray *out, uint64_t number)
{
    uint8_t bytes[10];
    guint count = 0;
    do {
        bytes[count] = (uint8_t)((number & 127) | (number > 127 ? 128 : 0));
        number >>= 7;
        count++;
    } while (number > 0);
    g_byte_array_append(out, bytes, count);
}

void search_put_text(GByteArray *out, const char *text, size_t length)
{
    search_put_number(out, length);
    g_byte_array_append(out, (const guint8 *)(const void *)text, (guint)length);
}

void search_put_next(GByteArray *out, const char *text, const char *before)
{
    size_t shared = 0;
    while (text[shared] != '\0' && text[shared] == before[shared]) {
        shared++;
    }
    search_put_number(out, shared);
    search_put_text(out, text + shared, strlen(text + shared));
}

SearchReader search_reader(const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    return (SearchReader){at, at + length, false};
}

uint8_t search_get_byte(SearchReader *reader)
{
    if (reader->at == reader->end) {
        reader->bad = true;
        return 0;
    }
    return *reader->at++;
}

uint64_t search_get_number(SearchReader *reader)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
        uint8_t byte = search_get_byte(reader);
        number |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) {
            return number;
        }
    }
    reader->bad = true;
    return 0;
}

static const char *get_bytes(SearchReader *reader, size_t *length)
{
    uint64_t wanted = search_get_number(reader);
    const uint8_t *at = reader->at;
    if (wanted > (uint64_t)(reader->end - at)) {
        reader->bad = true;
        wanted = 0;
    }
    reader->at += wanted;
    *length = (size_t)wanted;
    return (const char *)(const void *)at;
}

char *search_get_text(SearchReader *reader)
{
    size_t length = 0;
    const char *bytes = get_bytes(reader, &length);
    return g_strndup(bytes, length);
}

void search_get_next(SearchReader *reader, GString *text)
{
    uint64_t shared = search_get_number(reader);
    size_t length = 0;
    const char *bytes = get_bytes(reader, &length);
    if (shared > text->len) {
        reader->bad = true;
        return;
    }
    g_string_truncate(text, (gsize)shared);
    g_string_append_len(text, bytes, (gssize)length);
}

uint32_t search_hash(const char *text)
{
    uint32_t hash = 2166136261u;
    for (; *text != '\0'; text++) {
        hash = (hash ^ (uint8_t)*text) * 16777619u;
    }
    return hash;
}

unsigned search_files(int64_t number, unsigned most)
{
    unsigned files = 1;
    while (files < most && files < number) {
        files *= 2;
    }
    return files;
}

/* About √2 apart: 2^((step + 6) / 2). */
static const int64_t lengths[16] = {8,   11,  16,  23,  32,  45,  64,   91,
                                    128, 181, 256, 362, 512, 724, 1024, 1448};

unsigned search_length_step(int64_t words)
{
    unsigned step = 0;
    while (step < 15 && words * 2 >= lengths[step] + lengths[step + 1]) {
        step++;
    }
    return step;
}

int64_t search_step_words(unsigned step)
{
    return lengths[step & 15];
}

int64_t search_two_digits(int64_t number)
{
    int64_t unit = 1;
    while (number / unit >= 100) {
        unit *= 10;
    }
    return (number + unit / 2) / unit * unit;
}

char *search_form(const char *word)
{
    if (g_str_is_ascii(word)) {
        return g_strdup(word);
    }
    g_autofree char *apart = g_utf8_normalize(word, -1, G_NORMALIZE_ALL);
    g_autoptr(GString) kept = g_string_new(NULL);
    for (const char *at = apart; at != NULL && *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c < 0x300 || c > 0x36f) {
            g_string_append_unichar(kept, c);
        }
    }
    return kept->len == 0 ? g_strdup(word) : g_utf8_normalize(kept->str, -1, G_NORMALIZE_NFC);
}
