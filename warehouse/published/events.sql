-- Events with resolved places and the cluster (story) that they belong to.
SELECT v.* REPLACE (l.entity_id AS place_entity_id, s.cluster_id AS cluster_id)
FROM fresh.events v
LEFT JOIN entity_links l ON l.article_id = v.article_id AND l.local_id = v.place_entity_id
LEFT JOIN event_clusters s USING (event_id)
ORDER BY v.loaded_row
