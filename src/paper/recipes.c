/* All page kinds and global inputs of the newspaper, in one list: paper.h. */
#include "base/error.h"
#include "paper/example.h"
#include "paper/kinds.h"
#include "paper/read_more.h"
#include "paper/run.h"
#include "seal/hash.h"
#include "theme/embedded.h"

#include <string.h>

/* The first is no page of an edition: paper_recipes() begins behind it. */
static const PressKind *const kinds[] = {
    &paper_example,
    &paper_story,
    &paper_live_part,
    &paper_front,
    &paper_section,
    &paper_section_month,
    &paper_section_year,
    &paper_topic,
    &paper_topic_month,
    &paper_topic_year,
    &paper_author,
    &paper_author_month,
    &paper_author_year,
    &paper_day,
    &paper_month,
    &paper_year,
    &paper_archive,
    &paper_stub,
    &paper_status,
    &paper_gone,
    &paper_support,
    &paper_mirrors,
    &paper_notfound,
    &paper_robots,
    &paper_security,
    &paper_icon,
    &paper_feed_rss,
    &paper_feed_atom,
    &paper_feed_json,
    &paper_section_feed_rss,
    &paper_section_feed_atom,
    &paper_section_feed_json,
    &paper_text,
    &paper_text_front,
    &paper_text_day,
    &paper_text_month,
    &paper_text_year,
    &paper_text_archive,
    &paper_text_live_part,
    &paper_text_support,
    &paper_text_mirrors,
    &paper_section_text,
    &paper_topic_text,
    &paper_author_text,
    &paper_section_text_month,
    &paper_section_text_year,
    &paper_topic_text_month,
    &paper_topic_text_year,
    &paper_author_text_month,
    &paper_author_text_year,
    &paper_text_search,
    &paper_text_notfound,
    &paper_text_newsletter_latest,
    &paper_text_newsletter_archive,
    &paper_text_newsletter_issue,
    &paper_text_newsletters,
    &paper_sitemap,
    &paper_sitemap_index,
    &paper_sitemap_news,
    &paper_search,
    &paper_search_file,
    &paper_newsletter_latest,
    &paper_newsletter_archive,
    &paper_newsletter_issue,
    &paper_newsletters,
    NULL,
};

static char *template_version(Store *store, void *run, const char *name, int64_t as_of,
                              GError **error)
{
    const PaperRun *paper = run;
    const char *version = theme_version(paper->context->theme, name);
    if (version == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "the theme has no template \"%s\"", name);
        return NULL;
    }
    return g_strdup(version);
}

/* Key "en/recent" or "en/standing". */
static char *frame_version(Store *store, void *run, const char *key, int64_t as_of, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(key, "/", 2);
    const PaperFrame *frame =
        parts[0] == NULL || parts[1] == NULL
            ? NULL
            : paper_run_frame(run, parts[0], strcmp(parts[1], "standing") == 0);
    if (frame == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no frame \"%s\"", key);
        return NULL;
    }
    return g_strdup(frame->version);
}

/* Key "search": site/theme/search.js as it is in this program. */
static char *script_version(Store *store, void *run, const char *key, int64_t as_of, GError **error)
{
    g_autofree char *name = g_strconcat("theme/", key, ".js", NULL);
    const EmbeddedFile *script = embedded_read(name);
    if (script == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no script \"%s\"", key);
        return NULL;
    }
    Hash hash = hash_of(script->bytes, script->length);
    char hex[HASH_HEX];
    hash_hex(&hash, hex);
    return g_strndup(hex, 16);
}

/* Key "favicon.ico": a file of the theme that is a page by itself. */
static char *file_version(Store *store, void *run, const char *key, int64_t as_of, GError **error)
{
    const PaperRun *paper = run;
    char *version = theme_file_version(paper->context->theme, key);
    if (version == NULL) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "the theme has no file \"%s\"", key);
    }
    return version;
}

static const PressGlobal globals[] = {
    {"template", template_version},     {"theme", file_version},
    {"frame", frame_version},           {"script", script_version},
    {"related", paper_related_version}, {NULL, NULL}};

PressRecipes paper_recipes(PaperContext *context)
{
    return (PressRecipes){.kinds = kinds + 1,
                          .globals = globals,
                          .begin = paper_run_begin,
                          .end = paper_run_end,
                          .context = context};
}

PressRecipes paper_trial_recipes(PaperContext *context)
{
    PressRecipes recipes = paper_recipes(context);
    recipes.kinds = kinds;
    return recipes;
}

PressRecipes paper_draft_recipes(PaperContext *context)
{
    static const PressKind *const drafts[] = {&paper_draft, NULL};
    PressRecipes recipes = paper_recipes(context);
    recipes.kinds = drafts;
    return recipes;
}
