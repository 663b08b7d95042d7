/* Changes of the paper around its stories: settings, theme, records, pictures, campaigns,
 * redirects. */
#include "exact/changes_private.h"

#include "base/error.h"
#include "desk/author.h"
#include "desk/breaking.h"
#include "desk/correction.h"
#include "desk/front.h"
#include "desk/import.h"
#include "desk/live.h"
#include "desk/media.h"
#include "desk/redirect.h"
#include "desk/section.h"
#include "desk/story_edit.h"
#include "desk/story_state.h"
#include "desk/topic.h"
#include "desk/topic_merge.h"
#include "desk/variant.h"
#include "desk/withhold.h"
#include "fund/campaign.h"
#include "press/setting.h"
#include <stdarg.h>
#include <string.h>

void changes_of_setting(Changes *changes)
{
    static const char *const values[][2] = {
        {"name", "The Harbour Bell"},
        {"name", "The Bell & Co"},
        {"name.ru", "Портовый колокол"},
        {"timezone", "Europe/Riga"},
        {"timezone", "America/Bogota"},
        {"timezone", "UTC"},
        {"description", "News of the harbour"},
        {"description", ""},
        {"url", "https://bell.example"},
        {"url", "https://bell.example/x"},
        {"contact", "desk@bell.example"},
        {"contact", ""},
        {"forms-mail", "subscribe@bell.example"},
        {"forms-mail", ""},
        {"forms-urls", "https://forms.example,https://f2.example"},
        {"url", "http://paper.localhost:8080"},
        {"mirrors", "https://m1.example,https://m2.example/bell"},
        {"mirrors", ""},
        {"publish-key", "RWQAAQIDBAUGBwABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"},
        {"publish-key", ""},
        {"providers", "practice"},
        {"providers", ""},
    };
    const char *const *pair = PICK(changes, values);
    bool changed = false;
    GError *error = NULL;
    changes_say(changes, "setting %s = %s", pair[0], pair[1]);
    changes_settle(changes,
                   setting_set(changes_store_of(changes), pair[0], pair[1], &changed, &error),
                   &error);
}

void changes_of_languages(Changes *changes)
{
    static const char *const values[] = {"en,ru", "en", "en,ru", "ru,en"};
    const char *value = PICK(changes, values);
    bool changed = false;
    GError *error = NULL;
    changes_say(changes, "languages = %s", value);
    changes_settle(changes,
                   setting_set(changes_store_of(changes), "languages", value, &changed, &error),
                   &error);
}

void changes_of_theme(Changes *changes)
{
    static const char *const names[] = {"card.mustache", "story-foot.mustache", "style.css",
                                        "moved.mustache"};
    const char *name = PICK(changes, names);
    if (changes_pick(changes, 2) == 0) {
        changes_say(changes, "theme/%s removed", name);
        test_newsroom_theme(changes->newsroom, name, NULL);
        return;
    }
    const char *word = PICK(changes, changes_words);
    g_autofree char *text =
        g_str_has_suffix(name, ".css")
            ? g_strdup_printf("body{margin:%upx}\n", changes_pick(changes, 40))
        : g_str_has_prefix(name, "moved")
            ? g_strdup_printf("<!doctype html><title>%s</title><a href=\"{{target}}\">{{canonical}}"
                              "</a>\n",
                              word)
            : g_strdup_printf("<p>%s {{headline}} {{url}}</p>\n", word);
    changes_say(changes, "theme/%s written with %s", name, word);
    test_newsroom_theme(changes->newsroom, name, text);
}

/* A serif of the paper's own comes, is drawn anew, and goes: with its sheet, since one that names a
 * font that is not there is refused. */
void changes_of_fonts(Changes *changes)
{
    static const char sheet[] = "@font-face{font-family:S;src:url(serif.woff2)}\n";
    unsigned drawing = changes_pick(changes, 4);
    changes_say(changes, "the theme's font is number %u", drawing);
    if (drawing == 0) {
        test_newsroom_theme(changes->newsroom, "layout.css", NULL);
        test_newsroom_theme(changes->newsroom, "serif.woff2", NULL);
        return;
    }
    char font[64] = "wOF2";
    font[11] = sizeof font;
    font[63] = (char)drawing;
    test_newsroom_theme_bytes(changes->newsroom, "serif.woff2", font, sizeof font);
    test_newsroom_theme(changes->newsroom, "layout.css", sheet);
}

/* One topic into another, all its stories at once or step by step; or an old name let go. */
static bool merge_topics(Changes *changes, const char *language, const char *slug,
                         const char *other, GError **error)
{
    Store *store = changes_store_of(changes);
    const DeskSite *site = changes_site_of(changes);
    bool more = true;
    jobs_register(topic_jobs);
    if (changes_pick(changes, 4) == 0) {
        changes_say(changes, "topic %s/%s is released", language, slug);
        return name_merge_release(store, &topic_merging, site, language, slug, changes->now, error);
    }
    changes_say(changes, "topic %s/%s goes into %s", language, slug, other);
    if (!name_merge(store, &topic_merging, site, language, slug, other, changes->now, error)) {
        return false;
    }
    while (more) {
        if (!name_merge_step(store, &topic_merging, site, language, slug, changes->now, &more,
                             error)) {
            return false;
        }
    }
    return true;
}

void changes_of_records(Changes *changes)
{
    static const char *const section_slugs[] = {"politics", "culture", "sport", "war-and-peace"};
    static const char *const topic_slugs[] = {"rivers", "elections", "cinema", "bread"};
    static const char *const author_slugs[] = {"anna-li", "ivan-petrov", "jon-dee"};
    g_autofree char *language = changes_language_of(changes);
    g_autofree char *name = g_strdup_printf("The %s", PICK(changes, changes_words));
    const char *slug = PICK(changes, section_slugs);
    Store *store = changes_store_of(changes);
    GError *error = NULL;
    bool done = false;
    switch (changes_pick(changes, 9)) {
    case 6:
        changes_say(changes, "section %s/%s described", language, slug);
        done = section_describe(store, language, slug, name, &error);
        break;
    case 7:
        changes_say(changes, "section %s/%s hidden, or not", language, slug);
        done = section_hide(store, language, slug, changes_pick(changes, 2) == 0, &error);
        break;
    case 8:
        done = merge_topics(changes, language, PICK(changes, topic_slugs),
                            PICK(changes, topic_slugs), &error);
        break;
    case 0:
        changes_say(changes, "section %s/%s is now %s", language, slug, name);
        done = section_rename(store, language, slug, name, &error);
        break;
    case 1:
        changes_say(changes, "section %s/%s moves", language, slug);
        done = section_move(store, language, slug, 1 + changes_pick(changes, 4), &error);
        break;
    case 2:
        slug = PICK(changes, topic_slugs);
        changes_say(changes, "topic %s/%s is now %s", language, slug, name);
        done = topic_rename(store, language, slug, name, &error);
        break;
    case 3:
        slug = PICK(changes, topic_slugs);
        changes_say(changes, "topic %s/%s described", language, slug);
        done = topic_describe(store, language, slug, name, &error);
        break;
    case 4:
        slug = PICK(changes, author_slugs);
        changes_say(changes, "author %s/%s is now %s", language, slug, name);
        done = author_rename(store, language, slug, name, &error);
        break;
    default:
        slug = PICK(changes, author_slugs);
        changes_say(changes, "author %s/%s described", language, slug);
        done = author_describe(store, language, slug, name, &error);
    }
    changes_settle(changes, done, &error);
}

/* A name goes out of every story, with its author or topic. */
void changes_of_withheld(Changes *changes)
{
    static const char *const names[] = {"Anna Li", "Jon Dee", "Rivers", "politics"};
    const char *spellings[] = {
        changes_pick(changes, 4) == 0 ? PICK(changes, changes_words) : PICK(changes, names), NULL};
    Withhold how = {spellings, changes_pick(changes, 2) ? "N. N." : "", "a threat", ""};
    GError *error = NULL;
    bool more = true;
    changes_say(changes, "\"%s\" is withheld", spellings[0]);
    bool done = withhold_name(changes_store_of(changes), changes_site_of(changes), &how,
                              changes->now, &error);
    while (done && more) {
        done = withhold_step(changes_store_of(changes), changes_site_of(changes), changes->now,
                             &more, NULL, &error);
    }
    changes_settle(changes, done, &error);
}

/* The forms of a picture arrive, all or some of them, or other ones after the focal point moved. */
static void put_variants(Changes *changes, int64_t id)
{
    static const struct {
        const char *shape, *format;
        int64_t width;
    } rows[] = {{VARIANT_WIDE, "avif", 480},   {VARIANT_WIDE, "avif", 1280},
                {VARIANT_WIDE, "jpg", 800},    {VARIANT_WIDE, "webp", 800},
                {VARIANT_SQUARE, "avif", 256}, {VARIANT_SQUARE, "jpg", 256}};

    VariantMade made[G_N_ELEMENTS(rows)];
    GError *error = NULL;
    unsigned count = changes_pick(changes, G_N_ELEMENTS(rows) + 1);
    for (unsigned i = 0; i < count; i++) {
        made[i] = (VariantMade){rows[i].shape, rows[i].format, rows[i].width, rows[i].width / 2,
                                test_picture(1000 + changes_pick(changes, 50))};
    }
    changes_say(changes, "%u variants of media %" G_GINT64_FORMAT, count, id);
    changes_settle(changes,
                   variant_put(changes_store_of(changes), test_newsroom_media(changes->newsroom),
                               id, made, count, &error),
                   &error);
    for (unsigned i = 0; i < count; i++) {
        g_bytes_unref(made[i].bytes);
    }
}

void changes_of_media(Changes *changes)
{
    GError *error = NULL;
    if (changes->media->len > 0 && changes_pick(changes, 2) == 0) {
        put_variants(changes, changes_some(changes, changes->media));
        return;
    }
    if (changes->media->len > 0 && changes_pick(changes, 2) == 0) {
        int64_t id = changes_some(changes, changes->media);
        MediaWords described = {.caption = PICK(changes, changes_words),
                                .photographer = PICK(changes, changes_words)};
        changes_say(changes, "media %" G_GINT64_FORMAT " described", id);
        changes_settle(changes, media_describe(changes_store_of(changes), id, &described, &error),
                       &error);
        return;
    }
    g_autoptr(GBytes) picture = test_picture(changes->media->len);
    MediaWords spoken = {.caption = "A view", .photographer = "Jon Dee", .agency = "DPA"};
    int64_t id = 0;
    changes_say(changes, "media added");
    if (changes_settle(changes,
                       media_add(changes_store_of(changes), test_newsroom_media(changes->newsroom),
                                 g_bytes_get_data(picture, NULL), g_bytes_get_size(picture),
                                 &spoken, changes->now, &id, NULL, &error),
                       &error)) {
        g_array_append_val(changes->media, id);
    }
}

static void set_campaign(Changes *changes, const char *name, const char *language, int64_t starts,
                         int64_t ends, bool standing)
{
    static const char *const amounts[] = {"", "once 5 10", "USD monthly 3; EUR annual 30 60*"};
    Campaign campaign = {.name = (char *)(uintptr_t)name,
                         .language = (char *)(uintptr_t)language,
                         .heading = (char *)(uintptr_t) "A Message:",
                         .call = (char *)(uintptr_t)PICK(changes, changes_words),
                         .amounts = (char *)(uintptr_t)PICK(changes, amounts),
                         .minimum = (char *)(uintptr_t) "2.00",
                         .danger =
                             (char *)(uintptr_t)(standing ? "" : PICK(changes, changes_words)),
                         .share = (char *)(uintptr_t) "",
                         .letter = (char *)(uintptr_t) "Dear readers, give {{minimum_monthly}}.",
                         .starts = starts,
                         .ends = ends,
                         .standing = standing};
    bool changed = false;
    GError *error = NULL;
    changes_say(changes, "campaign %s/%s from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name,
                language, starts, ends);
    changes_settle(
        changes, campaign_set(changes_store_of(changes), &campaign, changes->now, &changed, &error),
        &error);
}

void changes_of_campaign(Changes *changes)
{
    g_autofree char *language = changes_language_of(changes);
    int64_t starts = changes->now + ((int64_t)changes_pick(changes, 6000) - 3000) * CLOCK_MINUTE;
    int64_t ends = changes_pick(changes, 2) == 0
                       ? INT64_MAX
                       : starts + (int64_t)(1 + changes_pick(changes, 6000)) * CLOCK_MINUTE;
    const char *name = PICK(changes, changes_words);
    set_campaign(changes, name, language, starts, ends, changes_pick(changes, 4) == 0);
}

/* One that runs and another that stands, so that a story's page differs when it has aged. */
void changes_fill_campaigns(Changes *changes)
{
    set_campaign(changes, "old", "en", changes->now - 900 * CLOCK_DAY, INT64_MAX, true);
    set_campaign(changes, "new", "en", changes->now - CLOCK_DAY, INT64_MAX, false);
}

static void remove_redirect(Changes *changes)
{
    GError *error = NULL;
    const char *path = changes->paths->pdata[changes_pick(changes, changes->paths->len)];
    changes_say(changes, "redirect %s removed", path);
    changes_settle(changes, redirect_remove(changes_store_of(changes), path, changes->now, &error),
                   &error);
}

void changes_add_redirect(Changes *changes, unsigned number)
{
    GError *error = NULL;
    char *path = g_strdup_printf("old/address-%u.html", number);
    bool to_story = changes_pick(changes, 2) == 0;
    int64_t story = to_story ? changes_some_story(changes) : 0;
    changes_say(changes, "redirect %s to %" G_GINT64_FORMAT, path, story);
    changes_settle(changes,
                   redirect_add(changes_store_of(changes), changes_site_of(changes), path, story,
                                to_story ? NULL : "https://elsewhere.example/", changes->now,
                                &error),
                   &error);
    g_ptr_array_add(changes->paths, path);
}

/* Their directory has about as many entries as one may have before it is split (DESIGN 6), so that
 * it is split and joined again. */
void changes_of_redirects(Changes *changes)
{
    bool remove = changes_pick(changes, 2) == 0;
    for (unsigned i = 1 + changes_pick(changes, 8); i > 0; i--) {
        if (remove) {
            remove_redirect(changes);
        } else {
            changes_add_redirect(changes, changes_pick(changes, REDIRECTS + 40));
        }
    }
}
