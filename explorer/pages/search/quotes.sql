-- Which quotes are these, the best first, else the newest?
-- words: VARCHAR = *
-- speaker: VARCHAR = *
-- outlet: VARCHAR = *
-- kind: VARCHAR = *
-- month: VARCHAR = *
-- limit: INTEGER = 25
-- offset: INTEGER = 0
-- with: found
SELECT published_date, speaker, kind, text AS quote, speaker_role, outlet, title, quote_id, article_id, speaker_entity_id
FROM found
ORDER BY score DESC, published_date DESC NULLS LAST, article_id, start_char
LIMIT $limit::INTEGER OFFSET $offset::INTEGER
