/*
 * Unpacking of gzip (RFC 1952) and brotli (RFC 7932) forms, only to compare: nothing larger than
 * the plain bytes at hand is ever held or believed. One stream, ended, nothing after it.
 */
#pragma once

#include "edition/verify.h"

/* A VerifyUnpack. */
bool coded_same(VerifyCoding coding, const void *coded, size_t coded_length, const void *plain,
                size_t plain_length);
