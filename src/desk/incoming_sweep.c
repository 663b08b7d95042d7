/* What uploads leave behind: files of nobody after a kill, rows whose time is over, uploads that no
 * worker has taken: incoming.h. */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/incoming_private.h"
#include "desk/story_row.h"
#include "desk_sql.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file is written before its row: a younger one may be just that. */
#define YOUNG     CLOCK_HOUR
#define UNTAKEN   CLOCK_DAY
#define NOT_TAKEN "nothing has looked into it for a day: is the worker running? Send it again"

static bool sweep_file(Store *store, int folder, const char *name, int64_t now, GError **error)
{
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode) ||
        (int64_t)info.st_mtime * CLOCK_SECOND > now - YOUNG) {
        return true;
    }
    bool named = false;
    return store_rows_any(desk_upload_of_file(store, name, error), &named, error) &&
           (named || incoming_drop(folder, name, error));
}

static bool sweep_files(Store *store, int directory, int64_t now, GError **error)
{
    FILE_AUTO folder =
        openat(directory, INCOMING_FOLDER, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) {
        return errno == ENOENT ||
               fail(error, KOLOKOL_ERROR_IO, "media/" INCOMING_FOLDER " cannot be opened: %s",
                    g_strerror(errno));
    }
    int copy = dup(folder);
    DIR *all = copy < 0 ? NULL : fdopendir(copy);
    if (all == NULL) {
        file_close(&copy);
        return fail(error, KOLOKOL_ERROR_IO, "media/" INCOMING_FOLDER " cannot be listed: %s",
                    g_strerror(errno));
    }
    bool good = true;
    for (const struct dirent *entry; good && (entry = readdir(all)) != NULL;) {
        good = sweep_file(store, folder, entry->d_name, now, error);
    }
    closedir(all);
    return good;
}

static bool refuse_untaken(Store *store, int64_t now, GError **error)
{
    g_autoptr(GArray) ids =
        story_ids_of_rows(desk_upload_waiting_before(store, now - UNTAKEN, error), error);
    for (guint i = 0; ids != NULL && i < ids->len; i++) {
        g_autoptr(Incoming) incoming = incoming_read(store, g_array_index(ids, int64_t, i), error);
        if (incoming == NULL || !incoming_end(store, incoming, 0, NOT_TAKEN, now, error)) {
            return false;
        }
    }
    return ids != NULL;
}

bool incoming_sweep(Store *store, int directory, int64_t now, GError **error)
{
    return refuse_untaken(store, now, error) && sweep_files(store, directory, now, error) &&
           desk_upload_forget(store, now - INCOMING_KEPT, error);
}
