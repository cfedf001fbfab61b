-- Which quotes are these, the best first, else the newest?
-- words: VARCHAR = *
-- speaker: VARCHAR = *
-- outlet: VARCHAR = *
-- kind: QUOTE_KIND = *
-- month: MONTH = *
-- limit: INTEGER = 25
-- offset: INTEGER = 0
-- with: found
SELECT
    a.published_date, coalesce(e.name, q.speaker_name) AS speaker, q.kind, q.text AS quote, q.speaker_role, a.outlet, a.title,
    q.quote_id, q.article_id, q.speaker_entity_id
FROM (
    SELECT quote_id, score, article_id, start_char
    FROM found
    ORDER BY score DESC NULLS LAST, published_date DESC NULLS LAST, article_id, start_char
    LIMIT $limit::INTEGER OFFSET $offset::INTEGER
) f
JOIN quotes q USING (quote_id)
JOIN articles a ON a.article_id = q.article_id
LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
ORDER BY f.score DESC NULLS LAST, a.published_date DESC NULLS LAST, q.article_id, q.start_char
