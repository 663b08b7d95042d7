/* Which of many files an ordinary run takes: one in so many, by the hash of its name, so that every
 * run of the same KOLOKOL_SEED takes the same ones. KOLOKOL_FULL=1 takes all. */
#pragma once

#include <glib.h>

static inline bool sampled(const char *path, unsigned one_in)
{
    g_autofree char *name = g_path_get_basename(path);
    const char *seed = g_getenv("KOLOKOL_SEED");
    guint64 shift = seed == NULL ? 0 : g_ascii_strtoull(seed, NULL, 10);
    return g_strcmp0(g_getenv("KOLOKOL_FULL"), "1") == 0 ||
           (g_str_hash(name) + shift) % one_in == 0;
}

static inline bool sampled_all(void)
{
    return g_strcmp0(g_getenv("KOLOKOL_FULL"), "1") == 0;
}
