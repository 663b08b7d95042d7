/* A photo's words before publishing: story_photo.h. */
#include "desk/story_photo.h"

#include "base/error.h"
#include "desk/media.h"
#include "press/setting.h"

#include <inttypes.h>
#include <string.h>

static bool is_out(const Story *story)
{
    return story != NULL && (story->state == STORY_PUBLISHED || story->state == STORY_SCHEDULED);
}

static bool asked(const StoryChange *change)
{
    const Story *before = change->before, *after = change->after;
    if (after->photo == 0 || !is_out(after)) {
        return false;
    }
    return !is_out(before) || before->photo != after->photo ||
           strcmp(before->alt, after->alt) != 0 || strcmp(before->credit, after->credit) != 0;
}

bool story_photo_check(const StoryChange *change, GError **error)
{
    const Story *after = change->after;
    if (!asked(change)) {
        return true;
    }
    g_autofree char *setting = setting_get(change->store, "picture-words", error);
    if (setting == NULL) {
        return false;
    }
    if (strcmp(setting, "required") != 0) {
        return true;
    }
    g_autoptr(Media) media = media_read(change->store, after->photo, error);
    if (media == NULL) {
        return false;
    }
    g_autofree char *credit = media_credit(media);
    bool has_alt = *after->alt != '\0' || *media->alt != '\0';
    bool has_credit = *after->credit != '\0' || *credit != '\0';
    if (has_alt && has_credit) {
        return true;
    }
    return fail(error, KOLOKOL_ERROR_INVALID,
                "photo: picture %" PRId64 " has no %s; give it to the story, or to the picture by "
                "`kolokol media set`, or allow it by `kolokol settings picture-words optional`",
                after->photo, !has_alt ? "alt text" : "credit");
}
