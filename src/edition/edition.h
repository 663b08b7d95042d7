/*
 * An edition (DESIGN 6): the signed root. Its file EDITION is a header and the root's entries:
 *
 *   kolokol-edition 1 paper.example
 *   epoch: 1
 *   edition: 1795600000000
 *   time: 2026-11-26T10:02:11Z
 *   expires: 2026-12-10T10:02:11Z
 *   previous: <sha256 of the EDITION before, or 64 zeros>
 *   SHA256 (2026/MANIFEST) = …
 *
 * Its number is max(previous + 1, Unix time in ms), so it grows across restores. On the disk an
 * edition is the directory editions/NUMBER with EDITION, EDITION.sig and KEY.pub; `current` is a
 * symbolic link to it, replaced by rename(2), so a reader has the old one or the new one, whole.
 * EDITION.sig is signature.h's, with the trusted comment "kolokol HOST EPOCH.NUMBER".
 */
#pragma once

#include "seal/hash.h"
#include "seal/signature.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define EDITION_LIFE                                                                               \
    (14 * INT64_C(86400000000)) /* µs until it expires; it is signed again when half is over */

typedef struct {
    char *host;
    int64_t epoch;
    uint64_t number;
    int64_t time, expires; /* µs; whole seconds */
    Hash previous;
    char *entries; /* the root's lines, as node.h writes them */
} Edition;

void edition_clear(Edition *edition);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Edition, edition_clear)

/* The text of EDITION. Caller frees. LIMIT above LIMIT_NODE. */
char *edition_text(const Edition *edition, GError **error);

/* CORRUPT, with the line, for anything but such a text. */
bool edition_parse(const char *text, size_t length, Edition *edition, GError **error);

/* The current edition of an edition directory; NOT_FOUND if there is none yet. *hash (may be NULL)
 * is that of its EDITION. Checks no signature. */
bool edition_read_current(int directory, Edition *edition, Hash *hash, GError **error);

/* The text of a kept edition's EDITION and EDITION.sig; either may be NULL. */
bool edition_read_files(int directory, uint64_t number, char **edition, char **signature,
                        GError **error);

/* What `current` points to ("editions/1795600000000"), or NULL if there is no edition: changes
 * exactly when there is a new one. Caller frees. */
char *edition_current(int directory);

/* Asked right before the rename: may we still? */
typedef bool (*EditionFence)(void *data, GError **error);

/* Signs and makes current a new edition with these root entries. Everything that it names must be
 * on the medium. `fence` may be NULL. BUSY if another process made one meanwhile. If the last step,
 * the sync of the directory, fails, the new edition is current all the same, perhaps not for good.
 */
bool edition_commit(int directory, const char *host, int64_t epoch, const char *entries,
                    int64_t now, const SecretKey *secret, EditionFence fence, void *fence_data,
                    uint64_t *number, GError **error);

/* Signs the current entries again if half of EDITION_LIFE is over, so that readers of a quiet
 * newsroom see no expired edition. *number is that of the edition that is then current. */
bool edition_renew(int directory, int64_t now, const SecretKey *secret, EditionFence fence,
                   void *fence_data, bool *renewed, uint64_t *number, GError **error);

/* Numbers of the kept editions, growing; also of one that a stopped commit left. Elements uint64_t.
 */
GArray *edition_kept(int directory, GError **error);

/* Names that are numbers in a directory of the edition directory, growing. Absent: none. */
GArray *edition_numbers(int directory, const char *name, GError **error);
