-- One row per sign that several events share: the events. By a sign, an event is known again in another article: its type,
-- a day and two names.
-- A story is told again within a day, so every event is put under its day and the next one.
WITH common AS (
    SELECT entity_id
    FROM entity_mentions
    GROUP BY entity_id
    HAVING count(DISTINCT article_id) > greatest(20, (SELECT count(*) FROM current.articles) / 50)
),
involved AS (
    SELECT event_id, entity_id FROM event_participants WHERE entity_id IS NOT NULL
    UNION
    SELECT event_id, l.entity_id
    FROM current.events v
    JOIN entity_links l ON l.article_id = v.article_id AND l.local_id = v.place_entity_id
    WHERE l.entity_id IS NOT NULL
),
beside AS (
    SELECT DISTINCT v.event_id, m.entity_id
    FROM current.events v
    JOIN entity_mentions m USING (sentence_id)
    WHERE m.form = 'name' AND m.type IN ('PER', 'ORG', 'FAC', 'GPE', 'LOC') AND m.entity_id NOT IN (FROM common)
),
-- At least one of the two takes part in the event or is its place, at least one is not in the news all the time.
signs AS (
    SELECT DISTINCT
        i.event_id, least(i.entity_id, b.entity_id) AS one, greatest(i.entity_id, b.entity_id) AS other
    FROM involved i
    JOIN beside b ON b.event_id = i.event_id AND b.entity_id <> i.entity_id
)
SELECT list(DISTINCT event_id ORDER BY event_id) AS events
FROM signs
JOIN current.events v USING (event_id)
JOIN current.articles a USING (article_id),
unnest([coalesce(v.date_start, a.published_date), coalesce(v.date_start, a.published_date) + 1]) days(day)
WHERE NOT v.in_quote AND day IS NOT NULL
GROUP BY hash(v.type, day, one, other)
HAVING count(DISTINCT event_id) > 1
