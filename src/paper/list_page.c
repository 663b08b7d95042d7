/* Sections, topics and authors: the rows of their page kinds. What the pages show is shelf.c. */
#include "desk/author.h"
#include "desk/section.h"
#include "desk/topic.h"
#include "paper/kinds.h"
#include "paper/shelf.h"

#include <string.h>

static bool describe_section(Store *store, const char *language, const char *slug, char **name,
                             char **about, GError **error)
{
    g_autoptr(Section) section = section_read(store, language, slug, error);
    if (section == NULL) {
        return false;
    }
    *name = g_strdup(section->name);
    *about = g_strdup(section->about);
    return true;
}

static bool describe_topic(Store *store, const char *language, const char *slug, char **name,
                           char **about, GError **error)
{
    g_autoptr(Topic) topic = topic_read(store, language, slug, error);
    if (topic == NULL) {
        return false;
    }
    *name = g_strdup(topic->name);
    *about = g_strdup(topic->about);
    return true;
}

static bool describe_author(Store *store, const char *language, const char *slug, char **name,
                            char **about, GError **error)
{
    g_autoptr(Author) author = author_read(store, language, slug, error);
    if (author == NULL) {
        return false;
    }
    *name = g_strdup(author->name);
    *about = g_strdup(author->about);
    return true;
}

/* All sections at once: a newspaper has dozens. */
static GPtrArray *sections_after(Store *store, const char *language, const char *after,
                                 unsigned most, GError **error)
{
    g_autoptr(GPtrArray) slugs = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) sections = *after == '\0' ? section_list(store, language, error) : NULL;
    if (*after == '\0' && sections == NULL) {
        return NULL;
    }
    for (guint i = 0; sections != NULL && i < sections->len; i++) {
        g_ptr_array_add(slugs, g_strdup(((const Section *)sections->pdata[i])->slug));
    }
    return g_steal_pointer(&slugs);
}

static GPtrArray *topics_after(Store *store, const char *language, const char *after, unsigned most,
                               GError **error)
{
    g_autoptr(GPtrArray) slugs = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) topics = topic_list_after(store, language, after, most, error);
    for (guint i = 0; topics != NULL && i < topics->len; i++) {
        g_ptr_array_add(slugs, g_strdup(((const Topic *)topics->pdata[i])->slug));
    }
    return topics == NULL ? NULL : g_steal_pointer(&slugs);
}

static GPtrArray *authors_after(Store *store, const char *language, const char *after,
                                unsigned most, GError **error)
{
    g_autoptr(GPtrArray) slugs = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) authors = author_list_after(store, language, after, most, error);
    for (guint i = 0; authors != NULL && i < authors->len; i++) {
        g_ptr_array_add(slugs, g_strdup(((const Author *)authors->pdata[i])->slug));
    }
    return authors == NULL ? NULL : g_steal_pointer(&slugs);
}

const PaperShelf paper_shelf_section = {"section", describe_section, sections_after};
const PaperShelf paper_shelf_topic = {"topic", describe_topic, topics_after};
const PaperShelf paper_shelf_author = {"author", describe_author, authors_after};

/* A kind's functions take no data, so each shelf has its own. */
#define SHELF_KINDS(word, first_wave)                                                              \
    static bool word##_render(PressPage *press, const char *key, GError **error)                   \
    {                                                                                              \
        return paper_shelf_render(&paper_shelf_##word, press, key, error);                         \
    }                                                                                              \
    static bool word##_text_render(PressPage *press, const char *key, GError **error)              \
    {                                                                                              \
        return paper_shelf_text_render(&paper_shelf_##word, press, key, error);                    \
    }                                                                                              \
    static bool word##_month_render(PressPage *press, const char *key, GError **error)             \
    {                                                                                              \
        return paper_shelf_month_render(&paper_shelf_##word, press, key, error);                   \
    }                                                                                              \
    static bool word##_year_render(PressPage *press, const char *key, GError **error)              \
    {                                                                                              \
        return paper_shelf_year_render(&paper_shelf_##word, press, key, error);                    \
    }                                                                                              \
    static bool word##_text_month_render(PressPage *press, const char *key, GError **error)        \
    {                                                                                              \
        return paper_shelf_text_month_render(&paper_shelf_##word, press, key, error);              \
    }                                                                                              \
    static bool word##_text_year_render(PressPage *press, const char *key, GError **error)         \
    {                                                                                              \
        return paper_shelf_text_year_render(&paper_shelf_##word, press, key, error);               \
    }                                                                                              \
    static bool word##_keys(Store *store, void *run, int64_t as_of, PressKeyTaker take,            \
                            void *data, GError **error)                                            \
    {                                                                                              \
        return paper_shelf_keys(&paper_shelf_##word, SHELF_NEWEST, store, run, as_of, take, data,  \
                                error);                                                            \
    }                                                                                              \
    static bool word##_month_keys(Store *store, void *run, int64_t as_of, PressKeyTaker take,      \
                                  void *data, GError **error)                                      \
    {                                                                                              \
        return paper_shelf_keys(&paper_shelf_##word, SHELF_MONTHS, store, run, as_of, take, data,  \
                                error);                                                            \
    }                                                                                              \
    static bool word##_year_keys(Store *store, void *run, int64_t as_of, PressKeyTaker take,       \
                                 void *data, GError **error)                                       \
    {                                                                                              \
        return paper_shelf_keys(&paper_shelf_##word, SHELF_YEARS, store, run, as_of, take, data,   \
                                error);                                                            \
    }                                                                                              \
    static const char *const word##_by[] = {"list:" #word, NULL};                                  \
    static const char *const word##_month_by[] = {"list:" #word "-month", NULL};                   \
    static const char *const word##_year_by[] = {"count:" #word "-year", NULL};                    \
    const PressKind paper_##word = {.name = #word,                                                 \
                                    .wave = first_wave,                                            \
                                    .early = true,                                                 \
                                    .created_by = word##_by,                                       \
                                    .keys = word##_keys,                                           \
                                    .render = word##_render,                                       \
                                    .help = "the newest stories of one " #word};                   \
    const PressKind paper_##word##_text = {.name = "text-" #word,                                  \
                                           .wave = first_wave,                                     \
                                           .early = true,                                          \
                                           .created_by = word##_by,                                \
                                           .keys = word##_keys,                                    \
                                           .render = word##_text_render,                           \
                                           .help = "the newest stories of one " #word              \
                                                   " as plain text"};                              \
    const PressKind paper_##word##_month = {.name = #word "-month",                                \
                                            .wave = PRESS_WAVE_REST,                               \
                                            .early = true,                                         \
                                            .created_by = word##_month_by,                         \
                                            .keys = word##_month_keys,                             \
                                            .render = word##_month_render,                         \
                                            .help = "a month's stories of one " #word};            \
    const PressKind paper_##word##_text_month = {.name = "text-" #word "-month",                   \
                                                 .wave = PRESS_WAVE_REST,                          \
                                                 .early = true,                                    \
                                                 .created_by = word##_month_by,                    \
                                                 .keys = word##_month_keys,                        \
                                                 .render = word##_text_month_render,               \
                                                 .help = "a month's stories of one " #word         \
                                                         " as plain text"};                        \
    const PressKind paper_##word##_text_year = {.name = "text-" #word "-year",                     \
                                                .wave = PRESS_WAVE_REST,                           \
                                                .early = true,                                     \
                                                .created_by = word##_year_by,                      \
                                                .keys = word##_year_keys,                          \
                                                .render = word##_text_year_render,                 \
                                                .help = "the months of a year of one " #word       \
                                                        " as plain text"};                         \
    const PressKind paper_##word##_year = {.name = #word "-year",                                  \
                                           .wave = PRESS_WAVE_REST,                                \
                                           .early = true,                                          \
                                           .created_by = word##_year_by,                           \
                                           .keys = word##_year_keys,                               \
                                           .render = word##_year_render,                           \
                                           .help = "the months of a year of one " #word}

SHELF_KINDS(section, PRESS_WAVE_NEWS);
SHELF_KINDS(topic, PRESS_WAVE_REST);
SHELF_KINDS(author, PRESS_WAVE_REST);
