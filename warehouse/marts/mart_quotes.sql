-- One row per quote: who said what, where and when was it published?
SELECT
    q.quote_id, a.article_id, a.published_date, a.outlet, a.title, a.url,
    q.kind, q.text AS quote, q.cue,
    coalesce(e.name, q.speaker_name) AS speaker, e.type AS speaker_type, q.speaker_entity_id,
    q.speaker_name, q.speaker_role, q.addressee, q.confidence, q.start_char, q.end_char
FROM quotes q
JOIN articles a USING (article_id)
LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
