-- An inverted index over quotes and articles, and BM25 over it. `doc` is the row number of a quote or an article.

-- Words as they are looked up: lower case, no accents, without the particles that Indonesian glues to a word.
CREATE MACRO words_of(body) AS list_transform(
    regexp_extract_all(strip_accents(lower(body)), '[a-z0-9]+'),
    lambda w: regexp_replace(w, '^(.{4,}?)(nya|lah|kah|pun)$', '\1')
);

CREATE TEMP TABLE found_words AS
SELECT 'quote' AS kind, rowid AS doc, unnest(words_of(text)) AS word FROM quotes
UNION ALL
SELECT 'article', rowid, unnest(words_of(coalesce(title, '') || ' ' || text)) FROM articles WHERE is_latest;

CREATE TEMP TABLE counted_words AS
SELECT kind, word, doc, count(*)::INTEGER AS times FROM found_words WHERE length(word) < 50 GROUP BY ALL;

-- One row per kind of text and word: in how many of them does it stand?
CREATE TABLE search_words AS
SELECT kind, word, row_number() OVER (ORDER BY kind, word)::INTEGER AS word_id, count(*)::INTEGER AS docs
FROM counted_words
GROUP BY kind, word
ORDER BY kind, word;

-- One row per word and text, in the order of the words: a search reads the rows of its words only.
CREATE TABLE search_postings AS
SELECT w.word_id, c.doc::INTEGER AS doc, c.times
FROM counted_words c
JOIN search_words w USING (kind, word)
ORDER BY w.word_id, c.doc;

-- One row per text: how many words has it?
CREATE TABLE search_texts AS
SELECT kind, doc::INTEGER AS doc, count(*)::INTEGER AS words FROM found_words GROUP BY kind, doc ORDER BY kind, doc;

-- One row per kind of text.
CREATE TABLE search_totals AS
SELECT kind, count(*) AS docs, avg(words) AS average FROM search_texts GROUP BY kind;

DROP TABLE found_words;
DROP TABLE counted_words;

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
    h.doc,
    sum(h.weight * h.times * 2.2 / (h.times + 1.2 * (0.25 + 0.75 * x.words / h.average))) AS score,
    count(*) = (SELECT count(*) FROM asked_words) AS all_words
FROM hits h
JOIN search_texts x ON x.kind = of_kind AND x.doc = h.doc
GROUP BY h.doc;
