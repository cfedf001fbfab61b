-- Pairs of `parts` of which it must be looked again what says that they are one, and the names that decide.
CREATE OR REPLACE TEMP TABLE asked_pairs AS
WITH again AS (
    SELECT key FROM kept.names SEMI JOIN touched USING (local_id) UNION SELECT key FROM former_names
)
SELECT DISTINCT shorter, longer
FROM parts
WHERE shorter <> longer AND (
    shorter IN (FROM again) OR longer IN (FROM again) OR (shorter, longer) NOT IN (SELECT (shorter, longer) FROM kept.signs)
);

DELETE FROM kept.signs
WHERE (shorter, longer) IN (SELECT (shorter, longer) FROM asked_pairs)
    OR (shorter, longer) NOT IN (SELECT (shorter, longer) FROM parts);

CREATE OR REPLACE TEMP TABLE wanted AS
SELECT local_id
FROM kept.names
WHERE type = 'PER' AND contains(folded, ' ')
    AND key IN (SELECT shorter FROM asked_pairs UNION SELECT longer FROM asked_pairs);
