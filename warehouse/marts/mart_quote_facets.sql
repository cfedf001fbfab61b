-- One row per quote, the newest first: by what can a search be narrowed down?
-- `doc` is the row number of the quote, as in `search('quote', ...)`. Narrow rows make counting a million of them quick.
-- Kept as a table: its order lets a reader take the newest ones without sorting.
SELECT
    q.rowid::INTEGER AS doc, a.published_date, strftime(a.published_date, '%Y-%m') AS month, a.outlet, q.kind,
    coalesce(q.speaker_entity_id, q.speaker_name) AS speaker_key
FROM quotes q
JOIN articles a USING (article_id)
ORDER BY a.published_date DESC NULLS LAST, q.article_id, q.start_char
