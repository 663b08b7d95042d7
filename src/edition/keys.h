/*
 * The newsroom's keys, in keys/ (mode 0700): publish.key signs editions, fresh.key may only sign
 * their age (DESIGN 6). The public parts lie beside them as publish.pub and fresh.pub. Files are
 * signature.h's.
 */
#pragma once

#include "seal/signature.h"

/* Makes the keys. CONFLICT if there are any: a key that readers know is never overwritten. */
bool keys_init(const char *keys_dir, GError **error);

/* NOT_FOUND says how to make them. */
bool keys_read_publish(const char *keys_dir, SecretKey *secret, GError **error);
bool keys_read_public(const char *keys_dir, const char *name, PublicKey *key, GError **error);
