-- One row per actor, target and event type: who does what to whom, how often?
-- Kept as a table: it pairs all participants.
SELECT
    actor.name AS actor, target.name AS target, v.type, v.plover_type, v.cameo_root,
    count(*) AS events,
    count(DISTINCT v.article_id) AS articles,
    min(coalesce(v.date_start, a.published_date)) AS first_day,
    max(coalesce(v.date_start, a.published_date)) AS last_day
FROM events v
JOIN articles a USING (article_id)
JOIN event_participants actor ON actor.event_id = v.event_id AND actor.role = 'actor'
JOIN event_participants target ON target.event_id = v.event_id AND target.role = 'target'
WHERE v.status <> 'denied'
GROUP BY ALL
