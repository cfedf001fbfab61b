-- One row per sign that several of `asked_events` share: the events. By a sign, an event is known again in another
-- article: its type, a day and two names.
-- A story is told again within a day, so every event is put under its day and the next one.
WITH involved AS (
    SELECT event_id, entity_id FROM event_participants SEMI JOIN asked_events USING (event_id) WHERE entity_id IS NOT NULL
    UNION
    SELECT v.event_id, l.entity_id
    FROM asked_events v
    JOIN entity_links l ON l.article_id = v.article_id AND l.local_id = v.place_entity_id
    WHERE l.entity_id IS NOT NULL
),
beside AS (
    SELECT DISTINCT v.event_id, m.entity_id
    FROM asked_events v
    JOIN entity_mentions m USING (sentence_id)
    WHERE m.form = 'name' AND m.type IN ('PER', 'ORG', 'FAC', 'GPE', 'LOC') AND m.entity_id NOT IN (FROM common_entities)
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
JOIN asked_events v USING (event_id), unnest([v.day, v.day + 1]) days(told_on)
GROUP BY hash(v.type, told_on, one, other)
HAVING count(DISTINCT event_id) > 1
