-- An inverted index over quotes and articles, and BM25 over it. `doc` is the number of a text in the index.

-- Words as they are looked up: lower case, no accents, without the particles that Indonesian glues to a word.
CREATE MACRO words_of(body) AS list_transform(
    regexp_extract_all(strip_accents(lower(body)), '[a-z0-9]+'),
    lambda w: regexp_replace(w, '^(.{4,}?)(nya|lah|kah|pun)$', '\1')
);

-- One row per kind of text and word: in how many of them does it stand?
CREATE TABLE search_words (kind VARCHAR, word VARCHAR, word_id INTEGER, docs INTEGER);

-- One row per word and text, in the order of the words: a search reads the rows of its words only.
CREATE TABLE search_postings (word_id INTEGER, doc INTEGER, times INTEGER);

-- One row per text: which quote or article is it, how many words has it?
CREATE TABLE search_texts (kind VARCHAR, doc INTEGER, id VARCHAR, words INTEGER);

-- One row per kind of text.
CREATE TABLE search_totals (kind VARCHAR, docs BIGINT, average DOUBLE);

-- BM25 (k1 = 1.2, b = 0.75) of the texts of a kind that hold any of the words, best first; `all_words` where they hold all.
CREATE MACRO search(of_kind, asked) AS TABLE
WITH asked_words AS (
    SELECT DISTINCT unnest(words_of(asked)) AS word
),
words AS (
    SELECT word_id, docs FROM search_words WHERE kind = of_kind AND word IN (FROM asked_words)
),
hits AS (
    SELECT p.doc, p.times, ln(1 + (t.docs - w.docs + 0.5) / (w.docs + 0.5)) AS weight, t.average
    FROM search_postings p
    JOIN words w USING (word_id), search_totals t
    WHERE t.kind = of_kind
)
SELECT
    any_value(x.id) AS id,
    sum(h.weight * h.times * 2.2 / (h.times + 1.2 * (0.25 + 0.75 * x.words / h.average))) AS score,
    count(*) = (SELECT count(*) FROM asked_words) AS all_words
FROM hits h
JOIN search_texts x ON x.doc = h.doc
GROUP BY h.doc;
