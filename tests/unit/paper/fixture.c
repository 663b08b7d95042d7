/* Pages of a small newsroom: fixture.h. */
#include "paper/fixture.h"

#include "base/file.h"
#include "desk/import.h"
#include "desk/media.h"
#include "edition/reader.h"
#include "paper/paper.h"
#include "press/render.h"

#include <stdarg.h>
#include <string.h>

#define PAGE_MAX (4u * 1024 * 1024)

static int64_t fixture_clock(void *data)
{
    return *(int64_t *)data;
}

void fixture_begin(Fixture *fixture, const char *languages)
{
    fixture_begin_at(fixture, NULL, languages);
}

void fixture_begin_at(Fixture *fixture, const char *url, const char *languages)
{
    fixture->now = FIXTURE_NOW;
    clock_replace(fixture_clock, &fixture->now);
    fixture->newsroom = test_newsroom_new(url, languages);
    test_newsroom_set(fixture->newsroom, "name", "The Bell");
    test_newsroom_set(fixture->newsroom, "url", FIXTURE_SITE);
}

void fixture_end(Fixture *fixture)
{
    test_newsroom_free(g_steal_pointer(&fixture->newsroom));
    clock_replace(NULL, NULL);
}

void fixture_wait(Fixture *fixture, int64_t microseconds)
{
    fixture->now += microseconds;
}

int64_t fixture_story(Fixture *fixture, const char *key, ...)
{
    g_autoptr(StoryInput) input = story_input_new();
    g_auto(StoryPut) put = {0};
    g_autoptr(GError) error = NULL;
    va_list pairs;
    fixture_wait(fixture, CLOCK_MINUTE);
    va_start(pairs, key);
    for (; key != NULL; key = va_arg(pairs, const char *)) {
        const char *value = va_arg(pairs, const char *);
        story_input_set(input, key, value, strlen(value), &error);
        g_assert_no_error(error);
    }
    va_end(pairs);
    story_put(test_newsroom_store(fixture->newsroom), test_newsroom_site(fixture->newsroom), input,
              STORY_PUT_PUBLISH, fixture->now, &put, &error);
    g_assert_no_error(error);
    return put.id;
}

int64_t fixture_picture(Fixture *fixture, unsigned number)
{
    g_autoptr(GBytes) bytes = test_picture(number);
    g_autoptr(GError) error = NULL;
    MediaWords words = {
        .caption = "The harbour", .photographer = "Anna Li", .agency = "TASR", .alt = "Boats"};
    int64_t id = 0;
    media_add(test_newsroom_store(fixture->newsroom), test_newsroom_media(fixture->newsroom),
              g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), &words, fixture->now, &id,
              NULL, &error);
    g_assert_no_error(error);
    return id;
}

char *fixture_page(Fixture *fixture, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *edition =
        g_build_filename(test_newsroom_folder(fixture->newsroom), "edition", NULL);
    test_newsroom_run(fixture->newsroom, false);
    test_newsroom_verify(fixture->newsroom);
    int directory = directory_open(edition, false, &error);
    g_assert_no_error(error);
    g_autoptr(EditionReader) reader = edition_reader_open(directory, EDITION_READER_CACHE, &error);
    file_close(&directory);
    g_assert_no_error(error);
    g_autoptr(GBytes) bytes = edition_reader_read(reader, path, PAGE_MAX, NULL);
    return bytes == NULL ? NULL : g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

/* The page under test: one at a time. */
static struct {
    const char *language, *path;
    FixtureWork work;
    void *data;
} asked;

static bool do_work(PressPage *press, const char *key, GError **error)
{
    g_auto(PaperPage) page = {0};
    return paper_page_begin(&page, press, "story", asked.language, asked.path, false, error) &&
           asked.work(&page, asked.data, error);
}

static const PressKind test_kind = {.name = "test", .render = do_work};
static const PressKind *const test_kinds[] = {&test_kind, NULL};
static const PressBlock *const no_blocks[] = {NULL};

PressRecord *fixture_on_page(Fixture *fixture, const char *language, const char *path,
                             FixtureWork work, void *data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Theme) theme = theme_load(NULL, &error);
    g_assert_no_error(error);
    g_autofree char *media =
        g_build_filename(test_newsroom_folder(fixture->newsroom), "media", NULL);
    PaperContext context = {theme, media, no_blocks};
    PressRecipes recipes = paper_recipes(&context);
    PressRenderer renderer;
    recipes.kinds = test_kinds;
    asked.language = language;
    asked.path = path;
    asked.work = work;
    asked.data = data;
    press_renderer_init(&renderer, test_newsroom_store(fixture->newsroom), &recipes, fixture->now,
                        press_objects(test_newsroom_press(fixture->newsroom)), &error);
    g_assert_no_error(error);
    PressRecord *record = press_render(&renderer, "test:1", &error);
    press_renderer_clear(&renderer);
    g_assert_no_error(error);
    return record;
}

bool fixture_reads(const PressRecord *record, const char *input)
{
    for (guint i = 0; i < record->inputs->len; i++) {
        if (g_array_index(record->inputs, PressInput, i).input == press_input_number(input)) {
            return true;
        }
    }
    return false;
}

StoryCard *fixture_card(Fixture *fixture, int64_t story)
{
    g_autoptr(GError) error = NULL;
    StoryCard *card =
        story_card(test_newsroom_store(fixture->newsroom), story, fixture->now, &error);
    g_assert_no_error(error);
    return card;
}

void fixture_in_order(const char *page, ...)
{
    g_assert_nonnull(page);
    va_list texts;
    va_start(texts, page);
    const char *at = page;
    for (const char *text = va_arg(texts, const char *); text != NULL;
         text = va_arg(texts, const char *)) {
        const char *found = strstr(at, text);
        if (found == NULL) {
            g_error("\"%s\" is not %s in: %s", text,
                    strstr(page, text) == NULL ? "anywhere" : "in its place", page);
        }
        at = found + strlen(text);
    }
    va_end(texts);
}

void fixture_without(const char *page, const char *text)
{
    g_assert_nonnull(page);
    if (strstr(page, text) != NULL) {
        g_error("\"%s\" stands in: %s", text, page);
    }
}
