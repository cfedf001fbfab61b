-- Adds the articles `touched_now` and what their published rows tell of to what is touched.
INSERT INTO touched_articles SELECT article_id FROM touched_now EXCEPT FROM touched_articles;

INSERT INTO touched_names
SELECT entity_id FROM article_entities SEMI JOIN touched_now USING (article_id)
UNION
SELECT coalesce(speaker_entity_id, speaker_name) FROM quotes SEMI JOIN touched_now USING (article_id)
UNION
SELECT coalesce(place_entity_id, place_name) FROM events SEMI JOIN touched_now USING (article_id)
UNION
SELECT coalesce(entity_id, name) FROM event_participants SEMI JOIN touched_now USING (article_id)
EXCEPT FROM touched_names;

INSERT INTO touched_pairs
SELECT coalesce(a.entity_id, a.name), coalesce(t.entity_id, t.name)
FROM event_participants a
SEMI JOIN touched_now USING (article_id)
JOIN event_participants t USING (event_id)
WHERE a.role = 'actor' AND t.role = 'target'
EXCEPT FROM touched_pairs;

INSERT INTO touched_stories
SELECT coalesce(cluster_id, event_id) FROM events SEMI JOIN touched_now USING (article_id)
EXCEPT FROM touched_stories;
