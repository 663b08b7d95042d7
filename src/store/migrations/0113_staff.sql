-- Who of the staff began a story (desk/task.h): by person, since two may have one name. Of those that there are it is whose
-- name the first revision with one has, where only one has that name.
CREATE TABLE desk_begun (
    story BIGINT PRIMARY KEY,
    person BIGINT NOT NULL
);
CREATE INDEX desk_begun_person ON desk_begun (person, story);
INSERT INTO desk_begun (story, person)
SELECT s.id, p.id FROM desk_story s JOIN staff_person p ON p.name =
    (SELECT r.editor FROM desk_revision r WHERE r.story = s.id AND r.editor <> '' ORDER BY r.number LIMIT 1)
WHERE s.state IN ('draft', 'in edit', 'ready') AND (SELECT COUNT(*) FROM staff_person q WHERE q.name = p.name) = 1;

-- Rows of the audit log are chained by a seal over a salt, subject and detail, so that these can be erased for good and the
-- chain still holds (staff/audit.h). Rows of before have no seal.
ALTER TABLE staff_audit ADD COLUMN salt TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE staff_audit ADD COLUMN seal TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE staff_audit ADD COLUMN erased BIGINT NOT NULL DEFAULT 0;
