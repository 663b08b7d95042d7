/* What a browser calls itself, as people say it. */
#pragma once

/* "Firefox, Linux" for a User-Agent header; its beginning where it names no browser that we know.
 * Caller frees. */
char *office_agent(const char *header);
