/* The queue by the API: jobs_api.h. */
#include "office/jobs_api.h"

#include "jobs/look.h"

static const ApiField lane_fields[] = {
    {.name = "lane", .type = API_TEXT, .required = true, .help = "press, pay, mail, slow …"},
    {.name = "waiting",
     .type = API_NUMBER,
     .required = true,
     .help = "late ones and those for a later time among them"},
    {.name = "late", .type = API_NUMBER, .required = true, .help = "due for over a minute"},
    {.name = "running", .type = API_NUMBER, .required = true, .help = "taken by a worker"},
    {.name = "dead", .type = API_NUMBER, .required = true, .help = "given up; a person decides"},
    {.name = NULL},
};
static const ApiSchema lane_schema = {"Lane", "a lane of the queue", lane_fields};
static const ApiField jobs_fields[] = {
    {.name = "lanes",
     .type = API_OBJECTS,
     .required = true,
     .of = &lane_schema,
     .help = "those that have any job"},
    {.name = NULL},
};
static const ApiSchema jobs_schema = {"Jobs", "how the queue is", jobs_fields};

static HttpReply *answer_jobs(ApiCall *call)
{
    g_autoptr(GError) reason = NULL;
    JsonWriter *json = &call->json;
    JobsLane lanes[JOBS_LANES];
    unsigned count = 0;
    if (!jobs_look(call->store, call->now, lanes, &count, &reason)) {
        return api_failed(call, reason);
    }
    json_writer_open_object(json);
    json_writer_key(json, "lanes");
    json_writer_open_array(json);
    for (unsigned i = 0; i < count; i++) {
        json_writer_open_object(json);
        json_writer_text_member(json, "lane", lanes[i].lane);
        json_writer_number_member(json, "waiting", lanes[i].waiting);
        json_writer_number_member(json, "late", lanes[i].late);
        json_writer_number_member(json, "running", lanes[i].running);
        json_writer_number_member(json, "dead", lanes[i].dead);
        json_writer_close(json);
    }
    json_writer_close(json);
    json_writer_close(json);
    return api_done(call, 200);
}

const ApiRoute jobs_api[] = {
    {.name = "jobs",
     .method = HTTP_GET,
     .path = API_ROOT "/jobs",
     .permission = PERMISSION_STATE,
     .scopes = API_SCOPE_STATE,
     .answer = answer_jobs,
     .gives = &jobs_schema,
     .help = "how many jobs wait, run, are late or were given up"},
    {.name = NULL},
};
