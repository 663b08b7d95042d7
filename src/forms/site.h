/*
 * What the door must know of the newspaper to make its pages: name, address, languages, other
 * doors. The door has no newsroom database, so the worker writes it into the intake as a note;
 * before the first note the door uses what kolokol.ini says.
 */
#pragma once

#include "store/store.h"

#define SITE_NOTE "site"

typedef struct {
    char *url;
    char **names;     /* as many as languages: what the paper is called in each */
    char **languages; /* at least one; the first has no prefix in the edition's paths */
    char **doors;     /* addresses of the forms, the first preferred */
    char *contact;    /* the newsroom's address for mail; may be empty */
} DoorSite;

/* From texts as the settings write them ("en,ru"); the name is that of all languages. */
DoorSite *door_site_new(const char *name, const char *url, const char *languages, const char *doors,
                        const char *contact);
void door_site_free(DoorSite *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DoorSite, door_site_free)

/* Says what the paper is called in one of its languages; one that it lacks is passed over. */
void door_site_set_name(DoorSite *site, const char *language, const char *name);

/* What the paper is called in a language; in one that it lacks, as in the first. */
const char *door_site_name(const DoorSite *site, const char *language);

/* The note's text, and back; NULL for one that is none. */
char *door_site_write(const DoorSite *site);
DoorSite *door_site_read(const char *text);

/* The language of that tag as the site has it, NULL if it has none. */
const char *door_site_language(const DoorSite *site, const char *tag, size_t length);

/* The front page of a language in the edition. Caller frees. */
char *door_site_home(const DoorSite *site, const char *language);
