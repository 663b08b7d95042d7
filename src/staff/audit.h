/*
 * The audit log: what the staff did, in rows that are only added. Each row's hash is SHA-256 over
 * the hash before it and the row's own fields, each with its length, so that a row which is
 * changed, removed from the middle or put between others breaks the chain. Rows cut off at the end
 * leave a good chain: who keeps the last hash elsewhere sees that too.
 *
 * Subject and detail stand in the chain by a seal: SHA-256 over a random salt and both. So a name
 * that is withheld can leave the log (audit_erase()): the texts and the salt go, without which
 * nobody can try which words they were; seal, moment, person and action stay, and the chain holds.
 * An erasure is a row "audit.erase" itself, with the numbers, and an erased row of which none
 * tells is one that was changed. Rows of before there were seals are chained by the texts
 * themselves: an erased one of those counts by its hash alone.
 *
 * Nothing secret is written: no password, token or text of a story.
 */
#pragma once

#include "store/store.h"

#define AUDIT_TEXT 2000u /* bytes of subject and of detail; longer ones are cut */

typedef struct {
    int64_t number, moment;
    int64_t person;     /* 0: the command line or the machine */
    const char *action; /* "staff.add": a constant of the program */
    const char *subject, *detail;
    const char *hash, *salt, *seal; /* the last two "" in a row of before there were seals */
    bool erased;                    /* subject and detail are "" and were not */
} AuditRow;

/* Adds a row; belongs into the transaction of what it tells. */
bool audit_add(Store *store, int64_t person, const char *action, const char *subject,
               const char *detail, int64_t now, GError **error);

/* The same of a person or, `token` not NULL, of a script that has that token of hers: the detail
 * says so. */
bool audit_add_by(Store *store, int64_t person, const char *token, const char *action,
                  const char *subject, const char *detail, int64_t now, GError **error);

/* Erases subject and detail of each row that `has` says has what must not stay; adds rows that tell
 * which, if there are any. In the transaction of the order. The database's free space forgets by
 * the erasure that the order begins (desk/erasure.h). */
typedef bool (*AuditHas)(const AuditRow *row, const void *data);
bool audit_erase(Store *store, AuditHas has, const void *data, int64_t now, GError **error);

/* Rows with a number above `after`, oldest first, at most `most`. */
typedef bool (*AuditTaker)(const AuditRow *row, void *data, GError **error);
bool audit_list(Store *store, int64_t after, unsigned most, AuditTaker take, void *data,
                GError **error);

/* Those with a number below `before`, newest first. */
bool audit_recent(Store *store, int64_t before, unsigned most, AuditTaker take, void *data,
                  GError **error);

/* Checks the whole chain. CORRUPT names the first row that does not fit. *rows gets how many there
 * are, *last (caller frees) the last hash, "" without rows. */
bool audit_verify(Store *store, int64_t *rows, char **last, GError **error);
