-- Who works on a story until when (desk/task.h), what is said about its text (desk/comment.h), and what the office's list
-- of stories is searched by (desk/story_find.h).

CREATE TABLE desk_task (
    story BIGINT PRIMARY KEY,
    assignee BIGINT NOT NULL, -- staff_person, 0: nobody
    due BIGINT NOT NULL -- 0: at no time
);
CREATE INDEX desk_task_assignee ON desk_task (assignee, story) WHERE assignee <> 0;
CREATE INDEX desk_task_due ON desk_task (due, story) WHERE due <> 0;

CREATE TABLE desk_comment (
    id BIGINT PRIMARY KEY,
    story BIGINT NOT NULL,
    person BIGINT NOT NULL,
    name TEXT NOT NULL,
    created BIGINT NOT NULL,
    passage TEXT NOT NULL, -- the words commented on, "" for the whole story
    text TEXT NOT NULL,
    settled BIGINT NOT NULL, -- when, 0: open
    settled_by TEXT NOT NULL
);
CREATE INDEX desk_comment_story ON desk_comment (story, created, id);

-- One narrow row a story, in the order of the list.
CREATE TABLE desk_find (
    changed BIGINT NOT NULL,
    story BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C" NOT NULL, -- slug or ""
    byline TEXT COLLATE "C" NOT NULL, -- slugs, a space before and behind each
    words TEXT COLLATE "C" NOT NULL, -- headline and topics in lower case
    PRIMARY KEY (changed, story)
) WITHOUT ROWID; -- sqlite only
); -- postgres only
CREATE UNIQUE INDEX desk_find_story ON desk_find (story);
-- Lower case here is that of ASCII on one engine; a story's next change makes it right.
INSERT INTO desk_find (changed, story, state, language, section, byline, words)
SELECT changed, id, state, language, COALESCE(section, ''), ' ' || REPLACE(byline, '+', '') || ' ',
    LOWER(headline) || ' ' || topics
FROM desk_story;
