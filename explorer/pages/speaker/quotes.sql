-- What does this speaker say (with these words, about this entity), the newest first?
-- speaker: VARCHAR
-- words: VARCHAR = *
-- about: VARCHAR = *
-- month: MONTH = *
-- limit: INTEGER = 25
-- offset: INTEGER = 0
-- with: said
, about AS (
    SELECT q.quote_id
    FROM quotes q
    JOIN entity_mentions m ON m.article_id = q.article_id AND m.start_char < q.end_char AND m.end_char > q.start_char
    WHERE m.entity_id = $about AND q.speaker_entity_id = $speaker
)
SELECT a.published_date, q.kind, q.text AS quote, q.speaker_role, a.outlet, a.title, q.quote_id, q.article_id
FROM (
    SELECT quote_id
    FROM said
    WHERE ($words = '*' OR quote_id IN (SELECT id FROM search('quote', $words) WHERE all_words))
        AND ($about = '*' OR quote_id IN (FROM about)) AND ($month = '*' OR month = $month)
    ORDER BY published_date DESC NULLS LAST, article_id, start_char
    LIMIT $limit::INTEGER OFFSET $offset::INTEGER
) f
JOIN quotes q ON q.quote_id = f.quote_id
JOIN articles a USING (article_id)
ORDER BY a.published_date DESC NULLS LAST, q.article_id, q.start_char
