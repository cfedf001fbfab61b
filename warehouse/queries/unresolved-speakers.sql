-- Which quotes have no speaker?
-- limit: INTEGER = 100
WITH found AS (
    SELECT q.rowid AS quote, q.article_id, q.start_char, a.published_date
    FROM quotes q
    JOIN articles a USING (article_id)
    WHERE q.speaker_name IS NULL
    ORDER BY a.published_date, q.article_id, q.start_char
    LIMIT $limit::INTEGER
)
-- Only of these few the texts are read.
SELECT f.published_date, q.text AS quote, q.cue, a.title, a.url
FROM found f
JOIN quotes q ON q.rowid = f.quote
JOIN articles a ON a.article_id = f.article_id
ORDER BY f.published_date, f.article_id, f.start_char
