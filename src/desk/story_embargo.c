/* Keeping and setting embargoes: story_embargo.h. */
#include "desk/story_embargo.h"

#include "base/error.h"
#include "base/moment.h"

#include <inttypes.h>

bool story_embargo_check(const StoryChange *change, GError **error)
{
    const Story *after = change->after;
    if (after->embargo <= change->now || !story_goes_out(after) ||
        after->published >= after->embargo) {
        return true;
    }
    g_autofree char *until = moment_rfc3339(after->embargo);
    return fail(error, KOLOKOL_ERROR_CONFLICT,
                "story %" PRId64 " is under embargo until %s; schedule it for then or later, or "
                "lift the embargo",
                after->id, until);
}

static bool set_embargo(StoryChange *change, void *data, GError **error)
{
    change->after->embargo = *(const int64_t *)data;
    return true;
}

bool story_set_embargo(Store *store, const DeskSite *site, int64_t id, int64_t until, int64_t now,
                       GError **error)
{
    if (until != 0 && until <= now) {
        return fail(error, KOLOKOL_ERROR_INVALID,
                    "the embargo's moment has passed; give one that is to come");
    }
    return story_change_run(store, site, id, now, set_embargo, &until, error);
}
