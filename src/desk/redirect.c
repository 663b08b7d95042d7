/*
 * What stands at paths where no page is: redirect.h. That a story's own moves leave redirects and
 * tombstones is story_path.c; the stubs and STATUS lines are made where the pages are.
 */
#include "desk/redirect.h"

#include "base/error.h"
#include "desk/address.h"
#include "desk/batch.h"
#include "desk/calendar.h"
#include "desk/story_change.h"
#include "desk_sql.h"

#include <string.h>

enum { OWN = 200, MOVED = 301, GONE = 410 };

#define HOPS 10u /* redirects one behind the other */

void redirect_free(Redirect *redirect)
{
    if (redirect != NULL) {
        g_free(redirect->path);
        g_free(redirect->target);
        g_free(redirect->language);
        g_free(redirect);
    }
}

/* What the row stands for at as_of, or NULL for nothing: the story is to be seen there, or is not
 * yet. */
static Redirect *redirect_of_row(StoreRows *rows, int64_t as_of)
{
    int64_t story = store_number(rows, 4);
    bool seen = store_number(rows, 8) == 1 && store_number(rows, 9) <= as_of;
    int status = (int)store_number(rows, 1);
    if (status == GONE && seen) {
        return NULL; /* come back */
    }
    if (status == MOVED && story != 0 && !seen) {
        if (store_number(rows, 10) != GONE) {
            return NULL;
        }
        status = GONE;
    }
    Redirect *redirect = g_new0(Redirect, 1);
    redirect->path = store_text_copy(rows, 0);
    redirect->status = status;
    redirect->story = story;
    redirect->language = store_text_copy(rows, 6);
    redirect->since = store_number(rows, 3);
    redirect->taken_down = g_strcmp0(store_text(rows, 7), story_state_name(STORY_TAKEN_DOWN)) == 0;
    if (status == MOVED) {
        redirect->target = story != 0 ? store_text_copy(rows, 5) : store_text_copy(rows, 2);
    }
    return redirect;
}

Redirect *redirect_by_path(Store *store, const char *path, int64_t as_of, GError **error)
{
    g_autoptr(StoreRows) rows = desk_redirect_by_path(store, path, error);
    StoreStep step = rows == NULL ? STORE_FAILED : store_rows_next(rows, error);
    Redirect *redirect = step == STORE_ROW ? redirect_of_row(rows, as_of) : NULL;
    if (redirect == NULL && step != STORE_FAILED) {
        fail(error, KOLOKOL_ERROR_NOT_FOUND, "nothing has left the path %s", path);
    }
    return redirect;
}

/* Adds those to be seen; *last, unless NULL, gets the path of the last of `most` rows, if there are
 * so many. False on failure. Takes the rows. */
static bool collect(StoreRows *taken, int64_t as_of, GPtrArray *redirects, unsigned most,
                    char **last, GError **error)
{
    if (taken == NULL) {
        return false;
    }
    g_autoptr(StoreRows) rows = taken;
    StoreStep step = STORE_FAILED;
    unsigned count = 0;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        Redirect *redirect = redirect_of_row(rows, as_of);
        if (redirect != NULL) {
            g_ptr_array_add(redirects, redirect);
        }
        if (++count == most && last != NULL) {
            *last = store_text_copy(rows, 0);
        }
    }
    return step == STORE_END;
}

GPtrArray *redirect_list_month(Store *store, const char *month, int64_t as_of, GError **error)
{
    int64_t number = 0;
    if (!calendar_month_parse(month, &number)) {
        fail(error, KOLOKOL_ERROR_INVALID, "\"%.20s\" is not a month; write it like 2026-11",
             month);
        return NULL;
    }
    g_autoptr(GPtrArray) redirects = g_ptr_array_new_with_free_func((GDestroyNotify)redirect_free);
    return collect(desk_redirects_in_month(store, number, error), as_of, redirects, 0, NULL, error)
               ? g_steal_pointer(&redirects)
               : NULL;
}

bool redirect_list_after(Store *store, const char *after, int64_t as_of, unsigned most,
                         GPtrArray **redirects, char **last, GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)redirect_free);
    g_autofree char *end = NULL;
    if (!collect(desk_redirects_after(store, after, most, error), as_of, found, most, &end,
                 error)) {
        return false;
    }
    *redirects = g_steal_pointer(&found);
    *last = g_steal_pointer(&end);
    return true;
}

GPtrArray *redirect_months(Store *store, GError **error)
{
    g_autoptr(StoreRows) rows = desk_redirect_months(store, error);
    if (rows == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) months = g_ptr_array_new_with_free_func(g_free);
    StoreStep step = STORE_FAILED;
    while ((step = store_rows_next(rows, error)) == STORE_ROW) {
        int64_t month = store_number(rows, 0);
        g_ptr_array_add(months,
                        g_strdup_printf("%04d-%02d", (int)(month / 100), (int)(month % 100)));
    }
    return step == STORE_END ? g_steal_pointer(&months) : NULL;
}

typedef struct {
    const char *path, *target;
    int64_t story, now;
} Order;

/* Touches the old address, and again when its story is to be seen. */
static bool touch(Store *store, const Order *order, int64_t month, GError **error)
{
    g_autoptr(DeskBatch) batch = desk_batch_new();
    int64_t later = 0;
    if (order->story != 0) {
        g_autoptr(Story) story = story_read(store, order->story, error);
        if (story == NULL) {
            return false;
        }
        later = story_goes_out(story) && story->published > order->now ? story->published : 0;
    }
    story_path_touch(batch, order->path, month, later);
    return desk_batch_flush(batch, store, error);
}

/* Follows what the target leads to, which must not be the path itself. */
static bool no_circle(Store *store, const Order *order, GError **error)
{
    g_autofree char *at = g_strdup(order->target);
    for (unsigned hops = 0; at != NULL && hops < HOPS; hops++) {
        g_auto(StoryPath) row = {0};
        if (strcmp(at, order->path) == 0) {
            return fail(error, KOLOKOL_ERROR_INVALID,
                        "a redirect from %s to %s would lead in a circle", order->path,
                        order->target);
        }
        if (!story_path_read(store, at, &row, error)) {
            return false;
        }
        g_free(at);
        at = row.held && row.status == MOVED ? g_steal_pointer(&row.target) : NULL;
    }
    return at == NULL || fail(error, KOLOKOL_ERROR_INVALID,
                              "%s leads over more than %u redirects; lead to where they end",
                              order->target, HOPS);
}

static bool add_body(Store *store, void *data, GError **error)
{
    const Order *order = data;
    g_auto(StoryPath) row = {0};
    bool is_free = false;
    if (order->target != NULL && !no_circle(store, order, error)) {
        return false;
    }
    if (!story_path_free(store, order->path, 0, &is_free, &row, error)) {
        return false;
    }
    if (row.alike != NULL) {
        return story_path_conflict(store, order->path, &row, error);
    }
    bool same = row.status == MOVED && row.story == order->story &&
                g_strcmp0(row.target, order->target) == 0;
    if (row.held && same) {
        return true;
    }
    if (row.held && (row.status != MOVED || row.story != order->story)) {
        return story_path_conflict(store, order->path, &row, error);
    }
    int64_t month = story_path_month(order->now);
    return touch(store, order, month, error) &&
           (!row.held || touch(store, order, row.month, error)) &&
           desk_path_put(store, order->path, MOVED, order->story != 0 ? &order->story : NULL,
                         order->target, order->now, month, error);
}

/* The part of an address of this newspaper behind its host, without slashes before it; NULL for an
 * address elsewhere. */
static const char *own_part(const DeskSite *site, const char *target)
{
    const char *rest = target;
    if (g_str_has_prefix(target, "https://") || g_str_has_prefix(target, "http://")) {
        const char *host = site->url == NULL ? NULL : strstr(site->url, "://");
        rest = strstr(target, "://");
        if (host == NULL || g_ascii_strncasecmp(rest, host, strlen(host)) != 0) {
            return NULL;
        }
        rest += strlen(host);
        if (*rest != '\0' && strchr("/?#", *rest) == NULL) {
            return NULL;
        }
    }
    return rest + strspn(rest, "/");
}

/* Does it look like a story's number or default address? */
static bool looks_like_story(const DeskSite *site, const char *name, const char *path)
{
    for (const char *const *language = site->languages; *language != NULL; language++) {
        size_t length = strlen(*language);
        if (strncmp(path, *language, length) == 0 && path[length] == '/') {
            path += length + 1;
            break;
        }
    }
    return (*name != '\0' && name[strspn(name, "0123456789")] == '\0') ||
           g_regex_match_simple("^[0-9]{4}/[0-9]{2}/[0-9]{2}/.+\\.html$", path, G_REGEX_DEFAULT,
                                G_REGEX_MATCH_DEFAULT);
}

/* The story that somebody names, by its number, id, address or an old address; NULL without an
 * error if none. */
static Story *named(Store *store, const char *name, const char *path, GError **error)
{
    g_autoptr(GError) reason = NULL;
    int64_t id = 0;
    Story *story = NULL;
    if (*name != '\0' && story_find(store, name, &id, &reason)) {
        return story_read(store, id, error);
    }
    if (reason == NULL || g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_clear_error(&reason);
        story = story_by_address(store, path, &reason);
    }
    if (story == NULL && !g_error_matches(reason, KOLOKOL_ERROR, KOLOKOL_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&reason));
    }
    return story;
}

/* What is named must be there for readers, and a story is led to wherever it goes. Of one that is
 * not out it is not told whether there is one. */
static bool find_target(Store *store, const DeskSite *site, const char *name, Order *order,
                        GError **error)
{
    g_autoptr(GError) reason = NULL;
    g_autoptr(Story) story = named(store, name, order->target, &reason);
    g_auto(StoryPath) row = {0};
    if (reason != NULL) {
        g_propagate_error(error, g_steal_pointer(&reason));
        return false;
    }
    if (!story_path_read(store, order->target, &row, error)) {
        return false;
    }
    bool nothing = story != NULL ? !story_visible(story, order->now)
                                 : !row.held && looks_like_story(site, name, order->target);
    if (nothing) {
        return fail(
            error, KOLOKOL_ERROR_INVALID,
            "readers would find nothing at \"%.300s\": no story that is out has this address "
            "or number; publish it first, or copy the address from the list of stories",
            name);
    }
    if (story != NULL) {
        order->story = story->id;
        order->target = NULL;
    }
    return true;
}

typedef struct {
    const DeskSite *site;
    const char *name; /* as it was given, without the newspaper's own address; NULL: elsewhere */
    Order *order;
} Addition;

static bool add_named(Store *store, void *data, GError **error)
{
    const Addition *addition = data;
    return (addition->name == NULL ||
            find_target(store, addition->site, addition->name, addition->order, error)) &&
           add_body(store, addition->order, error);
}

bool redirect_add(Store *store, const DeskSite *site, const char *old, int64_t story,
                  const char *target, int64_t now, GError **error)
{
    g_autofree char *path = address_given(site, old, error);
    if (path == NULL) {
        return false;
    }
    g_autofree char *to = NULL;
    const char *name = NULL;
    if (story == 0 && (target == NULL || *target == '\0')) {
        return fail(error, KOLOKOL_ERROR_INVALID, "a redirect needs a story or a target");
    }
    if (story == 0) {
        name = own_part(site, target);
        to = name == NULL ? g_strdup(target) : address_target(name, error);
        if (to == NULL) {
            return false;
        }
        if (strpbrk(to, " \t\r\n\"<>") != NULL || strlen(to) > 1000) {
            return fail(error, KOLOKOL_ERROR_INVALID, "the target \"%.200s\" is no address",
                        target);
        }
    }
    Order order = {.path = path, .target = to, .story = story, .now = now};
    Addition addition = {site, name, &order};
    return store_transact(store, add_named, &addition, error);
}

bool redirect_lead(Store *store, const char *path, const char *target, int64_t now, GError **error)
{
    Order order = {.path = path, .target = target, .now = now};
    return add_body(store, &order, error);
}

static bool remove_body(Store *store, void *data, GError **error)
{
    Order *order = data;
    g_auto(StoryPath) row = {0};
    if (!story_path_read(store, order->path, &row, error)) {
        return false;
    }
    if (!row.held || row.status != MOVED) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no redirect at %s", order->path);
    }
    order->story = row.story;
    return touch(store, order, row.month, error) && desk_path_delete(store, order->path, error);
}

bool redirect_remove(Store *store, const char *path, int64_t now, GError **error)
{
    Order order = {.path = path, .now = now};
    return store_transact(store, remove_body, &order, error);
}
