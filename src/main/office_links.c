/* Links for the first sign-in: office_links.h. */
#include "main/office_links.h"

#include "base/clock.h"
#include "net/address.h"
#include "press/setting.h"
#include "staff/link.h"
#include "staff/person.h"

typedef struct {
    const char *who;
    char token[LINK_TOKEN];
} Line;

struct OfficeLinks {
    char *url;     /* office-url */
    GArray *lines; /* of Line */
};

void office_links_free(OfficeLinks *links)
{
    if (links != NULL) {
        g_free(links->url);
        g_array_unref(links->lines);
        g_free(links);
    }
}

static bool add(OfficeLinks *links, Store *store, LinkPurpose purpose, int64_t person,
                const char *who, GError **error)
{
    Line line = {.who = who};
    if (!link_make(store, purpose, person, clock_now(), line.token, NULL, error)) {
        return false;
    }
    g_array_append_val(links->lines, line);
    return true;
}

static bool add_demo(OfficeLinks *links, Store *store, GError **error)
{
    g_autofree char *url = setting_get(store, "url", error);
    g_autoptr(GPtrArray) people = url == NULL ? NULL : person_list(store, error);
    for (guint i = 0; people != NULL && i < people->len; i++) {
        const Person *person = people->pdata[i];
        if (person->demo && person->state == PERSON_ACTIVE && http_url_is_local(url) &&
            !add(links, store, LINK_SIGN_IN, person->id, role_name(person->role), error)) {
            return false;
        }
    }
    return people != NULL;
}

OfficeLinks *office_links_make(const Newsroom *newsroom, Store *store, GError **error)
{
    g_autoptr(OfficeLinks) links = g_new0(OfficeLinks, 1);
    bool any = false;
    links->url = g_strdup(newsroom->values[INI_SITE_OFFICE_URL]);
    links->lines = g_array_new(FALSE, FALSE, sizeof(Line));
    if (!person_any_administrator(store, &any, error) ||
        (!any && !add(links, store, LINK_FIRST, 0, "first admin", error)) ||
        !add_demo(links, store, error)) {
        return NULL;
    }
    return g_steal_pointer(&links);
}

/* Caller frees. */
static char *address_of(const OfficeLinks *links, int port)
{
    g_autoptr(GUri) uri = g_uri_parse(links->url, G_URI_FLAGS_NONE, NULL);
    if (uri == NULL || !http_url_is_local(links->url)) {
        return g_strdup(links->url);
    }
    return g_strdup_printf("%s://%s:%d", g_uri_get_scheme(uri), g_uri_get_host(uri), port);
}

void office_links_print(const OfficeLinks *links, int port, FILE *out)
{
    g_autofree char *address = address_of(links, port);
    for (guint i = 0; i < links->lines->len; i++) {
        const Line *line = &g_array_index(links->lines, Line, i);
        g_autofree char *label = g_strconcat(line->who, ":", NULL);
        fprintf(out, "%-14s %s/link/%s\n", label, address, line->token);
    }
}
