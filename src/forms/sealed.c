/* Forms between door and worker: sealed.h. */
#include "forms/sealed.h"

#include "base/error.h"
#include "text/json.h"

#include <string.h>

#define WIRE_MAX (6 * FORM_BODY_MAX + 4096) /* JSON may write a byte as six */

struct SealedForm {
    json_t *json; /* owns the texts of `form` */
    Form form;
};

GBytes *sealed_form_close(const BoxPublicKey *key, const Form *form)
{
    g_autoptr(GString) out = g_string_new(NULL);
    JsonWriter json;
    json_writer_init(&json, out, 0);
    json_writer_open_object(&json);
    json_writer_text_member(&json, "kind", form->kind->name);
    json_writer_text_member(&json, "ticket", form->ticket);
    json_writer_text_member(&json, "language", form->language);
    json_writer_number_member(&json, "received", form->received);
    json_writer_key(&json, "fields");
    json_writer_open_object(&json);
    for (unsigned i = 0; form->kind->fields[i].name != NULL; i++) {
        json_writer_text_member(&json, form->kind->fields[i].name, form->values[i]);
    }
    json_writer_close(&json);
    json_writer_close(&json);
    g_assert(json_writer_finish(&json, NULL));
    return box_seal(key, out->str, out->len);
}

void sealed_form_free(SealedForm *sealed)
{
    if (sealed != NULL) {
        g_clear_pointer(&sealed->json, json_decref);
        g_free(sealed);
    }
}

const Form *sealed_form(const SealedForm *sealed)
{
    return &sealed->form;
}

/* A field that the door's table did not have yet is empty here. */
static bool take(SealedForm *sealed, const FormKind *const *kinds, GError **error)
{
    Form *form = &sealed->form;
    const char *kind = json_string_value(json_object_get(sealed->json, "kind"));
    const json_t *fields = json_object_get(sealed->json, "fields");
    form->ticket = json_string_value(json_object_get(sealed->json, "ticket"));
    form->language = json_string_value(json_object_get(sealed->json, "language"));
    form->received = json_integer_value(json_object_get(sealed->json, "received"));
    if (kind == NULL || form->ticket == NULL || form->language == NULL || !json_is_object(fields)) {
        return fail(error, KOLOKOL_ERROR_CORRUPT, "a form of the intake cannot be read");
    }
    form->kind = form_kind(kinds, kind, strlen(kind));
    if (form->kind == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND,
                    "the door knows a form \"%.40s\" that this worker does not", kind);
    }
    for (unsigned i = 0; form->kind->fields[i].name != NULL; i++) {
        const char *text = json_string_value(json_object_get(fields, form->kind->fields[i].name));
        form->values[i] = text == NULL ? "" : text;
    }
    return true;
}

SealedForm *sealed_form_open(const BoxSecretKey *key, const FormKind *const *kinds, GBytes *sealed,
                             GError **error)
{
    gsize length = 0;
    const void *bytes = g_bytes_get_data(sealed, &length);
    g_autoptr(GBytes) text = box_open(key, bytes, length, error);
    if (text == NULL) {
        return NULL;
    }
    g_autoptr(SealedForm) form = g_new0(SealedForm, 1);
    bytes = g_bytes_get_data(text, &length);
    form->json = json_read_limited(bytes, length, WIRE_MAX, 3, JSON_READ_STRICT, error);
    if (form->json == NULL || !take(form, kinds, error)) {
        return NULL;
    }
    return g_steal_pointer(&form);
}
