/*
 * A small newsroom whose edition is read back page by page, for the tests of src/paper. Its clock
 * stands at FIXTURE_NOW until fixture_wait(). All pictures, stories and pages are real; what a page
 * says is looked for, not how it is marked up: that is the theme's.
 */
#pragma once

#include "exact/newsroom.h"
#include "paper/page_base.h"
#include "press/record.h"

#define FIXTURE_NOW  (INT64_C(1795000000) * CLOCK_SECOND) /* 2026-11-18T11:06:40Z */
#define FIXTURE_DAY  "2026/11/18/"                        /* where its stories are */
#define FIXTURE_SITE "https://paper.example/"

typedef struct {
    TestNewsroom *newsroom;
    int64_t now;
} Fixture;

void fixture_begin(Fixture *fixture, const char *languages);
/* On a migrated store of that address (doubles/stores.h). */
void fixture_begin_at(Fixture *fixture, const char *url, const char *languages);
void fixture_end(Fixture *fixture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_end)

/* The clock goes on; the moments that have come are pressed by the next fixture_page(). */
void fixture_wait(Fixture *fixture, int64_t microseconds);

/* Publishes a story a minute after the last one: pairs of key and value, ended by NULL. "title" is
 * the first key. Returns its id. */
int64_t fixture_story(Fixture *fixture, const char *key, ...) G_GNUC_NULL_TERMINATED;

/* Adds a picture of its own; returns the media id. */
int64_t fixture_picture(Fixture *fixture, unsigned number);

/* Presses, checks the edition, and reads a page of it; NULL if there is none. Caller frees. */
char *fixture_page(Fixture *fixture, const char *path);

/* What a page under test does between its beginning and its end; values are the page's. */
typedef bool (*FixtureWork)(PaperPage *page, void *data, GError **error);

/* Runs the work on a page at `path`, which is then not written: what it recorded of inputs and
 * objects, and why it failed if it did. Caller frees. */
PressRecord *fixture_on_page(Fixture *fixture, const char *language, const char *path,
                             FixtureWork work, void *data);

/* Is the input among those that the page read? */
bool fixture_reads(const PressRecord *record, const char *input);

/* The card of a published story. Caller frees. */
StoryCard *fixture_card(Fixture *fixture, int64_t story);

/* Asserts that the texts, ended by NULL, stand in the page in that order. */
void fixture_in_order(const char *page, ...) G_GNUC_NULL_TERMINATED;
void fixture_without(const char *page, const char *text);
