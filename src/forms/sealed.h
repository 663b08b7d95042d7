/*
 * A form on its way from the door to the worker: JSON, padded, sealed to the worker's key. The kind
 * is inside as well, so a row tells nobody what it asks for.
 */
#pragma once

#include "forms/form.h"
#include "seal/box.h"

typedef struct SealedForm SealedForm;

GBytes *sealed_form_close(const BoxPublicKey *key, const Form *form);

/* CORRUPT if it is not ours or says what no door says; NOT_FOUND if the kind is none of `kinds` (a
 * door newer than this worker: tried again later). */
SealedForm *sealed_form_open(const BoxSecretKey *key, const FormKind *const *kinds, GBytes *sealed,
                             GError **error);
const Form *sealed_form(const SealedForm *sealed);
void sealed_form_free(SealedForm *sealed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SealedForm, sealed_form_free)
