/* The office's pages of pictures: tables for main/office_rows.c. */
#pragma once

#include "office/office.h"

extern const OfficeRoute media_office[]; /* the list, and uploads: media_office.c */
extern const OfficeRoute media_edit_office[];
extern const OfficeRoute media_crop_office[]; /* one picture: media_edit_office.c */
extern const OfficeRoute media_file_office[]; /* its pixels, for the staff: media_file_office.c */
extern const OfficeRoute media_pick_office[]; /* choosing one, for script: media_pick_office.c */
