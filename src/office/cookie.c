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
#define PROOF       32u     /* hex digits */

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

static bool is_hex(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!g_ascii_isdigit(text[i]) && (text[i] < 'a' || text[i] > 'f')) {
            return false;
        }
    }
    return true;
}

/* The proof that the browser of this id is the person's, as long as the password is this one, of
 * which nothing can be learned from it, and the office is not locked. Caller frees; NULL if the
 * database does not answer. */
static char *proof_of(const OfficeVisit *visit, const Person *person, const char *browser)
{
    const Secret *secret = office_options(visit->office)->secret;
    int64_t locked = 0;
    if (!session_locked_at(visit->store, &locked, NULL)) {
        return NULL;
    }
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT " %s %s %" G_GINT64_FORMAT,
                                            person->id, browser, person->password, locked);
    char *mac = secret_mac_hex(secret, "office-known", text);
    mac[PROOF] = '\0';
    return mac;
}

/* ".PERSON.BROWSER.MAC" cut at the dots; NULL if it is not made like that. Caller frees. */
static GStrv parts_of(const char *mark, int64_t *person)
{
    g_auto(GStrv) parts = g_strsplit(mark, ".", 5);
    gint64 number = 0;
    if (g_strv_length(parts) != 4 || parts[0][0] != '\0' ||
        !g_ascii_string_to_signed(parts[1], 10, 1, G_MAXINT64, &number, NULL) ||
        strlen(parts[2]) != COOKIE_BROWSER - 1 || !is_hex(parts[2], COOKIE_BROWSER - 1) ||
        strlen(parts[3]) != PROOF || !is_hex(parts[3], PROOF)) {
        return NULL;
    }
    *person = number;
    return g_steal_pointer(&parts);
}

Person *cookie_known(const OfficeVisit *visit, char browser[COOKIE_BROWSER])
{
    int64_t id = 0;
    g_auto(GStrv) parts = parts_of(visit->mark, &id);
    g_autoptr(Person) person = person_read(visit->store, id, NULL);
    if (parts == NULL || person == NULL) {
        return NULL;
    }
    g_autofree char *right = proof_of(visit, person, parts[2]);
    if (right == NULL || !secret_equal(parts[3], right, PROOF)) {
        return NULL;
    }
    g_strlcpy(browser, parts[2], COOKIE_BROWSER);
    return g_steal_pointer(&person);
}

/* What stands behind the token, kept only if it is made as a mark is. */
static void take_mark(OfficeVisit *visit, const char *text, size_t length)
{
    int64_t person = 0;
    g_autofree char *mark = g_strndup(text, length);
    g_auto(GStrv) parts = parts_of(mark, &person);
    if (parts != NULL && length < sizeof visit->mark) {
        g_strlcpy(visit->mark, mark, sizeof visit->mark);
    }
}

/* "a=1; kolokol=…; b=2": the first of that name that is well-formed. */
static void take(OfficeVisit *visit, const char *header, const char *name)
{
    size_t length = strlen(name), token = SESSION_TOKEN - 1;
    for (const char *at = header; at != NULL && *at != '\0';) {
        at += strspn(at, " \t;");
        size_t whole = strcspn(at, ";");
        const char *value = at + length + 1;
        bool named = whole > length + token && strncmp(at, name, length) == 0 && at[length] == '=';
        size_t rest = named ? whole - length - 1 - token : 0;
        if (named && is_hex(value, token) && (rest == 0 || value[token] == '.')) {
            g_strlcpy(visit->cookie, value, SESSION_TOKEN);
            take_mark(visit, value + token, rest);
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
    visit->cookie[0] = visit->new_cookie[0] = visit->mark[0] = '\0';
    take(visit, header, name_of(visit));
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

void office_set_known(OfficeVisit *visit, int64_t id)
{
    g_autoptr(Person) person = person_read(visit->store, id, NULL);
    visit->mark[0] = '\0';
    if (person != NULL) {
        g_autofree char *browser = random_id();
        browser[COOKIE_BROWSER - 1] = '\0';
        g_autofree char *proof = proof_of(visit, person, browser);
        if (proof == NULL) {
            return;
        }
        g_snprintf(visit->mark, sizeof visit->mark, ".%" G_GINT64_FORMAT ".%s.%s", id, browser,
                   proof);
    }
}

void cookie_write(const OfficeVisit *visit, HttpReply *reply)
{
    /* A file may be kept by the browser, and has nothing to do with who asks. */
    if (visit->new_cookie[0] == '\0' || http_reply_find(reply, "ETag") != NULL) {
        return;
    }
    g_autofree char *line =
        g_strdup_printf("%s=%s%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s", name_of(visit),
                        visit->new_cookie, visit->mark, COOKIE_DAYS * 24 * 3600,
                        office_https(visit->office) ? "; Secure" : "");
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
