/*
 * A newsroom in a temporary directory, with the real paper on it: store, settings, media, theme
 * overrides, keys, edition. For the tests that prove the press.
 */
#pragma once

#include "base/clock.h"
#include "desk/site.h"
#include "press/run.h"
#include "store/store.h"

typedef struct TestNewsroom TestNewsroom;

/* To be called first in main(): temporary files go to memory where there is room for them, because
 * none of these tests is about the disk and each run of the press syncs several times. */
void test_newsroom_in_memory(void);

/* Makes the directory and its keys. `url` is a migrated store; NULL makes a SQLite file inside. */
TestNewsroom *test_newsroom_new(const char *url, const char *languages);

/* Closes the store and the press; the directory stays. Open again with test_newsroom_open(). */
void test_newsroom_close(TestNewsroom *newsroom);
void test_newsroom_open(TestNewsroom *newsroom, unsigned processes);

/* Closes and removes everything but a store that was given. */
void test_newsroom_free(TestNewsroom *newsroom);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestNewsroom, test_newsroom_free)

Store *test_newsroom_store(TestNewsroom *newsroom);
Press *test_newsroom_press(TestNewsroom *newsroom);
const char *test_newsroom_folder(const TestNewsroom *newsroom);
const char *test_newsroom_url(const TestNewsroom *newsroom);
int test_newsroom_media(const TestNewsroom *newsroom); /* the open media/ */

/* The languages and the calendar as the settings are now; borrowed until the next call. */
const DeskSite *test_newsroom_site(TestNewsroom *newsroom);

/* Writes theme/NAME, or removes it (NULL). */
void test_newsroom_theme(TestNewsroom *newsroom, const char *name, const char *text);
void test_newsroom_theme_bytes(TestNewsroom *newsroom, const char *name, const char *bytes,
                               size_t length);

/* Sets a setting, which must be accepted. */
void test_newsroom_set(TestNewsroom *newsroom, const char *name, const char *value);

/* Brings the files of search up to date; true if there was anything to do. */
bool test_newsroom_index(TestNewsroom *newsroom);

/* Presses and asserts that it went well; unless `full`, which takes the files of search as they
 * stand, those are brought up to date before. */
PressReport test_newsroom_run(TestNewsroom *newsroom, bool full);

/* Reads the words of stories that changed and brings related stories up to date, as the slow lane
 * does. */
void test_newsroom_relate(TestNewsroom *newsroom);

/* Asserts that what is stored of related stories is what they are computed anew; how many stories
 * were looked at. */
unsigned test_newsroom_check_related(TestNewsroom *newsroom);

/* Forgets all that the press knows (its books, not its settings), as in a database that was never
 * pressed. */
void test_newsroom_forget(TestNewsroom *newsroom);

/* Asserts that the current edition is whole: signature and every file. */
void test_newsroom_verify(TestNewsroom *newsroom);

/* False, with the first wrong file in `message`, if it is not. Needs nothing open. */
bool test_newsroom_check(const char *folder, char *message, size_t length);

/* Every page: name → "hash path". */
GHashTable *test_newsroom_pages(TestNewsroom *newsroom);

/* Pages that could not be rendered: "name: reason". */
GPtrArray *test_newsroom_failures(TestNewsroom *newsroom);

/* Prints which pages differ. */
void test_newsroom_compare(GHashTable *before, GHashTable *after);

/* A picture that differs by `number`: a PNG header and nothing else. */
GBytes *test_picture(unsigned number);
