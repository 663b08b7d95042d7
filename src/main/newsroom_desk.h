/*
 * What a command needs to work at the desk: the newsroom's store, with wake-ups going to its
 * workers, and the site as the desk sees it (desk/site.h).
 */
#pragma once

#include "desk/site.h"
#include "main/newsroom.h"

typedef struct {
    const Newsroom *newsroom; /* borrowed */
    Store *store;
    DeskSite site;
    char **languages; /* of site */
    GTimeZone *zone;  /* of site */
    char *url;        /* the paper's address, without a '/' at its end */
} NewsroomDesk;

bool newsroom_desk_open(NewsroomDesk *desk, const Newsroom *newsroom, GError **error);
void newsroom_desk_clear(NewsroomDesk *desk);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NewsroomDesk, newsroom_desk_clear)

/* Reads the site from the settings again, after they were seeded. */
bool newsroom_desk_site(NewsroomDesk *desk, GError **error);

/* The language of --language, or the site's first. INVALID names the site's languages. */
const char *newsroom_desk_language(const NewsroomDesk *desk, const char *given, GError **error);

/* The moment that a person wrote, in the site's zone. */
bool newsroom_desk_moment(const NewsroomDesk *desk, const char *text, int64_t *moment,
                          GError **error);

/* The address of a path for people: "http://paper.localhost:8080/2026/11/23/fog.html". Caller
 * frees. */
char *newsroom_desk_address(const NewsroomDesk *desk, const char *path);
