/* Private to door.c and door_page.c. */
#pragma once

#include "forms/door.h"
#include "forms/given.h"
#include "web/rate.h"

struct Door {
    DoorOptions options;
    HttpProxies *proxies;
    Rate *rate;
    DoorSite *noted; /* the worker's note, or NULL */
    uint8_t stamp_key[STAMP_KEY];
};

const DoorSite *door_site(const Door *door);

/* A page to be rendered: what is not set is not there. */
typedef struct {
    unsigned status;
    const char *template; /* "door-subscribe" */
    const char *language;
    const FormAnswer *answer; /* {{v.…}}, {{link}} */
    const FormKind *kind;     /* with `form`: its fields are {{v.…}} */
    const Form *form;
    const char *problem; /* id of an interface text */
    const char *stamp;
    const char *ticket;  /* of the answer that takes long, if it can be sent by mail */
    const char *refresh; /* of the header Refresh */
} DoorPage;

/* Renders it; a template that is missing or broken becomes a line of text with 500. */
HttpReply *door_page(const Door *door, const DoorPage *page);
