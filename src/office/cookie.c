/* The cookie: cookie.h. */
#include "office/cookie.h"

#include "base/random.h"
#include "office/office_private.h"
#include "seal/hash.h"

#include <sodium.h>
#include <string.h>

#define NAME        "kolokol"
#define NAME_SECURE "__Host-kolokol"
#define AGAIN       "again" /* in the query of a page that opens itself again */

bool secret_equal(const char *a, const char *b, size_t length)
{
    return sodium_memcmp(a, b, length) == 0;
}

void cookie_csrf(const char *cookie, char csrf[OFFICE_TOKEN])
{
    char hex[HASH_HEX];
    g_autofree char *text = g_strconcat("office-csrf ", cookie, NULL);
    Hash hash = hash_of(text, strlen(text));
    hash_hex(&hash, hex);
    g_strlcpy(csrf, hex, OFFICE_TOKEN);
}

static bool well_formed(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!g_ascii_isdigit(text[i]) && (text[i] < 'a' || text[i] > 'f')) {
            return false;
        }
    }
    return length == SESSION_TOKEN - 1;
}

/* "a=1; kolokol=…; b=2": the first of that name that is well-formed. */
static void take(const char *header, const char *name, char cookie[SESSION_TOKEN])
{
    size_t length = strlen(name);
    for (const char *at = header; at != NULL && *at != '\0';) {
        at += strspn(at, " \t;");
        size_t whole = strcspn(at, ";");
        if (whole > length && strncmp(at, name, length) == 0 && at[length] == '=' &&
            well_formed(at + length + 1, whole - length - 1)) {
            g_strlcpy(cookie, at + length + 1, SESSION_TOKEN);
            return;
        }
        at += whole;
    }
}

static const char *name_of(const OfficeVisit *visit)
{
    return office_https(visit->office) ? NAME_SECURE : NAME;
}

static bool is_get(const OfficeVisit *visit)
{
    return visit->request->method == HTTP_GET || visit->request->method == HTTP_HEAD;
}

void cookie_read(OfficeVisit *visit)
{
    const char *header = http_request_header(visit->request, "Cookie");
    visit->cookie[0] = visit->new_cookie[0] = '\0';
    take(header, name_of(visit), visit->cookie);
    if (visit->cookie[0] == '\0' && is_get(visit)) {
        g_autofree char *fresh = random_id();
        office_set_cookie(visit, fresh);
    } else {
        cookie_csrf(visit->cookie, visit->csrf);
    }
}

void office_set_cookie(OfficeVisit *visit, const char *token)
{
    if (*token == '\0') { /* signed out: a fresh one that opens nothing */
        g_autofree char *fresh = random_id();
        g_strlcpy(visit->new_cookie, fresh, sizeof visit->new_cookie);
    } else {
        g_strlcpy(visit->new_cookie, token, sizeof visit->new_cookie);
    }
    cookie_csrf(visit->new_cookie, visit->csrf);
}

void cookie_write(const OfficeVisit *visit, HttpReply *reply)
{
    /* A file may be kept by the browser, and has nothing to do with who asks. */
    if (visit->new_cookie[0] == '\0' || http_reply_find(reply, "ETag") != NULL) {
        return;
    }
    g_autofree char *line =
        g_strdup_printf("%s=%s; Path=/; HttpOnly; SameSite=Strict%s", name_of(visit),
                        visit->new_cookie, office_https(visit->office) ? "; Secure" : "");
    http_reply_header(reply, "Set-Cookie", line);
}

bool cookie_from_outside(const OfficeVisit *visit)
{
    const char *site = http_request_header(visit->request, "Sec-Fetch-Site");
    bool from_here =
        site != NULL && (strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0);
    bool a_file = visit->request->path_length > 3 && strncmp(visit->request->path, "/o/", 3) == 0;
    return visit->cookie[0] == '\0' && is_get(visit) && !from_here && !a_file &&
           fields_get(visit->query, AGAIN) == NULL;
}
