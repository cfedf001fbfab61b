UPDATE events p SET cluster_id = a.cluster_id
FROM (SELECT event_id, c.cluster_id FROM asked_events LEFT JOIN event_clusters c USING (event_id)) a
WHERE a.event_id = p.event_id AND a.cluster_id IS DISTINCT FROM p.cluster_id;
