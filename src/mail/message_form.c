/*
 * Messages that are filled in: message_form.h. The bytes come from message_write(); here is only
 * where in them the holes are. In quoted-printable a hole may be cut by a soft line break, in
 * base64 it shares its first and last letters with its neighbours.
 */
#include "mail/message_form.h"

#include "base/error.h"

#include <string.h>

#define TO    "kolokol-to@kolokol.invalid"
#define ID    "kolokol-id@kolokol.invalid"
#define SAFE  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
#define BREAK "=\r\n"

/* A stand-in's place. */
typedef struct {
    size_t *at;    /* of each letter in the bytes: of the own text, or of its base64 */
    size_t count;  /* of these letters */
    guchar *bytes; /* base64: what is coded, with its neighbours; NULL: the own text as it is */
    size_t length; /* of `bytes` */
    size_t begin;  /* of the own text in `bytes` */
} Hole;

struct MessageForm {
    GString *head, *middle; /* before the recipient, between it and the Message-ID */
    GString *rest;          /* all after that, with the holes */
    GArray *holes;          /* Hole */
    size_t length;          /* of an own text */
};

static void hole_clear(void *data)
{
    Hole *hole = data;
    g_free(hole->at);
    g_free(hole->bytes);
}

void message_form_free(MessageForm *form)
{
    if (form == NULL) {
        return;
    }
    GString *const parts[] = {form->head, form->middle, form->rest};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i] != NULL) {
            g_string_free(parts[i], TRUE);
        }
    }
    g_clear_pointer(&form->holes, g_array_unref);
    g_free(form);
}

size_t message_form_length(const MessageForm *form)
{
    return form->length;
}

/* ---- Filling in ----------------------------------------------------------------------------- */

static void fill(const Hole *hole, const char *own, size_t length, char *text)
{
    g_autofree char *coded = NULL;
    const char *letters = own;
    if (hole->bytes != NULL) {
        g_autofree guchar *bytes = g_memdup2(hole->bytes, hole->length);
        memcpy(bytes + hole->begin, own, length);
        letters = coded = g_base64_encode(bytes, hole->length);
    }
    for (size_t i = 0; i < hole->count; i++) {
        text[hole->at[i]] = letters[i];
    }
}

/* ---- Finding the holes ---------------------------------------------------------------------- */

/* Does the stand-in begin here, with soft line breaks or without? Fills in where its letters are.
 */
static bool stands_here(const char *text, size_t at, const char *stand_in, size_t *places)
{
    for (size_t i = 0; stand_in[i] != '\0'; i++) {
        if (i > 0 && strncmp(text + at, BREAK, strlen(BREAK)) == 0) {
            at += strlen(BREAK);
        }
        if (text[at] != stand_in[i]) {
            return false;
        }
        places[i] = at++;
    }
    return true;
}

static void find_plain(MessageForm *form, const char *stand_in)
{
    g_autofree size_t *places = g_new(size_t, form->length);
    for (size_t at = 0; at < form->rest->len; at++) {
        if (stands_here(form->rest->str, at, stand_in, places)) {
            Hole hole = {.at = g_memdup2(places, form->length * sizeof *places),
                         .count = form->length};
            g_array_append_val(form->holes, hole);
        }
    }
}

/* One body in base64, from `begin` on; its lines are equally long but for the last. */
static void find_coded(MessageForm *form, const char *stand_in, size_t begin)
{
    const char *text = form->rest->str + begin;
    const char *end = strstr(text, "\r\n--");
    size_t line = strcspn(text, "\r"), length = 0;
    g_autofree char *body = g_strndup(text, end == NULL ? strlen(text) : (size_t)(end - text));
    g_autofree guchar *raw = g_base64_decode(body, &length);
    const guchar *from = raw, *found;
    while (line > 0 &&
           (found = memmem(from, length - (size_t)(from - raw), stand_in, form->length)) != NULL) {
        size_t first = (size_t)(found - raw), start = first / 3 * 3;
        size_t stop = MIN((first + form->length + 2) / 3 * 3, length);
        Hole hole = {.count = (stop - start + 2) / 3 * 4,
                     .bytes = g_memdup2(raw + start, stop - start),
                     .length = stop - start,
                     .begin = first - start};
        hole.at = g_new(size_t, hole.count);
        for (size_t i = 0; i < hole.count; i++) {
            size_t letter = start / 3 * 4 + i;
            hole.at[i] = begin + letter + letter / line * 2;
        }
        g_array_append_val(form->holes, hole);
        from = found + form->length;
    }
}

static void find_all(MessageForm *form, const char *stand_in)
{
    static const char coding[] = "\r\nContent-Transfer-Encoding: base64\r\n";
    find_plain(form, stand_in);
    const char *text = form->rest->str;
    for (const char *at = text; (at = strcasestr(at, coding)) != NULL; at += strlen(coding)) {
        const char *body = strstr(at + strlen(coding) - 2, "\r\n\r\n");
        if (body != NULL) {
            find_coded(form, stand_in, (size_t)(body + 4 - text));
        }
    }
}

/* Filling the stand-in in must change nothing. */
static bool all_right(const MessageForm *form, const char *stand_in)
{
    g_autofree char *copy = g_strndup(form->rest->str, form->rest->len);
    for (guint i = 0; i < form->holes->len; i++) {
        const Hole *hole = &g_array_index(form->holes, Hole, i);
        if (hole->at[hole->count - 1] >= form->rest->len) {
            return false;
        }
        fill(hole, stand_in, form->length, copy);
    }
    return strcmp(copy, form->rest->str) == 0;
}

/* Cuts the bytes at the recipient and at the Message-ID. */
static bool cut(MessageForm *form, const GString *bytes)
{
    static const char to[] = "\r\nTo: " TO "\r\n", id[] = "<" ID ">\r\n";
    const char *first = strstr(bytes->str, to);
    const char *second = first == NULL ? NULL : strstr(first, id);
    if (second == NULL) {
        return false;
    }
    first += strlen("\r\nTo: ");
    second += strlen("<");
    const char *between = first + strlen(TO), *after = second + strlen(ID);
    form->head = g_string_new_len(bytes->str, first - bytes->str);
    form->middle = g_string_new_len(between, second - between);
    form->rest = g_string_new_len(after, bytes->str + bytes->len - after);
    return true;
}

/* How often the stand-in must be there. */
static unsigned count_in(const char *text, const char *stand_in)
{
    unsigned count = 0;
    for (; text != NULL && (text = strstr(text, stand_in)) != NULL; text += strlen(stand_in)) {
        count++;
    }
    return count;
}

MessageForm *message_form_new(const Message *message, const char *stand_in, GError **error)
{
    g_autoptr(MessageForm) form = g_new0(MessageForm, 1);
    g_autoptr(GString) bytes = g_string_new(NULL);
    Message one = *message;
    one.to = TO;
    one.message_id = ID;
    if (!message_write(&one, bytes, error)) {
        return NULL;
    }
    form->length = strlen(stand_in);
    form->holes = g_array_new(FALSE, FALSE, sizeof(Hole));
    g_array_set_clear_func(form->holes, hole_clear);
    unsigned wanted = count_in(one.text, stand_in) + count_in(one.html, stand_in) +
                      count_in(one.unsubscribe_url, stand_in);
    if (strspn(stand_in, SAFE) == form->length && form->length > 0 && cut(form, bytes)) {
        find_all(form, stand_in);
    }
    if (form->holes->len != wanted || form->rest == NULL || !all_right(form, stand_in)) {
        fail(error, KOLOKOL_ERROR_INVALID, "a mail has %u of the %u places for its token",
             form->holes->len, wanted);
        return NULL;
    }
    return g_steal_pointer(&form);
}

/* ---- Writing -------------------------------------------------------------------------------- */

bool message_form_write(const MessageForm *form, const char *to, const char *message_id,
                        const char *own, GString *out, GError **error)
{
    if (strlen(own) != form->length || strspn(own, SAFE) != form->length) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a token of %zu bytes in the place of %zu",
                    strlen(own), form->length);
    }
    if (!message_bare_fine("recipient", to, error) ||
        !message_bare_fine("Message-ID", message_id, error)) {
        return false;
    }
    g_string_append_len(out, form->head->str, (gssize)form->head->len);
    g_string_append(out, to);
    g_string_append_len(out, form->middle->str, (gssize)form->middle->len);
    g_string_append(out, message_id);
    size_t begin = out->len;
    g_string_append_len(out, form->rest->str, (gssize)form->rest->len);
    for (guint i = 0; i < form->holes->len; i++) {
        fill(&g_array_index(form->holes, Hole, i), own, form->length, out->str + begin);
    }
    return true;
}
