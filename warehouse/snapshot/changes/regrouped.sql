-- Articles with events that belong to another story now.
CREATE TEMP TABLE regrouped AS
SELECT DISTINCT a.article_id
FROM asked_events a
JOIN events p USING (event_id)
LEFT JOIN event_clusters c USING (event_id)
WHERE p.cluster_id IS DISTINCT FROM c.cluster_id;
