/* The forms of fund as the worker runs them: handlers in a transaction, with real tokens. */
#pragma once

#include "base/error.h"
#include "base/random.h"
#include "fund/fund_forms.h"
#include "practice_fixture.h"

static TokenKeys *tokens;

typedef struct {
    const FormKind *kind;
    const Form *form;
    FormAnswer *answer;
} Handle;

static inline bool handle_body(Store *store, void *data, GError **error)
{
    const Handle *handle = data;
    FormContext context = {.tokens = tokens};
    return handle->kind->handle(store, &context, handle->form, handle->answer, error);
}

/* Fields are pairs of name and value, ended by NULL. NULL if the form was refused. */
static inline FormAnswer *post(Store *store, const FormKind *kind, const char *ticket,
                               const char *const *fields, GError **error)
{
    Form form = {.kind = kind, .language = "en", .ticket = ticket, .received = fixture_time};
    for (unsigned i = 0; kind->fields[i].name != NULL; i++) {
        form.values[i] = "";
    }
    for (; *fields != NULL; fields += 2) {
        int at = form_field(kind, fields[0], strlen(fields[0]));
        g_assert_cmpint(at, >=, 0);
        form.values[at] = fields[1];
    }
    g_autoptr(FormAnswer) answer = form_answer_new();
    Handle handle = {kind, &form, answer};
    return store_transact(store, handle_body, &handle, error) ? g_steal_pointer(&answer) : NULL;
}

static inline void begin(Store *store)
{
    fixture_begin();
    tokens = token_keys_new();
    fixture_campaign(store, "winter", "amounts: once 10 25; monthly 2 5; USD once 15\n");
}

static inline void end(void)
{
    g_clear_pointer(&tokens, token_keys_free);
    clock_replace(NULL, NULL);
}

#define TICKET "0123456789abcdef0123456789abcdef"

/* The end of an address: what stands after "/NAME/" and before a query. */
static inline char *tail(const char *link, const char *name)
{
    g_autofree char *before = g_strdup_printf("/%s/", name);
    const char *at = strstr(link, before);
    g_assert_nonnull(at);
    at += strlen(before);
    return g_strndup(at, strcspn(at, "?\"\\"));
}
