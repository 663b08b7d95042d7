/*
 * Answers for the office's own scripts: JSON with the office's headers.
 *
 *     OfficeAnswer answer;
 *     office_answer_begin(&answer);
 *     json_writer_number_member(&answer.json, "entry", id);
 *     return office_answer_done(visit, &answer, 201);
 *
 * office_answer_begin() opens an object, office_answer_done() closes it. What goes wrong has the
 * status of the error and {"problem": its words}.
 */
#pragma once

#include "office/office.h"
#include "text/json.h"

typedef struct {
    GString *text;
    JsonWriter json;
} OfficeAnswer;

void office_answer_begin(OfficeAnswer *answer);

/* Takes what the answer holds. */
HttpReply *office_answer_done(const OfficeVisit *visit, OfficeAnswer *answer, unsigned status);

HttpReply *office_answer_problem(const OfficeVisit *visit, const GError *error);
