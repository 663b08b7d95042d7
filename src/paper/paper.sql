-- Term statistics and their life (term_index.h)

-- query index_list()
SELECT id, language, state, stories, words, after_published, after_story, stems FROM paper_index ORDER BY id;

-- query index_live(language text)
SELECT id, language, state, stories, words, after_published, after_story, stems FROM paper_index
WHERE language = $1 AND state = 2 ORDER BY id LIMIT 1;

-- run index_insert(id bigint, language text, after_published bigint, after_story bigint, stems bigint)
INSERT INTO paper_index (id, language, state, stories, words, after_published, after_story, stems)
VALUES ($1, $2, 0, 0, 0, $3, $4, $5);

-- run index_counted(id bigint, stories bigint, words bigint)
UPDATE paper_index SET state = 1, stories = $2, words = $3 WHERE id = $1;

-- run index_reached(id bigint, published bigint, story bigint)
UPDATE paper_index SET after_published = $2, after_story = $3 WHERE id = $1;

-- run index_retire(language text)
UPDATE paper_index SET state = 3 WHERE language = $1 AND state = 2;

-- run index_state(id bigint, state bigint)
UPDATE paper_index SET state = $2 WHERE id = $1;

-- run index_delete(id bigint)
DELETE FROM paper_index WHERE id = $1;

-- query term_stories(idx bigint, term bigint)
SELECT stories FROM paper_term WHERE idx = $1 AND term = $2;

-- run term_insert(idx bigint, term bigint, stories bigint)
INSERT INTO paper_term (idx, term, stories) VALUES ($1, $2, $3) ON CONFLICT (idx, term) DO NOTHING;

-- Parts of what an index leaves behind.
-- run drop_terms(idx bigint, most bigint)
DELETE FROM paper_term WHERE idx = $1 AND term IN (SELECT term FROM paper_term WHERE idx = $1 ORDER BY term LIMIT $2);

-- run drop_postings(idx bigint, most bigint)
DELETE FROM paper_posting WHERE idx = $1
    AND term IN (SELECT term FROM paper_posting WHERE idx = $1 ORDER BY term LIMIT $2);

-- run drop_vectors(idx bigint, most bigint)
DELETE FROM paper_vector WHERE idx = $1
    AND story IN (SELECT story FROM paper_vector WHERE idx = $1 ORDER BY story LIMIT $2);

-- run drop_backs(idx bigint, most bigint)
DELETE FROM paper_back WHERE idx = $1
    AND story IN (SELECT story FROM paper_back WHERE idx = $1 ORDER BY story LIMIT $2);

-- run drop_turns(idx bigint, most bigint)
DELETE FROM paper_turn WHERE idx = $1
    AND story IN (SELECT story FROM paper_turn WHERE idx = $1 ORDER BY story LIMIT $2);

-- Vectors and postings (related.c, term_posting.c)

-- query vector_read(idx bigint, story bigint)
SELECT published, terms FROM paper_vector WHERE idx = $1 AND story = $2;

-- run vector_put(idx bigint, story bigint, published bigint, terms bytes)
INSERT INTO paper_vector (idx, story, published, terms) VALUES ($1, $2, $3, $4)
ON CONFLICT (idx, story) DO UPDATE SET published = $3, terms = $4;

-- run vector_delete(idx bigint, story bigint)
DELETE FROM paper_vector WHERE idx = $1 AND story = $2;

-- query posting_last(idx bigint, term bigint)
SELECT part, stories FROM paper_posting WHERE idx = $1 AND term = $2 ORDER BY part DESC LIMIT 1;

-- query posting_parts(idx bigint, term bigint)
SELECT part, stories FROM paper_posting WHERE idx = $1 AND term = $2 ORDER BY part;

-- run posting_put(idx bigint, term bigint, part bigint, stories bytes)
INSERT INTO paper_posting (idx, term, part, stories) VALUES ($1, $2, $3, $4)
ON CONFLICT (idx, term, part) DO UPDATE SET stories = $4;

-- run posting_delete(idx bigint, term bigint, part bigint)
DELETE FROM paper_posting WHERE idx = $1 AND term = $2 AND part = $3;

-- Related stories (related.h)

-- query back_of(idx bigint, story bigint)
SELECT other, other_published, score FROM paper_back WHERE idx = $1 AND story = $2
ORDER BY score DESC, other_published DESC, other DESC;

-- In the order of paper_back_other: in that of stories, SQLite would read all of the primary key instead.
-- query back_to(idx bigint, other bigint)
SELECT story, story_published, score FROM paper_back WHERE idx = $1 AND other = $2
ORDER BY score DESC, story_published DESC, story DESC;

-- query back_to_best(idx bigint, other bigint, as_of bigint, most bigint)
SELECT story, story_published, score FROM paper_back WHERE idx = $1 AND other = $2 AND story_published <= $3
ORDER BY score DESC, story_published DESC, story DESC LIMIT $4;

-- run back_insert(idx bigint, story bigint, story_published bigint, other bigint, other_published bigint, score bigint)
INSERT INTO paper_back (idx, story, story_published, other, other_published, score) VALUES ($1, $2, $3, $4, $5, $6);

-- run back_delete(idx bigint, story bigint)
DELETE FROM paper_back WHERE idx = $1 AND story = $2;

-- run back_leave(idx bigint, story bigint, other bigint)
DELETE FROM paper_back WHERE idx = $1 AND story = $2 AND other = $3;

-- Lists that wait for their turn (related_enter.c)

-- run turn_put(idx bigint, story bigint)
INSERT INTO paper_turn (idx, story) VALUES ($1, $2) ON CONFLICT (idx, story) DO NOTHING;

-- query turn_next(idx bigint, most bigint)
SELECT story FROM paper_turn WHERE idx = $1 ORDER BY story DESC LIMIT $2;

-- run turn_done(idx bigint, story bigint)
DELETE FROM paper_turn WHERE idx = $1 AND story = $2;

-- query turn_any()
SELECT idx FROM paper_turn LIMIT 1;

-- Who reads words (words_lease.c)

-- query words_lease()
SELECT holder, until FROM paper_lease WHERE id = 1;

-- run words_lease_put(holder bigint, until bigint)
INSERT INTO paper_lease (id, holder, until) VALUES (1, $1, $2)
ON CONFLICT (id) DO UPDATE SET holder = $1, until = $2;

-- run words_lease_end(holder bigint)
UPDATE paper_lease SET holder = 0, until = 0 WHERE id = 1 AND holder = $1;
