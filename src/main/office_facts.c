/* Lines of kolokol.ini for the office: office_facts.h. */
#include "main/office_facts.h"

#include <string.h>

/* Where a password may begin and end in "scheme://user:password@host". */
static bool password_of(const char *address, const char **from, const char **to)
{
    const char *host = strstr(address, "://");
    const char *start = host == NULL ? NULL : host + 3;
    const char *end = start == NULL ? NULL : start + strcspn(start, "/?#");
    const char *at = NULL;
    for (const char *each = start; each != end; each++) {
        at = *each == '@' ? each : at;
    }
    *from = at == NULL ? NULL : memchr(start, ':', (size_t)(at - start));
    *to = at;
    return *from != NULL;
}

/* libpq takes one as a parameter too. */
static char *without_parameter(char *taken)
{
    g_autofree char *address = taken;
    char *found = strstr(address, "password=");
    if (found == NULL) {
        return g_steal_pointer(&address);
    }
    char *value = found + strlen("password=");
    size_t length = strcspn(value, "& ");
    return g_strdup_printf("%.*s…%s", (int)(value - address), address, value + length);
}

char *office_facts_hidden(const char *address)
{
    const char *from = NULL, *to = NULL;
    return without_parameter(password_of(address, &from, &to)
                                 ? g_strdup_printf("%.*s:…%s", (int)(from - address), address, to)
                                 : g_strdup(address));
}

OfficeFact *office_facts_new(const Newsroom *newsroom)
{
    OfficeFact *facts = g_new0(OfficeFact, INI_KEYS + 1);
    unsigned count = 0;
    for (unsigned key = 0; key < INI_KEYS; key++) {
        NewsroomLine line = newsroom_ini_line((IniKey)key);
        if (line.setting != NULL) {
            continue;
        }
        facts[count++] = (OfficeFact){
            g_strdup_printf("[%s] %s", line.group, line.key),
            office_facts_hidden(newsroom->values[key]),
            line.comment,
        };
    }
    return facts;
}

void office_facts_free(OfficeFact *facts)
{
    for (OfficeFact *fact = facts; fact != NULL && fact->key != NULL; fact++) {
        g_free((char *)(uintptr_t)fact->key);
        g_free((char *)(uintptr_t)fact->value);
    }
    g_free(facts);
}
