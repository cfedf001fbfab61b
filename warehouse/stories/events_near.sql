-- The events whose stories can be others now: of the types and days of `touched_now`'s events, as they were published and
-- as they are, and what was one story with these. All, where other things are in the news all the time than before.
CREATE OR REPLACE TEMP TABLE asked_events AS
WITH touched AS (
    SELECT type, day FROM dated_events SEMI JOIN touched_now USING (article_id)
    UNION
    SELECT type, coalesce(v.date_start, a.published_date) AS day
    FROM events v
    SEMI JOIN touched_now USING (article_id)
    JOIN articles a USING (article_id)
),
days AS (
    SELECT DISTINCT type, day + near AS day FROM touched, unnest([-1, 0, 1]) nears(near)
),
near AS (
    SELECT event_id FROM dated_events SEMI JOIN days USING (type, day)
),
told_with AS (
    SELECT event_id FROM events WHERE cluster_id IN (SELECT cluster_id FROM events SEMI JOIN near USING (event_id))
)
FROM dated_events
WHERE event_id IN (FROM near) OR event_id IN (FROM told_with)
    OR EXISTS (FROM common_entities EXCEPT FROM kept.common_entities)
    OR EXISTS (FROM kept.common_entities EXCEPT FROM common_entities)
