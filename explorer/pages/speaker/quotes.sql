-- What does this speaker say (with these words, about this entity), the newest first?
-- speaker: VARCHAR
-- words: VARCHAR = *
-- about: VARCHAR = *
-- month: MONTH = *
-- limit: INTEGER = 25
-- offset: INTEGER = 0
-- with: said
, about AS (
    SELECT q.rowid AS doc
    FROM quotes q
    JOIN entity_mentions m ON m.article_id = q.article_id AND m.start_char < q.end_char AND m.end_char > q.start_char
    WHERE m.entity_id = $about AND q.speaker_entity_id = $speaker
)
SELECT a.published_date, q.kind, q.text AS quote, q.speaker_role, a.outlet, a.title, q.quote_id, q.article_id
FROM (
    SELECT doc
    FROM said
    WHERE ($words = '*' OR doc IN (SELECT doc FROM search('quote', $words) WHERE all_words))
        AND ($about = '*' OR doc IN (FROM about)) AND ($month = '*' OR month = $month)
    ORDER BY published_date DESC NULLS LAST, doc
    LIMIT $limit::INTEGER OFFSET $offset::INTEGER
) f
JOIN quotes q ON q.rowid = f.doc
JOIN articles a USING (article_id)
ORDER BY a.published_date DESC NULLS LAST, f.doc
