#include "fund/form_block.h"

#include "doubles/stores.h"
#include "fund/fund_blocks.h"
#include "press/setting.h"
#include "text/value.h"

#include <string.h>

#include "fixture.h"

static void set(Store *store, const char *name, const char *value)
{
    bool changed = false;
    g_autoptr(GError) error = NULL;
    setting_set(store, name, value, &changed, &error);
    g_assert_no_error(error);
}

/* The block's values for a page below "../"; NULL without a form. */
static const Value *load(Store *store, ValueArena *arena, const PressBlock *block, char **version)
{
    void *content = NULL;
    g_autoptr(GError) error = NULL;
    block->load(store, "en", false, FIXTURE_NOW, &content, version, &error);
    g_assert_no_error(error);
    if (content == NULL) {
        return NULL;
    }
    Value *page = value_map(arena);
    block->fill(content, page, "../");
    block->free(content);
    return page;
}

static const char *text_at(const Value *map, const char *key)
{
    const Value *value = value_get(map, key);
    return value == NULL ? NULL : value_string(value, NULL);
}

static void test_form(Store *store, const char *url)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autofree char *none = NULL, *version = NULL, *again = NULL, *other = NULL;
    g_assert_null(load(store, arena, &fund_form_block, &none));
    fixture_campaign(store, "winter",
                     "amounts: once 10 25; monthly 2 5 10; USD once 9\n"
                     "danger: \"<b>If you live there</b>, do not.\"\n");
    set(store, "languages", "ru,en");
    set(store, "forms-urls", "https://forms.example/, http://x.onion");
    const Value *form = value_get(load(store, arena, &fund_form_block, &version), "form");
    g_assert_cmpstr(text_at(form, "action"), ==, "https://forms.example/en/contribute");
    g_assert_cmpstr(text_at(form, "campaign"), ==, "winter");
    g_assert_cmpstr(text_at(form, "danger"), ==, "<b>If you live there</b>, do not.");
    g_assert_cmpstr(text_at(form, "more_url"), ==, "../en/support/index.html");
    g_assert_cmpstr(text_at(form, "minimum"), ==, "At least €2");
    size_t count = 0;
    const Value *const *items = value_items(value_get(form, "frequencies"), &count);
    g_assert_cmpuint(count, ==, 2);
    g_assert_cmpstr(text_at(items[1], "name"), ==, "monthly");
    g_assert_true(value_is_true(value_get(items[1], "checked")));
    items = value_items(value_get(items[1], "amounts"), &count);
    g_assert_cmpuint(count, ==, 3);
    g_assert_cmpstr(text_at(items[1], "value"), ==, "5.00");
    g_assert_true(value_is_true(value_get(items[1], "checked")));
    value_items(value_get(form, "others"), &count);
    g_assert_cmpuint(count, ==, 1);
    load(store, arena, &fund_form_block, &again);
    g_assert_cmpstr(again, ==, version);
    fixture_campaign(store, "winter", "amounts: once 10 25\n");
    load(store, arena, &fund_form_block, &other);
    g_assert_cmpstr(other, !=, version);
}

/* A public newspaper never shows a form that only pretends. */
static void test_closed(Store *store, const char *url)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autofree char *version = NULL;
    fixture_campaign(store, "winter", "");
    set(store, "url", "https://bell.example");
    g_assert_null(load(store, arena, &fund_form_block, &version));
}

static void test_letter_and_call(Store *store, const char *url)
{
    g_autoptr(ValueArena) arena = value_arena_new(0);
    g_autofree char *version = NULL, *of_call = NULL;
    fixture_campaign(store, "winter", "minimum: 2.50\namounts: GBP once 5\n");
    const Value *letter = value_get(load(store, arena, &fund_letter_block, &version), "letter");
    g_assert_nonnull(strstr(text_at(letter, "html"), "from £2.50."));
    const Value *call = value_get(load(store, arena, &fund_call_block, &of_call), "call");
    g_assert_cmpstr(text_at(call, "url"), ==, "../support/index.html");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    stores_test_add("/fund/form_block/form", test_form);
    stores_test_add("/fund/form_block/closed", test_closed);
    stores_test_add("/fund/form_block/letter-and-call", test_letter_and_call);
    return g_test_run();
}
