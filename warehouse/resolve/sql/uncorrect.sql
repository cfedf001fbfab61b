-- Links as they are without corrections.
CREATE OR REPLACE TEMP TABLE were_corrected AS FROM entity_links WHERE rule = 'correction';

UPDATE entity_links l
SET entity_id = u.entity_id, rule = u.rule, because = u.because
FROM kept.uncorrected u
WHERE u.article_id = l.article_id AND u.local_id = l.local_id;

DELETE FROM kept.uncorrected;
