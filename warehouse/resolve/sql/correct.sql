-- The links of `corrected_links` take the place of what is kept as uncorrected.
INSERT INTO kept.uncorrected
SELECT l.article_id, l.local_id, l.entity_id, l.rule, l.because
FROM entity_links l
SEMI JOIN corrected_links USING (article_id, local_id);

UPDATE entity_links l
SET entity_id = c.entity_id, rule = c.rule, because = c.because
FROM corrected_links c
WHERE c.article_id = l.article_id AND c.local_id = l.local_id;
