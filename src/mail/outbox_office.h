/* The office's pages of outbox/, and mail's parts of its first page. */
#pragma once

#include "office/dashboard.h"

extern const OfficeRoute outbox_routes[];
extern const OfficePart mail_parts[];
