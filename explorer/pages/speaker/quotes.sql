-- What does this speaker say (with these words, about this entity), the newest first?
-- speaker: VARCHAR
-- words: VARCHAR = *
-- about: VARCHAR = *
-- month: VARCHAR = *
-- limit: INTEGER = 25
-- offset: INTEGER = 0
-- with: said
SELECT published_date, kind, text AS quote, speaker_role, outlet, title, quote_id, article_id
FROM said
WHERE ($words = '*' OR doc IN (SELECT doc FROM search('quote', $words) WHERE all_words))
    AND ($about = '*' OR EXISTS (
        SELECT 1 FROM entity_mentions m
        WHERE m.entity_id = $about AND m.article_id = said.article_id AND m.start_char < said.end_char AND m.end_char > said.start_char
    ))
    AND ($month = '*' OR strftime(published_date, '%Y-%m') = $month)
ORDER BY published_date DESC NULLS LAST, article_id, start_char
LIMIT $limit::INTEGER OFFSET $offset::INTEGER
