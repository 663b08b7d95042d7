/* `kolokol init`: makes a newsroom (newsroom.h). What is put into it at first is first_pages.c and
 * demo.c. */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/story.h"
#include "edition/keys.h"
#include "main/command_rows.h"
#include "main/demo.h"
#include "main/first_pages.h"
#include "main/newsroom_desk.h"
#include "press/setting.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    CommandContext *context;
    char *dir; /* absolute */
    bool demo;
    bool made;              /* the directory itself is ours */
    char *values[INI_KEYS]; /* of kolokol.ini, NULL: the default */
    Newsroom *newsroom;
    FirstPages pages; /* of the last try */
} Making;

static void making_clear(Making *making)
{
    for (int i = 0; i < INI_KEYS; i++) {
        g_free(making->values[i]);
    }
    g_clear_pointer(&making->newsroom, newsroom_free);
    g_free(making->dir);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Making, making_clear)

/* The values of [site] are those of the settings; they are checked before anything is made. */
static bool take_value(Making *making, IniKey key, const char *option, const char *setting,
                       GError **error)
{
    const char *given = command_option(making->context, option);
    const SettingRow *row = setting_row(setting, error);
    if (given == NULL || row == NULL) {
        return row != NULL;
    }
    if (strlen(given) > SETTING_VALUE_MAX || !g_utf8_validate(given, -1, NULL)) {
        return fail(error, KOLOKOL_ERROR_INVALID, "--%s: at most %u bytes of UTF-8", option,
                    SETTING_VALUE_MAX);
    }
    if (row->check != NULL && !row->check(given, error)) {
        g_prefix_error(error, "--%s: ", option);
        return false;
    }
    g_free(making->values[key]);
    making->values[key] = g_strdup(given);
    return true;
}

static bool take_values(Making *making, GError **error)
{
    if (making->demo && !demo_values(making->values, error)) {
        return false;
    }
    return take_value(making, INI_SITE_NAME, "name", "name", error) &&
           take_value(making, INI_SITE_LANGUAGES, "languages", "languages", error) &&
           take_value(making, INI_SITE_URL, "url", "url", error) &&
           take_value(making, INI_SITE_FORMS_URLS, "forms-url", "forms-urls", error);
}

static bool check_empty(const char *path, GError **error)
{
    DIR *directory = opendir(path);
    if (directory == NULL) {
        return errno == ENOENT ||
               fail(error, KOLOKOL_ERROR_IO, "cannot read %s: %s", path, g_strerror(errno));
    }
    const struct dirent *entry;
    bool empty = true;
    while ((entry = readdir(directory)) != NULL) {
        empty &= strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    }
    closedir(directory);
    return empty || fail(error, KOLOKOL_ERROR_CONFLICT,
                         "%s is not empty; name a new directory, or empty it", path);
}

/* Everything below, never through a symbolic link. */
static void remove_below(int directory)
{
    int copy = dup(directory);
    DIR *open = copy < 0 ? NULL : fdopendir(copy);
    const struct dirent *entry;
    while (open != NULL && (entry = readdir(open)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        if (unlinkat(directory, entry->d_name, 0) != 0) {
            FILE_AUTO below =
                openat(directory, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (below >= 0) {
                remove_below(below);
                unlinkat(directory, entry->d_name, AT_REMOVEDIR);
            }
        }
    }
    if (open != NULL) {
        closedir(open);
    }
}

static void undo(const Making *making)
{
    FILE_AUTO directory = open(making->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        remove_below(directory);
        if (making->made) {
            rmdir(making->dir);
        }
    }
}

static bool make_directories(const Making *making, GError **error)
{
    static const struct {
        const char *name;
        bool secret;
    } rows[] = {{"media", true},  {"edition", false}, {"theme", false},
                {"outbox", true}, {"run", true},      {"keys", true}};

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_build_filename(making->dir, rows[i].name, NULL);
        FILE_AUTO directory = directory_open(path, rows[i].secret, error);
        if (directory < 0) {
            return false;
        }
    }
    return true;
}

static bool seed_settings(const Making *making, Store *store, GError **error)
{
    static const struct {
        IniKey key;
        const char *setting;
    } rows[] = {{INI_SITE_NAME, "name"},
                {INI_SITE_URL, "url"},
                {INI_SITE_FORMS_URLS, "forms-urls"},
                {INI_SITE_LANGUAGES, "languages"},
                {INI_SITE_TIMEZONE, "timezone"},
                {INI_PAYMENTS_PROVIDERS, "providers"}};

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        bool changed = false;
        if (!setting_set(store, rows[i].setting, making->newsroom->values[rows[i].key], &changed,
                         error)) {
            return false;
        }
    }
    return true;
}

typedef struct {
    Making *making;
    NewsroomDesk *desk;
} Seed;

/* One transaction, so that a database elsewhere is not left half filled. */
static bool seed(Store *store, void *data, GError **error)
{
    Seed *what = data;
    Making *making = what->making;
    int64_t counts[STORY_STATES] = {0};
    if (!story_state_counts(store, counts, error)) {
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        if (counts[i] > 0) {
            return fail(error, KOLOKOL_ERROR_CONFLICT,
                        "the database holds a newsroom already; give an empty one in "
                        "KOLOKOL_DATABASE_URL");
        }
    }
    making->pages = (FirstPages){0};
    return seed_settings(making, store, error) && newsroom_desk_site(what->desk, error) &&
           (!making->demo || demo_put(what->desk, making->context->err, &making->pages, error)) &&
           first_pages_put(what->desk, making->demo, making->context->err, &making->pages, error);
}

/* The database holds addresses of readers one day: nobody else's eyes. */
static bool close_database(const Making *making, GError **error)
{
    const char *url = making->newsroom->database;
    if (g_str_has_prefix(url, "sqlite:") && chmod(url + strlen("sqlite:"), 0600) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "cannot change the mode of %s: %s",
                    url + strlen("sqlite:"), g_strerror(errno));
    }
    return true;
}

static bool fill_database(Making *making, GError **error)
{
    g_auto(NewsroomDesk) desk = {0};
    Seed what = {making, &desk};
    return newsroom_desk_open(&desk, making->newsroom, error) && close_database(making, error) &&
           store_transact(desk.store, seed, &what, error);
}

/* kolokol.ini comes last: a directory with it is a whole newsroom. */
static bool fill(Making *making, GError **error)
{
    g_autofree char *text = newsroom_ini_text((const char *const *)making->values);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    making->newsroom = newsroom_of_text(making->dir, bytes, error);
    if (making->newsroom == NULL || !make_directories(making, error) ||
        !keys_init(making->newsroom->keys_dir, error) || !fill_database(making, error)) {
        return false;
    }
    FILE_AUTO directory = directory_open(making->dir, false, error);
    return directory >= 0 && file_sync_tree(directory, error) &&
           file_replace(directory, NEWSROOM_INI, text, strlen(text), 0644, error);
}

static void say(const Making *making)
{
    FILE *out = making->context->out;
    const char *dir = making->context->arguments[0];
    if (making->context->json) {
        fprintf(out, "{\"stories\":%u,\"pages\":%u,\"pictures\":%u}\n", making->pages.stories,
                making->pages.pages, making->pages.pictures);
        return;
    }
    fprintf(out, "%s is made in %s", making->newsroom->values[INI_SITE_NAME], dir);
    if (making->pages.stories > 0) {
        fprintf(out, ", with %u stories and %u pictures", making->pages.stories,
                making->pages.pictures);
    }
    fprintf(out,
            "\nThe pages About, Contact, Corrections and Privacy Policy wait to be edited "
            "(`story list`).\n`kolokol -C %s serve` runs it.\n",
            dir);
}

static bool run(CommandContext *context, GError **error)
{
    g_auto(Making) making = {.context = context};
    struct stat status;
    if (context->count != 1) {
        return command_usage(error, "init takes one directory");
    }
    making.demo = command_option(context, "demo") != NULL;
    making.dir = g_canonicalize_filename(context->arguments[0], NULL);
    if (!take_values(&making, error) || !check_empty(making.dir, error)) {
        return false;
    }
    making.made = stat(making.dir, &status) != 0;
    FILE_AUTO directory = directory_open(making.dir, false, error);
    if (directory < 0) {
        return false;
    }
    if (!fill(&making, error)) {
        undo(&making);
        return false;
    }
    say(&making);
    return true;
}

const Command command_init = {
    .name = "init",
    .usage = "[--name N] [--languages en,ru] [--url URL] [--forms-url URL] [--demo] DIR",
    .summary = "makes a newsroom",
    .help = "Makes the directory with kolokol.ini, the database, the keys and the starter pages. A "
            "directory that is not\nempty is refused, and nothing is left of a failed attempt.\n",
    .run = run,
    .options =
        {
            {"name", OPTION_VALUE, "N", "the newspaper's name", NULL},
            {"languages", OPTION_VALUE, "en,ru", "its languages, the first one without a prefix",
             NULL},
            {"url", OPTION_VALUE, "URL", "the readers' address", NULL},
            {"forms-url", OPTION_VALUE, "URL", "the address of the public forms", NULL},
            {"demo", OPTION_FLAG, NULL, "fills it with an invented newspaper to try things on",
             NULL},
            {"json", OPTION_FLAG, NULL, "the counts as JSON", NULL},
        },
};
