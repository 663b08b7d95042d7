/* What tests of the desk share: a bilingual site in Riga, stories in a line, and the touches since
 * the last look. */
#pragma once

#include "desk/import.h"
#include "desk/media.h"
#include "doubles/stores.h"

/* English first, Russian under ru/; Europe/Riga. Lives as long as the program. */
const DeskSite *fixture_site(void);

/* The moment of "2026-11-23T10:00:00Z" and the like. */
int64_t fixture_moment(const char *text);

/* The now of most tests: 2026-11-23T12:00:00Z. */
int64_t fixture_now(void);

/* Puts a story given as "key", "value", …, NULL. Returns its id, or 0 with the error. */
int64_t fixture_try(Store *store, unsigned flags, GError **error, ...) G_GNUC_NULL_TERMINATED;

/* The same, published, which must succeed. */
int64_t fixture_put(Store *store, ...) G_GNUC_NULL_TERMINATED;

/* The input made from such a list. */
StoryInput *fixture_input(const char *key, ...) G_GNUC_NULL_TERMINATED;

/* A picture of 640 × 480 in a folder that stands for media/; its id. */
int64_t fixture_picture(Store *store, const char *folder, const MediaWords *words);

/* Inputs touched since the last call, in byte order, each once, parted by spaces. Caller frees. */
char *fixture_touches(Store *store);

/* Moments to come that were asked for, as "input@moment" for a few inputs only: those that begin
 * with `prefix`. */
char *fixture_due(Store *store, const char *prefix);

/* Headlines of a list in its order, parted by '|'. Caller frees. */
char *fixture_list(Store *store, const char *list, int64_t as_of, unsigned limit);

/* "2026-11 2, 2026-12 1". Caller frees. */
char *fixture_counts(Store *store, const char *input, int64_t as_of);

#define assert_ok(call)                                                                            \
    do {                                                                                           \
        g_autoptr(GError) fixture_error = NULL;                                                    \
        GError **error = &fixture_error;                                                           \
        bool fixture_done = (call);                                                                \
        g_assert_no_error(fixture_error);                                                          \
        g_assert_true(fixture_done);                                                               \
    } while (0)

/* The call must fail with that code and a message with those words. */
#define assert_fails(call, error_code, words)                                                      \
    do {                                                                                           \
        g_autoptr(GError) fixture_error = NULL;                                                    \
        GError **error = &fixture_error;                                                           \
        g_assert_false(call);                                                                      \
        g_assert_error(fixture_error, KOLOKOL_ERROR, error_code);                                  \
        g_assert_nonnull(strstr(fixture_error->message, words));                                   \
    } while (0)

/* A text made by a call, which is freed, must be this. */
#define assert_text(call, expected)                                                                \
    do {                                                                                           \
        g_autofree char *fixture_text = (call);                                                    \
        g_assert_cmpstr(fixture_text, ==, expected);                                               \
    } while (0)
