-- One row per place and event type: what happens where?
SELECT
    v.place_entity_id, coalesce(e.name, v.place_name) AS place,
    e.country_code, e.region_code, e.latitude, e.longitude, v.type,
    count(DISTINCT coalesce(v.cluster_id, v.event_id)) AS events,
    count(DISTINCT v.article_id) AS articles,
    min(coalesce(v.date_start, a.published_date)) AS first_day,
    max(coalesce(v.date_start, a.published_date)) AS last_day
FROM events v
JOIN articles a USING (article_id)
LEFT JOIN entities e ON e.entity_id = v.place_entity_id
WHERE v.place_name IS NOT NULL AND v.status <> 'denied'
GROUP BY ALL
ORDER BY events DESC, place, v.type
