-- Takes the texts `to_remove` (id) out of the index.
CREATE OR REPLACE TEMP TABLE gone_texts AS
SELECT doc FROM search_texts SEMI JOIN to_remove USING (id);

UPDATE search_words w SET docs = w.docs - g.docs
FROM (SELECT word_id, count(*)::INTEGER AS docs FROM search_postings SEMI JOIN gone_texts USING (doc) GROUP BY word_id) g
WHERE g.word_id = w.word_id;

DELETE FROM search_words WHERE docs = 0;
DELETE FROM search_postings WHERE doc IN (FROM gone_texts);
DELETE FROM search_texts WHERE doc IN (FROM gone_texts);
DROP TABLE gone_texts;
