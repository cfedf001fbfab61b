-- What are the strongest quotes of those who were heard most? In marks before reported, sure before unsure, long before short.
-- since: DATE
-- until: DATE
-- limit: INTEGER = 8
-- each: INTEGER = 3
WITH loudest AS (
    SELECT speaker_entity_id
    FROM mart_speakers_daily
    WHERE published_date BETWEEN $since::DATE AND $until::DATE AND speaker_entity_id IS NOT NULL
    GROUP BY speaker_entity_id, speaker
    ORDER BY sum(quotes) DESC, speaker
    LIMIT $limit::INTEGER
)
SELECT speaker_entity_id, text AS quote, kind, speaker_role, published_date, outlet, title, url
FROM (
    SELECT q.*, a.published_date, a.outlet, a.title, a.url
    FROM quotes q
    JOIN articles a USING (article_id)
    WHERE q.speaker_entity_id IN (FROM loudest) AND a.published_date BETWEEN $since::DATE AND $until::DATE
        AND length(q.text) BETWEEN 40 AND 300
    -- Words that several articles print are one quote.
    QUALIFY row_number() OVER (PARTITION BY speaker_entity_id, lower(q.text)[:40] ORDER BY a.published_date, quote_id) = 1
)
QUALIFY row_number() OVER (
    PARTITION BY speaker_entity_id ORDER BY kind = 'direct' DESC, round(confidence, 1) DESC, length(text) DESC, quote_id
) <= $each::INTEGER
ORDER BY speaker_entity_id, published_date, quote_id
