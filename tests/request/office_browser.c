/* A browser without a socket: office_browser.h. */
#include "office_browser.h"

#include "base/clock.h"

#include <string.h>

void browser_clear(Browser *browser)
{
    g_clear_pointer(&browser->cookie_line, g_free);
    g_clear_pointer(&browser->location, g_free);
}

bool reply_says(const HttpReply *reply, const char *text)
{
    const void *body = http_reply_body(reply);
    return body != NULL && memmem(body, http_reply_length(reply), text, strlen(text)) != NULL;
}

char *reply_field(const HttpReply *reply, const char *name)
{
    const char *body = http_reply_body(reply);
    g_autofree char *page =
        body == NULL ? g_strdup("") : g_strndup(body, (gsize)http_reply_length(reply));
    g_autofree char *before = g_strdup_printf("name=\"%s\" value=\"", name);
    const char *from = g_strrstr(page, before);
    if (from == NULL) {
        return NULL;
    }
    from += strlen(before);
    return g_strndup(from, strcspn(from, "\""));
}

static void remember(Browser *browser, const HttpReply *reply)
{
    const char *set = http_reply_find(reply, "Set-Cookie");
    g_autofree char *csrf = reply_field(reply, "csrf");
    g_free(browser->cookie_line);
    browser->cookie_line = g_strdup(set);
    g_free(browser->location);
    browser->location = g_strdup(http_reply_find(reply, "Location"));
    if (set != NULL) {
        const char *value = strchr(set, '=') + 1;
        g_autofree char *whole = g_strndup(value, strcspn(value, ";"));
        g_strlcpy(browser->cookie, whole, sizeof browser->cookie);
    }
    if (csrf != NULL) {
        g_strlcpy(browser->csrf, csrf, sizeof browser->csrf);
    }
}

static HttpReply *ask(Browser *browser, const char *method, const char *target, const char *type,
                      const void *body, size_t length)
{
    HttpRequest request;
    const char *question = strchr(target, '?');
    g_autofree char *path =
        question == NULL ? g_strdup(target) : g_strndup(target, (gsize)(question - target));
    g_autofree char *cookie = g_strdup_printf(
        "other=1; %s=%s; last=2", office_https(browser->office) ? "__Host-kolokol" : "kolokol",
        browser->cookie);
    http_request_init(&request, method, path);
    request.query = question == NULL ? NULL : question + 1;
    request.peer.bytes[10] = request.peer.bytes[11] = 0xff;
    request.peer.bytes[12] = 10;
    request.peer.bytes[15] = browser->address;
    if (browser->cookie[0] != '\0') {
        http_request_add(&request, "Cookie", cookie);
    }
    if (browser->site != NULL) {
        http_request_add(&request, "Sec-Fetch-Site", browser->site);
    }
    if (browser->referer != NULL) {
        http_request_add(&request, "Referer", browser->referer);
    }
    if (browser->language != NULL) {
        http_request_add(&request, "Accept-Language", browser->language);
    }
    if (body != NULL) {
        http_request_add(&request, "Content-Type", type);
        request.body = body;
        request.body_length = length;
    }
    HttpReply *reply = NULL;
    while ((reply = office_answer(&request, browser->office)) == NULL) {
        request.waited += HTTP_AGAIN; /* as the server would, without the waiting */
        if (browser->meanwhile != NULL) {
            browser->meanwhile(browser->data);
        }
    }
    remember(browser, reply);
    return reply;
}

HttpReply *browser_get(Browser *browser, const char *path)
{
    return ask(browser, "GET", path, NULL, NULL, 0);
}

HttpReply *browser_send(Browser *browser, const char *path, const char *type, const void *body,
                        size_t length)
{
    return ask(browser, "POST", path, type, body, length);
}

HttpReply *browser_post_bare(Browser *browser, const char *path, const char *body)
{
    return browser_send(browser, path, "application/x-www-form-urlencoded", body, strlen(body));
}

/* "base=…&" of the page of the story whose way this path is; "" for any other. Caller frees. */
static char *base_of(Browser *browser, const char *path, const char *body)
{
    static const char *const way[] = {"publish", "schedule", "stage",  "embargo", "lift",
                                      "correct", "withdraw", "reopen", "restore", NULL};
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    if (g_strv_length(parts) != 4 || strcmp(parts[1], "stories") != 0 ||
        !g_strv_contains(way, parts[3]) || strstr(body, "base=") != NULL) {
        return g_strdup("");
    }
    g_autofree char *page = g_strconcat("/stories/", parts[2], NULL);
    g_autoptr(HttpReply) reply = browser_get(browser, page);
    g_autofree char *base = reply_field(reply, "base"); /* the last: the one above is the text's */
    return base == NULL ? g_strdup("") : g_strdup_printf("base=%s&", base);
}

HttpReply *browser_post(Browser *browser, const char *path, const char *body)
{
    g_autofree char *base = base_of(browser, path, body);
    g_autofree char *whole =
        g_strdup_printf("%s%s%scsrf=%s", base, body, *body == '\0' ? "" : "&", browser->csrf);
    return browser_post_bare(browser, path, whole);
}

/* What the n-th <code> of the page says. Caller frees. */
static char *code_of(const HttpReply *reply, unsigned n)
{
    g_autofree char *page = g_strndup(http_reply_body(reply), (gsize)http_reply_length(reply));
    const char *at = page;
    for (unsigned i = 0; i <= n; i++) {
        at = strstr(at, "<code>");
        g_assert_nonnull(at);
        at += strlen("<code>");
    }
    return g_strndup(at, strcspn(at, "<"));
}

void reply_key(const HttpReply *reply, uint8_t totp[TOTP_SECRET])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    g_autofree char *text = code_of(reply, 0);
    unsigned held = 0, bits = 0, length = 0;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == ' ') {
            continue;
        }
        held = (held << 5 | (unsigned)(strchr(letters, *c) - letters)) & 0xffff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            totp[length++] = (uint8_t)(held >> bits);
        }
    }
    g_assert_cmpuint(length, ==, TOTP_SECRET);
}

void browser_set_up(Browser *browser, char codes[SECOND_CODES][SECOND_RECOVERY])
{
    uint8_t totp[TOTP_SECRET];
    char code[TOTP_DIGITS + 1];
    g_autoptr(HttpReply) page = browser_get(browser, "/second-factor");
    g_assert_cmpuint(http_reply_status(page), ==, 200);
    reply_key(page, totp);
    totp_code(totp, clock_now(), code);
    g_autofree char *body = g_strdup_printf("next=/&code=%s", code);
    g_autoptr(HttpReply) done = browser_post(browser, "/second-factor", body);
    g_assert_cmpuint(http_reply_status(done), ==, 200);
    for (unsigned i = 0; i < SECOND_CODES; i++) {
        g_autofree char *recovery = code_of(done, i);
        g_strlcpy(codes[i], recovery, SECOND_RECOVERY);
    }
    http_reply_unref(browser_get(browser, "/account")); /* a page with a token */
}

unsigned browser_sign_in(Browser *browser, const char *email, const char *password)
{
    http_reply_unref(browser_get(browser, "/sign-in"));
    g_autofree char *address = g_uri_escape_string(email, NULL, FALSE);
    g_autofree char *word = g_uri_escape_string(password, NULL, FALSE);
    g_autofree char *body = g_strdup_printf("email=%s&password=%s&next=/", address, word);
    g_autoptr(HttpReply) reply = browser_post(browser, "/sign-in", body);
    return http_reply_status(reply);
}
