-- One row per actor, target and event type: who does what to whom, how often?
WITH named AS (
    SELECT p.event_id, p.role, p.entity_id, coalesce(e.name, p.name) AS name
    FROM event_participants p
    LEFT JOIN entities e USING (entity_id)
)
SELECT
    actor.name AS actor, target.name AS target, actor.entity_id AS actor_entity_id, target.entity_id AS target_entity_id,
    v.type, v.plover_type, v.cameo_root,
    -- A story that many articles tell is one event.
    count(DISTINCT coalesce(v.cluster_id, v.event_id)) AS events,
    count(DISTINCT v.article_id) AS articles,
    min(coalesce(v.date_start, a.published_date)) AS first_day,
    max(coalesce(v.date_start, a.published_date)) AS last_day
FROM events v
JOIN articles a USING (article_id)
JOIN named actor ON actor.event_id = v.event_id AND actor.role = 'actor'
JOIN named target ON target.event_id = v.event_id AND target.role = 'target'
WHERE v.status <> 'denied'
GROUP BY ALL
ORDER BY events DESC, actor, target, v.type
