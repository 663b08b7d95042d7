/* Private to door.c and door_page.c. */
#pragma once

#include "forms/door.h"
#include "forms/door_page.h"
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

/* Renders it; a template that is missing or broken becomes a line of text with 500. */
HttpReply *door_page(const Door *door, const DoorPage *page);
