/* Topics and authors as one: name_kind.h. */
#include "desk/name_kind.h"

#include "base/error.h"
#include "desk/author.h"
#include "desk/author_merge.h"
#include "desk/topic.h"
#include "desk/topic_merge.h"

#include <string.h>

void named_free(void *data)
{
    Named *named = data;
    if (named != NULL) {
        g_free(named->slug);
        g_free(named->name);
        g_free(named->about);
        g_free(named);
    }
}

static Named *named_new(const char *slug, const char *name, const char *about)
{
    Named *named = g_new(Named, 1);
    *named = (Named){g_strdup(slug), g_strdup(name), g_strdup(about)};
    return named;
}

static Named *of_topic(const void *record)
{
    const Topic *topic = record;
    return named_new(topic->slug, topic->name, topic->about);
}

static Named *of_author(const void *record)
{
    const Author *author = record;
    return named_new(author->slug, author->name, author->about);
}

static Named *read_topic(Store *store, const char *language, const char *slug, GError **error)
{
    g_autoptr(Topic) topic = topic_read(store, language, slug, error);
    return topic == NULL ? NULL : of_topic(topic);
}

static Named *read_author(Store *store, const char *language, const char *slug, GError **error)
{
    g_autoptr(Author) author = author_read(store, language, slug, error);
    return author == NULL ? NULL : of_author(author);
}

const NameKind topic_kind = {"topic",     "/topics",    read_topic,     topic_list_after, of_topic,
                             topic_named, topic_rename, topic_describe, &topic_merging};
const NameKind author_kind = {"author",          "/authors",      read_author,
                              author_list_after, of_author,       author_named,
                              author_rename,     author_describe, &author_merging};

bool name_kind_taken(Store *store, const NameKind *kind, const char *language, const char *slug,
                     const char *name, bool *taken, GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autofree char *other = kind->named(store, language, name, &reason);
    if (other == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    *taken = other != NULL && strcmp(other, slug) != 0;
    return true;
}

char *name_kind_slug(Store *store, const NameKind *kind, const char *language, const char *text,
                     GError **error)
{
    g_autoptr(Named) by_slug = kind->read(store, language, text, NULL);
    return by_slug != NULL ? g_strdup(by_slug->slug) : kind->named(store, language, text, error);
}
