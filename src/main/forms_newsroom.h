/*
 * The forms of one newsroom on the worker's side: intake, keys, and what handlers share.
 *
 * Keys lie in keys/: intake.key opens what readers sent, intake.pub is all that the door needs (and
 * all that a public machine of its own gets), tokens.key signs links in mail.
 */
#pragma once

#include "forms/drain.h"
#include "forms/site.h"
#include "main/newsroom.h"

typedef struct NewsroomForms NewsroomForms;

/* Makes the keys that are not there yet. */
bool newsroom_forms_keys(const Newsroom *newsroom, GError **error);

/* Opens intake and keys; `store` is the newsroom's, borrowed. */
NewsroomForms *newsroom_forms_open(const Newsroom *newsroom, Store *store, GError **error);
void newsroom_forms_free(NewsroomForms *forms);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NewsroomForms, newsroom_forms_free)

const FormContext *newsroom_forms_context(const NewsroomForms *forms);

/* Everything that is due, and the note on the newspaper for the door. Ends early if *stop is set.
 */
bool newsroom_forms_drain(NewsroomForms *forms, const volatile int *stop, GError **error);

/* What the settings say of the newspaper, for the door. Caller frees with door_site_free(). */
DoorSite *newsroom_door_site(Store *store, GError **error);
