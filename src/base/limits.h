/*
 * Ceilings that more than one folder shares. Everything that somebody outside can make grow has one
 * (DESIGN 10.5); a ceiling used by one folder only stands in that folder's header.
 */
#pragma once

#define LIMIT_TITLE      1000u              /* bytes of a headline */
#define LIMIT_BODY       (2u * 1024 * 1024) /* bytes of a story's body */
#define LIMIT_STORY_FILE (4u * 1024 * 1024) /* bytes of one story file or JSON line */
#define LIMIT_PATH       200u               /* bytes of a path inside the edition */
#define LIMIT_SLUG       80u                /* bytes of a slug */
#define LIMIT_NODE       (64u * 1024)       /* bytes of a MANIFEST, OBJECTS or EDITION (DESIGN 6) */
#define LIMIT_PAGE       (2u * 1024 * 1024) /* bytes of a page (DESIGN 6) */
#define LIMIT_OBJECT     (32u * 1024 * 1024) /* bytes of a hash-named file (DESIGN 6) */
