-- One row per event: what happened when and where, who did it to whom?
-- Of a sentence the first 2,000 characters: a page without full stops is a single one, and would stand here for each event.
SELECT
    v.event_id, v.article_id, v.cluster_id,
    coalesce(v.date_start, a.published_date) AS day, v.date_start IS NULL AS day_is_publication,
    v.date_start, v.date_end, a.published_date,
    v.type, v.plover_type, v.cameo_root, v.status, v.trigger,
    p.actors, p.targets, v.place_entity_id, coalesce(e.name, v.place_name) AS place, v.in_quote, v.confidence,
    substring(a.text, s.start_char + 1, least(s.end_char - s.start_char, 2000)) AS sentence,
    a.outlet, a.title, a.url
FROM events v
JOIN articles a USING (article_id)
JOIN sentences s USING (sentence_id)
LEFT JOIN entities e ON e.entity_id = v.place_entity_id
LEFT JOIN (
    SELECT
        event_id,
        list(coalesce(e.name, p.name) ORDER BY ordinal) FILTER (role = 'actor') AS actors,
        list(coalesce(e.name, p.name) ORDER BY ordinal) FILTER (role = 'target') AS targets
    FROM event_participants p
    LEFT JOIN entities e USING (entity_id)
    GROUP BY event_id
) p USING (event_id)
ORDER BY day, v.article_id, v.trigger_start
