/*
 * Judging one URL. Whether a picture or page exists behind it is for the resolver of sanitise.h.
 */
#include "text/sanitise_url.h"

#include <string.h>

/* Removes what browsers skip; false if a control character remains. */
static gboolean remove_blanks(GString *url)
{
    gsize begin = 0;
    gsize end = url->len;
    while (begin < end && (guchar)url->str[begin] <= ' ') {
        begin++;
    }
    while (end > begin && (guchar)url->str[end - 1] <= ' ') {
        end--;
    }
    gsize used = 0;
    gsize blanks = 0;
    for (gsize i = begin; i < end; i++) {
        char c = url->str[i];
        if (c == '\t' || c == '\n' || c == '\r') {
            continue;
        }
        if ((guchar)c < ' ' || c == 127) {
            return FALSE;
        }
        blanks += c == ' ';
        url->str[used++] = c;
    }
    g_string_truncate(url, used);
    if (blanks > 0) {
        g_string_replace(url, " ", "%20", 0);
    }
    return TRUE;
}

/* The length of "scheme:" if the URL begins with one, else 0. */
static gsize scheme_length(const GString *url)
{
    for (gsize i = 0; i < url->len; i++) {
        char c = url->str[i];
        if (c == ':') {
            return i + 1;
        }
        if (c == '/' || c == '?' || c == '#' || c == '\\') {
            return 0;
        }
    }
    return 0;
}

static void straighten_slashes(GString *url)
{
    for (gsize i = 0; i < url->len && url->str[i] != '?' && url->str[i] != '#'; i++) {
        if (url->str[i] == '\\') {
            url->str[i] = '/';
        }
    }
}

static UrlKind judge_scheme(GString *url, gsize length)
{
    if ((length == 5 && g_ascii_strncasecmp(url->str, "http:", 5) == 0) ||
        (length == 6 && g_ascii_strncasecmp(url->str, "https:", 6) == 0)) {
        straighten_slashes(url);
        const char *rest = url->str + length;
        return g_str_has_prefix(rest, "//") && rest[2] != '\0' && strchr("/?#", rest[2]) == NULL
                   ? URL_WEB
                   : URL_REFUSED;
    }
    if ((length == 7 && g_ascii_strncasecmp(url->str, "mailto:", 7) == 0) ||
        (length == 4 && g_ascii_strncasecmp(url->str, "tel:", 4) == 0)) {
        return URL_OTHER;
    }
    const char *id = url->str + length;
    return g_str_has_prefix(url->str, "media:") && *id != '\0' &&
                   strspn(id, "0123456789") == strlen(id)
               ? URL_MEDIA
               : URL_REFUSED;
}

UrlKind url_clean(GString *url)
{
    if (!remove_blanks(url) || url->len == 0) {
        return URL_REFUSED;
    }
    gsize scheme = scheme_length(url);
    if (scheme > 0) {
        return judge_scheme(url, scheme);
    }
    if (url->str[0] == '#') {
        return URL_FRAGMENT;
    }
    straighten_slashes(url);
    if (g_str_has_prefix(url->str, "//")) {
        g_string_prepend(url, "https:");
        return judge_scheme(url, 6);
    }
    return URL_RELATIVE;
}

void url_append_host(GString *out, const char *url)
{
    const char *host = strstr(url, "//");
    host = host == NULL ? url : host + 2;
    gsize length = strcspn(host, "/?#");
    const char *at = memchr(host, '@', length);
    if (at != NULL) {
        length -= (gsize)(at + 1 - host);
        host = at + 1;
    }
    if (length > 4 && g_ascii_strncasecmp(host, "www.", 4) == 0) {
        host += 4;
        length -= 4;
    }
    const char *colon = memchr(host, ':', length);
    g_string_append_len(out, host, colon == NULL ? (gssize)length : colon - host);
}
