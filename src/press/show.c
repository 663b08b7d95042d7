/* Pages in memory: show.h. Rendering itself is render.c, with the page's own code. */
#include "press/show.h"

#include "base/error.h"
#include "press/render.h"

#include <string.h>

static void object_free(void *data)
{
    PressShownObject *object = data;
    g_free(object->name);
    g_free(object->source);
    g_clear_pointer(&object->bytes, g_bytes_unref);
    g_free(object);
}

void press_shown_clear(PressShown *shown)
{
    g_clear_pointer(&shown->path, g_free);
    g_clear_pointer(&shown->html, g_bytes_unref);
    g_clear_pointer(&shown->objects, g_ptr_array_unref);
}

const PressShownObject *press_shown_object(const PressShown *shown, const char *name)
{
    for (guint i = 0; i < shown->objects->len; i++) {
        const PressShownObject *object = shown->objects->pdata[i];
        if (strcmp(object->name, name) == 0) {
            return object;
        }
    }
    return NULL;
}

static PressShownObject *add(PressShown *shown, const char *name)
{
    PressShownObject *object = g_new0(PressShownObject, 1);
    object->name = g_strdup(name);
    g_ptr_array_add(shown->objects, object);
    return object;
}

void press_shown_file(PressShown *shown, const char *name, const char *source)
{
    if (press_shown_object(shown, name) == NULL) {
        add(shown, name)->source = g_strdup(source);
    }
}

void press_shown_bytes(PressShown *shown, const char *name, const char *bytes, size_t length)
{
    if (press_shown_object(shown, name) == NULL) {
        add(shown, name)->bytes = g_bytes_new(bytes, length);
    }
}

static bool take(PressRenderer *renderer, const char *name, GError **error)
{
    g_autoptr(PressRecord) record = press_render(renderer, name, error);
    if (record == NULL) {
        return false;
    }
    if (record->failure != NULL) {
        return fail(error, KOLOKOL_ERROR_INVALID, "%s", record->failure);
    }
    if (record->path == NULL) {
        return fail(error, KOLOKOL_ERROR_NOT_FOUND, "there is no page %s", name);
    }
    renderer->shown->path = g_strdup(record->path);
    return true;
}

bool press_show(Store *store, const PressRecipes *recipes, int64_t as_of, const char *name,
                PressShown *shown, GError **error)
{
    g_auto(PressShown) made = {.objects = g_ptr_array_new_with_free_func(object_free)};
    PressRenderer renderer = {0};
    bool done = press_renderer_init(&renderer, store, recipes, as_of, NULL, error);
    renderer.shown = &made;
    done = done && take(&renderer, name, error);
    press_renderer_clear(&renderer);
    if (done) {
        *shown = made;
        made = (PressShown){0};
    }
    return done;
}
