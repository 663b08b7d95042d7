/* What tests of mail share: fixture.h. */
#include "fixture.h"

#include "base/clock.h"
#include "base/moment.h"
#include "desk/import.h"
#include "mail/mail_jobs.h"
#include "mail/newsletter.h"

#include <gmime/gmime.h>
#include <string.h>

static int64_t now;

static int64_t standing(void *data)
{
    return now;
}

void fixture_clock(void)
{
    g_assert_true(moment_parse("2026-11-25T10:00:00Z", NULL, &now, NULL));
    clock_replace(standing, NULL);
}

void fixture_later(int64_t microseconds)
{
    now += microseconds;
}

void fixture_open(Fixture *fixture, const char *url)
{
    g_autoptr(GError) error = NULL;
    fixture_clock();
    fixture->folder = g_dir_make_tmp("kolokol-mail-XXXXXX", NULL);
    fixture->outbox = g_build_filename(fixture->folder, "outbox", NULL);
    fixture->keys = g_build_filename(fixture->folder, "keys", NULL);
    MailroomOptions options = {.keys_dir = fixture->keys,
                               .outbox_dir = fixture->outbox,
                               .transport = url == NULL ? "outbox" : "smtp",
                               .url = url,
                               .password_file = "",
                               .ca_file = "",
                               .from = "The Bell <desk@bell.example>"};
    fixture->room = mailroom_open(&options, &error);
    g_assert_no_error(error);
    jobs_register(mail_jobs);
}

void fixture_clear(Fixture *fixture)
{
    jobs_register(NULL);
    mailroom_free(fixture->room);
    stores_remove_tree(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->outbox);
    g_free(fixture->keys);
}

static bool count_failed(const Job *job, const char *lane, const char *reason, void *data,
                         GError **error)
{
    g_test_message("%s %s: %s", job->kind, job->key, reason);
    (*(unsigned *)data)++;
    return true;
}

unsigned fixture_run(Store *store, Fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    unsigned dead = 0;
    for (bool ran = true; ran;) {
        g_assert_true(jobs_run_one(store, "mail", fixture->room, &ran, &error));
    }
    g_assert_true(jobs_dead(store, 0, 100, count_failed, &dead, &error));
    return dead;
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *fixture_outbox(const Fixture *fixture)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *mails = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(fixture->outbox, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_ptr_array_add(names, g_build_filename(fixture->outbox, name, NULL));
    }
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++) {
        char *text = NULL;
        g_assert_true(g_file_get_contents(names->pdata[i], &text, NULL, NULL));
        g_ptr_array_add(mails, text);
    }
    return mails;
}

void fixture_newsletter(Store *store, const char *more)
{
    g_autofree char *text = g_strdup_printf(
        "---\nname: weekly\nlanguage: en\nheading: Every week\ndescription: Six stories.\n"
        "from: \"The Bell <letters@bell.example>\"\n%s---\n",
        more == NULL ? "schedule: weekly friday 08:00\n" : more);
    g_autoptr(GError) error = NULL;
    bool changed = false;
    g_autoptr(Newsletter) newsletter = newsletter_parse(text, strlen(text), &error);
    g_assert_no_error(error);
    g_assert_true(newsletter_set(store, newsletter, &changed, &error));
    g_assert_no_error(error);
}

void fixture_story(Store *store, const char *slug, const char *headline, const char *date)
{
    static const char *const languages[] = {"en", NULL};
    static DeskSite site;
    if (site.zone == NULL) {
        site = (DeskSite){languages, g_time_zone_new_identifier("Europe/Riga")};
    }
    const char *const pairs[][2] = {
        {"title", headline}, {"language", "en"},      {"slug", slug},      {"date", date},
        {"body", "Text."},   {"status", "published"}, {"section", "News"}, {"authors", "Ann Lee"}};
    g_autoptr(GError) error = NULL;
    StoryInput *input = story_input_new();
    g_auto(StoryPut) made = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        story_input_set(input, pairs[i][0], pairs[i][1], strlen(pairs[i][1]), &error);
        g_assert_no_error(error);
    }
    g_assert_true(story_put(store, &site, input, STORY_PUT_PUBLISH, clock_now(), &made, &error));
    g_assert_no_error(error);
    story_input_free(input);
}

char *fixture_between(const char *text, const char *begin, const char *end)
{
    const char *from = strstr(text, begin);
    g_assert_nonnull(from);
    from += strlen(begin);
    const char *to = strstr(from, end);
    g_assert_nonnull(to);
    return g_strndup(from, (size_t)(to - from));
}

char *fixture_text(const char *mail)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(mail, strlen(mail));
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    GMimeMultipart *both = GMIME_MULTIPART(g_mime_message_get_mime_part(message));
    char *text = g_mime_text_part_get_text(GMIME_TEXT_PART(g_mime_multipart_get_part(both, 0)));
    g_object_unref(message);
    g_object_unref(parser);
    g_object_unref(stream);
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    g_free(text);
    return g_strjoinv("\n", lines);
}
