/* The mailroom of a newsroom: mail/mailroom.h opened with the directories and the [mail] lines of
 * kolokol.ini. */
#pragma once

#include "mail/mailroom.h"
#include "main/newsroom.h"

Mailroom *newsroom_mailroom(const Newsroom *newsroom, GError **error);

/* The same indoors (MailroomOptions.transport): nothing can be sent from it. */
Mailroom *newsroom_mailroom_indoors(const Newsroom *newsroom, GError **error);
