/* `kolokol tool openapi`: the API's document, for docs/api/openapi.json and whoever makes clients.
 */
#include "base/error.h"
#include "main/office_rows.h"
#include "main/tool.h"
#include "office/api_document.h"

#include <string.h>

/* Indented, so that a change of a row is a few lines of a difference. */
bool tool_openapi(CommandContext *context, GError **error)
{
    g_autofree char *document = api_document(api_tables, error);
    g_autoptr(json_t) tree =
        document == NULL
            ? NULL
            : json_read_limited(document, strlen(document), API_ANSWER, 0, JSON_READ_STRICT, error);
    if (tree == NULL) {
        return false;
    }
    if (json_dumpf(tree, context->out, JSON_INDENT(2) | JSON_PRESERVE_ORDER) != 0) {
        return fail(error, KOLOKOL_ERROR_IO, "the document cannot be written");
    }
    fputc('\n', context->out);
    return true;
}
