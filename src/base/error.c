/* The error domain of error.h. */
#include "base/error.h"

#include <string.h>

typedef struct {
    char *sentence;
    char **arguments;
} KolokolErrorPrivate;

static void kolokol_error_private_init(KolokolErrorPrivate *made)
{
    *made = (KolokolErrorPrivate){0};
}

static void kolokol_error_private_copy(const KolokolErrorPrivate *from, KolokolErrorPrivate *to)
{
    to->sentence = g_strdup(from->sentence);
    to->arguments = g_strdupv(from->arguments);
}

static void kolokol_error_private_clear(KolokolErrorPrivate *made)
{
    g_free(made->sentence);
    g_strfreev(made->arguments);
}

/* Of GLib: GErrors of this domain have room for the above before them. */
G_DEFINE_EXTENDED_ERROR(KolokolError, kolokol_error)

/* ---- A message taken apart ------------------------------------------------------------------ */

/* A directive of printf: "%.100s", "%zu". */
typedef struct {
    int most;       /* bytes of a text; -1: all */
    char size;      /* 'l' also for ll, 'z', 't'; 0: int */
    char what;      /* "s", "u" … */
    const char *to; /* behind it */
} Directive;

static Directive read_directive(const char *at, va_list *args)
{
    Directive found = {.most = -1};
    at += strspn(at, "-+ #0");
    at += strspn(at, "0123456789");
    if (*at == '.') {
        found.most = at[1] == '*' ? va_arg(*args, int) : (int)g_ascii_strtoll(at + 1, NULL, 10);
        at += 1 + strspn(at + 1, "*0123456789");
    }
    for (; *at != '\0' && strchr("lzt", *at) != NULL; at++) {
        found.size = *at;
    }
    found.what = *at;
    found.to = *at == '\0' ? at : at + 1;
    return found;
}

static char *text_argument(const char *text, int most)
{
    g_autofree char *cut =
        most < 0 ? g_strdup(text) : g_strndup(text == NULL ? "" : text, (gsize)most);
    return g_utf8_make_valid(cut == NULL ? "" : cut, -1);
}

static char *signed_argument(char size, va_list *args)
{
    gint64 number = size == 'l'   ? va_arg(*args, long)
                    : size == 'z' ? va_arg(*args, gssize)
                    : size == 't' ? va_arg(*args, ptrdiff_t)
                                  : va_arg(*args, int);
    return g_strdup_printf("%" G_GINT64_FORMAT, number);
}

static char *unsigned_argument(char size, va_list *args)
{
    guint64 number = size == 'l'   ? va_arg(*args, unsigned long)
                     : size == 'z' ? va_arg(*args, size_t)
                                   : va_arg(*args, unsigned);
    return g_strdup_printf("%" G_GUINT64_FORMAT, number);
}

/* NULL for a directive that is not known here. */
static char *take_argument(const Directive *found, va_list *args)
{
    switch (found->what) {
    case 's':
        return text_argument(va_arg(*args, const char *), found->most);
    case 'd':
    case 'i':
        return signed_argument(found->size, args);
    case 'u':
        return unsigned_argument(found->size, args);
    case 'c':
        return g_strdup_printf("%c", va_arg(*args, int));
    default:
        return NULL;
    }
}

/* A directive that is not known ends it: what follows has no places, and such a sentence has no
 * translation. */
static void take_apart(KolokolErrorPrivate *made, const char *format, va_list *args)
{
    GString *sentence = g_string_new(NULL);
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    for (const char *at = format; *at != '\0';) {
        const char *percent = strchrnul(at, '%');
        g_string_append_len(sentence, at, percent - at);
        at = percent;
        if (*at == '\0') {
            break;
        }
        if (at[1] == '%') {
            g_string_append_c(sentence, '%');
            at += 2;
            continue;
        }
        Directive found = read_directive(at + 1, args);
        char *argument = take_argument(&found, args);
        if (argument == NULL) {
            g_string_append(sentence, at);
            break;
        }
        g_ptr_array_add(arguments, argument);
        g_string_append_printf(sentence, "{%u}", arguments->len);
        at = found.to;
    }
    g_ptr_array_add(arguments, NULL);
    made->sentence = g_string_free(sentence, FALSE);
    made->arguments = (char **)g_ptr_array_steal(arguments, NULL);
}

bool fail(GError **error, KolokolError code, const char *format, ...)
{
    if (error == NULL) {
        return false;
    }
    va_list args;
    va_start(args, format);
    GError *made = g_error_new_valist(KOLOKOL_ERROR, (gint)code, format, args);
    va_end(args);
    va_start(args, format);
    take_apart(kolokol_error_get_private(made), format, &args);
    va_end(args);
    g_propagate_error(error, made);
    return false;
}

const char *error_sentence(const GError *error)
{
    return error == NULL || error->domain != KOLOKOL_ERROR
               ? NULL
               : kolokol_error_get_private(error)->sentence;
}

const char *const *error_arguments(const GError *error)
{
    return error == NULL || error->domain != KOLOKOL_ERROR
               ? NULL
               : (const char *const *)kolokol_error_get_private(error)->arguments;
}
