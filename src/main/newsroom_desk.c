/* A command's place at the desk: newsroom_desk.h. */
#include "main/newsroom_desk.h"

#include "base/error.h"
#include "base/moment.h"
#include "jobs/wake.h"
#include "press/setting.h"

#include <string.h>

static void clear_site(NewsroomDesk *desk)
{
    g_clear_pointer(&desk->languages, g_strfreev);
    g_clear_pointer(&desk->zone, g_time_zone_unref);
    g_clear_pointer(&desk->url, g_free);
}

bool newsroom_desk_site(NewsroomDesk *desk, GError **error)
{
    clear_site(desk);
    desk->languages = setting_languages(desk->store, error);
    desk->zone = desk->languages == NULL ? NULL : setting_timezone(desk->store, error);
    desk->url = desk->zone == NULL ? NULL : setting_get(desk->store, "url", error);
    if (desk->url == NULL) {
        return false;
    }
    size_t length = strlen(desk->url);
    while (length > 0 && desk->url[length - 1] == '/') {
        desk->url[--length] = '\0';
    }
    desk->site = (DeskSite){(const char *const *)desk->languages, desk->zone};
    return true;
}

bool newsroom_desk_open(NewsroomDesk *desk, const Newsroom *newsroom, GError **error)
{
    *desk = (NewsroomDesk){.newsroom = newsroom};
    jobs_wake_directory(newsroom->run_dir);
    desk->store = newsroom_store(newsroom, error);
    return desk->store != NULL && newsroom_desk_site(desk, error);
}

void newsroom_desk_clear(NewsroomDesk *desk)
{
    clear_site(desk);
    g_clear_pointer(&desk->store, store_free);
    jobs_wake_directory(NULL);
}

const char *newsroom_desk_language(const NewsroomDesk *desk, const char *given, GError **error)
{
    if (given == NULL) {
        return desk_site_first_language(&desk->site);
    }
    if (!desk_site_has_language(&desk->site, given)) {
        g_autofree char *all = g_strjoinv(", ", desk->languages);
        fail(error, KOLOKOL_ERROR_INVALID,
             "the site has no language \"%.20s\"; it has %s (`kolokol settings languages`)", given,
             all);
        return NULL;
    }
    return given;
}

bool newsroom_desk_moment(const NewsroomDesk *desk, const char *text, int64_t *moment,
                          GError **error)
{
    return moment_parse(text, desk->zone, moment, error);
}

char *newsroom_desk_address(const NewsroomDesk *desk, const char *path)
{
    bool index = g_str_has_suffix(path, "/index.html") || strcmp(path, "index.html") == 0;
    size_t length = strlen(path) - (index ? strlen("index.html") : 0);
    return g_strdup_printf("%s/%.*s", desk->url, (int)length, path);
}
