-- Adds the texts of `to_index` (kind, id, body) to the index, behind those that are in it.
CREATE OR REPLACE TEMP TABLE new_texts AS
SELECT kind, id, (row_number() OVER () - 1 + (SELECT coalesce(max(doc) + 1, 0) FROM search_texts))::INTEGER AS doc
FROM to_index;

CREATE OR REPLACE TEMP TABLE found_words AS
SELECT kind, doc, unnest(words_of(body)) AS word FROM to_index JOIN new_texts USING (kind, id);

CREATE OR REPLACE TEMP TABLE counted_words AS
SELECT kind, word, doc, count(*)::INTEGER AS times FROM found_words WHERE length(word) < 50 GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE new_words AS
SELECT kind, word, count(*)::INTEGER AS docs FROM counted_words GROUP BY ALL;

UPDATE search_words w SET docs = w.docs + n.docs FROM new_words n WHERE n.kind = w.kind AND n.word = w.word;

INSERT INTO search_words
SELECT kind, word, row_number() OVER (ORDER BY kind, word) + (SELECT coalesce(max(word_id), 0) FROM search_words), docs
FROM new_words
ANTI JOIN search_words USING (kind, word)
ORDER BY kind, word;

INSERT INTO search_postings
SELECT w.word_id, c.doc, c.times
FROM counted_words c
JOIN search_words w USING (kind, word)
ORDER BY w.word_id, c.doc;

INSERT INTO search_texts
SELECT t.kind, t.doc, t.id, count(*)
FROM found_words f
JOIN new_texts t USING (doc)
GROUP BY ALL
ORDER BY t.doc;

DELETE FROM search_totals;

INSERT INTO search_totals SELECT kind, count(*), avg(words) FROM search_texts GROUP BY kind;

DROP TABLE new_texts;
DROP TABLE found_words;
DROP TABLE counted_words;
DROP TABLE new_words;
