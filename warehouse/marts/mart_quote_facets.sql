-- One row per quote, the newest first: by what can a search be narrowed down?
-- Narrow rows make counting a million of them quick.
SELECT
    q.quote_id, q.article_id, q.start_char, a.published_date, strftime(a.published_date, '%Y-%m') AS month, a.outlet, q.kind,
    coalesce(q.speaker_entity_id, q.speaker_name) AS speaker_key
FROM quotes q
JOIN articles a USING (article_id)
ORDER BY a.published_date DESC NULLS LAST, q.article_id, q.start_char
