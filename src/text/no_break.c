/* Spaces that do not break: no_break.h. Quotation marks by language are markdown_quotes.c. */
#include "text/no_break.h"

#include <stdbool.h>
#include <string.h>

#define NO_BREAK "\xC2\xA0"

typedef struct {
    const char *at, *end;
    GString *out;
    bool letters; /* words of one letter are bound too */
    bool flow;    /* text of the same paragraph stands before */
} Pass;

/* Cyrillic words of one letter, small: both bytes. */
static const char words[] = "авикосуязій";

static const char *const kept[] = {"script", "style", "pre", "code", "textarea"};
/* After these the paragraph goes on. */
static const char *const inside[] = {
    "a",    "abbr", "b", "bdi",  "bdo",   "cite", "code",   "del", "dfn", "em",   "i", "ins", "kbd",
    "mark", "q",    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"};

static bool spaced_by_letters(const char *language)
{
    static const char *const languages[] = {"ru", "uk", "be", "bg"};
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++) {
        if (strncmp(language, languages[i], 2) == 0 &&
            (language[2] == '\0' || language[2] == '-')) {
            return true;
        }
    }
    return false;
}

static bool is_space(const char *at, const char *end)
{
    return at < end && (*at == ' ' || *at == '\n');
}

static bool begins(const char *at, const char *end, const char *with)
{
    size_t length = strlen(with);
    return (size_t)(end - at) >= length && memcmp(at, with, length) == 0;
}

/* U+2013 or U+2014, and a space, one that does not break or a tag behind it. */
static bool dash_at(const char *at, const char *end)
{
    return (begins(at, end, "\xE2\x80\x93") || begins(at, end, "\xE2\x80\x94")) &&
           (is_space(at + 3, end) || begins(at + 3, end, NO_BREAK) || begins(at + 3, end, "<"));
}

static bool named(const char *name, size_t length, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0) {
            return true;
        }
    }
    return false;
}

static const char *tag_end(const char *at, const char *end)
{
    char quote = '\0';
    for (; at < end; at++) {
        if (quote != '\0') {
            quote = *at == quote ? '\0' : quote;
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        } else if (*at == '>') {
            return at + 1;
        }
    }
    return end;
}

/* A comment may have any quotes, and no paragraph ends at it. */
static void take_comment(Pass *pass)
{
    const char *last = g_strstr_len(pass->at + 2, pass->end - pass->at - 2, "-->");
    const char *to = last == NULL ? pass->end : last + strlen("-->");
    g_string_append_len(pass->out, pass->at, to - pass->at);
    pass->at = to;
}

/* Takes a tag as it is; of an element whose text is kept, all up to its end tag. */
static void take_tag(Pass *pass)
{
    const char *name = pass->at + 1;
    bool closes = name < pass->end && *name == '/';
    name += closes;
    size_t length = 0;
    while (name + length < pass->end && g_ascii_isalnum(name[length])) {
        length++;
    }
    const char *to = tag_end(pass->at, pass->end);
    pass->flow &= named(name, length, inside, G_N_ELEMENTS(inside));
    if (!closes && named(name, length, kept, G_N_ELEMENTS(kept))) {
        g_autofree char *last = g_strdup_printf("</%.*s", (int)length, name);
        const char *found = g_strstr_len(to, pass->end - to, last);
        to = found == NULL ? pass->end : found;
        pass->flow |= named(name, length, inside, G_N_ELEMENTS(inside));
    }
    g_string_append_len(pass->out, pass->at, to - pass->at);
    pass->at = to;
}

/* A word of one Cyrillic letter stands before `at`, in what is out. */
static bool after_letter(const Pass *pass)
{
    const GString *out = pass->out;
    if (!pass->letters || out->len < 3) {
        return false;
    }
    const char *letter = out->str + out->len - 2;
    gunichar small = ((unsigned char)letter[0] & 0xFE) == 0xD0
                         ? g_unichar_tolower(g_utf8_get_char_validated(letter, 2))
                         : 0;
    unsigned char before = (unsigned char)letter[-1];
    /* What may stand before a word: a space, a bracket, a tag, U+00A0, or the end of « or „. */
    bool word = before == ' ' || before == '\n' || before == '(' || before == '>' ||
                (out->len > 3 && (memcmp(letter - 2, NO_BREAK, 2) == 0 ||
                                  memcmp(letter - 2, "\xC2\xAB", 2) == 0)) ||
                (out->len > 4 && memcmp(letter - 3, "\xE2\x80\x9E", 3) == 0);
    return word && small != 0 && small < 0x800 && g_utf8_strchr(words, -1, small) != NULL;
}

/* Takes text up to the next tag. */
static void take_text(Pass *pass)
{
    while (pass->at < pass->end && *pass->at != '<') {
        const char *at = pass->at++;
        bool space = is_space(at, pass->end);
        bool bound = space && pass->flow && !is_space(pass->at, pass->end) &&
                     (dash_at(pass->at, pass->end) ||
                      (pass->at < pass->end && *pass->at != '<' && after_letter(pass)));
        if (bound) {
            g_string_append(pass->out, NO_BREAK);
        } else {
            g_string_append_c(pass->out, *at);
        }
        pass->flow |= !space;
    }
}

static bool has_dash(const char *body)
{
    static const char *const dashes[] = {" \xE2\x80\x93", " \xE2\x80\x94", "\n\xE2\x80\x93",
                                         "\n\xE2\x80\x94"};
    for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++) {
        if (strstr(body, dashes[i]) != NULL) {
            return true;
        }
    }
    return false;
}

void no_break_spaces(GString *page, const char *language)
{
    const char *body = strstr(page->str, "<body");
    bool letters = spaced_by_letters(language);
    if (body == NULL || (!letters && !has_dash(body))) {
        return;
    }
    g_autoptr(GString) out = g_string_sized_new(page->len + page->len / 16);
    Pass pass = {.at = body, .end = page->str + page->len, .out = out, .letters = letters};
    g_string_append_len(out, page->str, body - page->str);
    while (pass.at < pass.end) {
        if (begins(pass.at, pass.end, "<!--")) {
            take_comment(&pass);
        } else if (*pass.at == '<') {
            take_tag(&pass);
        } else {
            take_text(&pass);
        }
    }
    g_string_truncate(page, 0);
    g_string_append_len(page, out->str, (gssize)out->len);
}
