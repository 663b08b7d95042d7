/* Answers for scripts: answer.h. Pages are frame.c. */
#include "office/answer.h"

#include "office/frame.h"
#include "office/reason.h"

void office_answer_begin(OfficeAnswer *answer)
{
    answer->text = g_string_new(NULL);
    json_writer_init(&answer->json, answer->text, 0);
    json_writer_open_object(&answer->json);
}

HttpReply *office_answer_done(const OfficeVisit *visit, OfficeAnswer *answer, unsigned status)
{
    json_writer_close(&answer->json);
    bool whole = json_writer_finish(&answer->json, NULL);
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(g_steal_pointer(&answer->text));
    HttpReply *reply =
        whole ? http_reply_new(status, bytes) : http_reply_new_text(500, "The answer is too long.");
    office_headers(visit, reply);
    if (whole) {
        http_reply_header(reply, "Content-Type", "application/json");
    }
    return reply;
}

HttpReply *office_answer_problem(const OfficeVisit *visit, const GError *error)
{
    OfficeAnswer answer;
    office_answer_begin(&answer);
    json_writer_text_member(&answer.json, "problem", office_reason(visit, error));
    return office_answer_done(visit, &answer, office_status(error));
}
