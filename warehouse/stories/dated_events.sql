-- Events that may be told again elsewhere, with their days.
CREATE OR REPLACE TEMP TABLE dated_events AS
SELECT
    v.event_id, v.article_id, v.sentence_id, v.type, v.place_entity_id, coalesce(v.date_start, a.published_date) AS day
FROM current.events v
JOIN current.articles a USING (article_id)
WHERE NOT v.in_quote AND coalesce(v.date_start, a.published_date) IS NOT NULL;

-- What is in the news all the time is no sign of a story.
CREATE OR REPLACE TEMP TABLE common_entities AS
SELECT entity_id
FROM article_entities
GROUP BY entity_id
HAVING count(*) > greatest(20, (SELECT count(*) FROM current.articles) / 50);
