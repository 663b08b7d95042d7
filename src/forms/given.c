/* Judging what was given: given.h. */
#include "forms/given.h"

#include "base/clock.h"

#include <sodium.h>
#include <string.h>

#define STAMP_LASTS CLOCK_HOUR
#define MAC_BYTES   16u

static bool value_good(const FormField *field, const char *value)
{
    if (strlen(value) > field->most) {
        return false;
    }
    for (const char *at = value; *at != '\0'; at++) {
        bool control = (unsigned char)*at < 0x20 || *at == 0x7f;
        if (control && !(field->lines && (*at == '\n' || *at == '\t'))) {
            return false;
        }
    }
    return true;
}

GivenState given_take(const FormKind *kind, const Fields *fields, const char *token, Form *form,
                      const char **field)
{
    GivenState state = GIVEN_GOOD;
    for (unsigned i = 0; kind->fields[i].name != NULL; i++) {
        const FormField *row = &kind->fields[i];
        const char *value = fields_get(fields, row->name);
        if (token != NULL && strcmp(row->name, "token") == 0) {
            value = token;
        }
        value = value == NULL ? "" : value;
        GivenState wrong = GIVEN_GOOD;
        if (!value_good(row, value)) {
            wrong = GIVEN_WRONG;
            value = "";
        } else if (row->required && value[strspn(value, " \t\n")] == '\0') {
            wrong = GIVEN_MISSING;
        }
        if (wrong != GIVEN_GOOD && state == GIVEN_GOOD) {
            state = wrong;
            *field = row->name;
        }
        form->values[i] = value;
    }
    return state;
}

bool given_doubtful(const Fields *fields)
{
    const char *trap = fields_get(fields, FORM_TRAP), *age = fields_get(fields, FORM_AGE);
    if (trap != NULL && *trap != '\0') {
        return true;
    }
    guint64 seconds = 0;
    return age != NULL && g_ascii_string_to_unsigned(age, 10, 0, G_MAXUINT32, &seconds, NULL) &&
           seconds < FORM_AGE_LEAST;
}

static void mac_of(const uint8_t key[STAMP_KEY], const char *kind, const char *time,
                   char mac[2 * MAC_BYTES + 1])
{
    uint8_t bytes[MAC_BYTES];
    g_autofree char *text = g_strconcat(kind, " ", time, NULL);
    crypto_generichash(bytes, sizeof bytes, (const uint8_t *)text, strlen(text), key, STAMP_KEY);
    sodium_bin2hex(mac, 2 * MAC_BYTES + 1, bytes, sizeof bytes);
}

void stamp_make(const uint8_t key[STAMP_KEY], const char *kind, int64_t now, char text[STAMP_TEXT])
{
    char time[16], mac[2 * MAC_BYTES + 1];
    g_snprintf(time, sizeof time, "%" G_GINT64_FORMAT, now / CLOCK_SECOND);
    mac_of(key, kind, time, mac);
    g_snprintf(text, STAMP_TEXT, "%s.%s", time, mac);
}

bool stamp_good(const uint8_t key[STAMP_KEY], const char *kind, int64_t now, const char *text)
{
    const char *dot = text == NULL ? NULL : strchr(text, '.');
    guint64 seconds = 0;
    if (dot == NULL || strlen(dot + 1) != (size_t)(2 * MAC_BYTES) || dot - text > 15) {
        return false;
    }
    g_autofree char *time = g_strndup(text, (size_t)(dot - text));
    char mac[2 * MAC_BYTES + 1];
    mac_of(key, kind, time, mac);
    if (sodium_memcmp(mac, dot + 1, sizeof mac - 1) != 0 ||
        !g_ascii_string_to_unsigned(time, 10, 0, G_MAXUINT32, &seconds, NULL)) {
        return false;
    }
    int64_t age = now - (int64_t)seconds * CLOCK_SECOND;
    return age >= FORM_AGE_LEAST * CLOCK_SECOND && age <= STAMP_LASTS;
}
