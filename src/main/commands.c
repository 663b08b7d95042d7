/* The table of commands, in the order of the help (DESIGN 8). */
#include "main/command_rows.h"

const Command *const commands[] = {
    &command_init,       &command_serve,
    &command_stand,      &command_forms,
    &command_office,     &command_worker,
    &command_import,     &command_export,
    &command_story,      &command_author,
    &command_front,      &command_breaking,
    &command_media,      &command_press,
    &command_edition,    &command_keys,
    &command_staff,      &command_newsletter,
    &command_subscriber, &command_campaign,
    &command_gift,       &command_theme,
    &command_settings,   &command_jobs,
    &command_tool,       NULL,
};
