-- What says of the asked pairs that they are one? The offices that both held, else how many other names the articles of
-- both have in common, if two at least; null where nothing does.
CREATE OR REPLACE TEMP TABLE bearers AS
SELECT local_id, key
FROM kept.names
WHERE type = 'PER' AND contains(folded, ' ')
    AND key IN (SELECT shorter FROM asked_pairs UNION SELECT longer FROM asked_pairs);

INSERT INTO kept.signs
WITH offices AS (
    SELECT DISTINCT key, office FROM held JOIN bearers USING (local_id)
)
SELECT shorter, longer, string_agg(s.office, ', ' ORDER BY s.office)
FROM asked_pairs
JOIN offices s ON s.key = shorter
JOIN offices l ON l.key = longer AND l.office = s.office
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE open_pairs AS FROM asked_pairs ANTI JOIN kept.signs USING (shorter, longer);

CREATE OR REPLACE TEMP TABLE open_bearers AS
FROM bearers WHERE key IN (SELECT shorter FROM open_pairs UNION SELECT longer FROM open_pairs);

INSERT INTO kept.signs
WITH beside AS (
    SELECT DISTINCT key, c.entity_id
    FROM people p
    JOIN open_bearers b USING (local_id)
    JOIN company c ON c.article_id = p.article_id AND c.entity_id <> p.local_id
),
shared AS (
    SELECT shorter, longer, count(*) AS names
    FROM open_pairs
    JOIN beside s ON s.key = shorter
    JOIN beside l ON l.key = longer AND l.entity_id = s.entity_id
    GROUP BY ALL
)
SELECT shorter, longer, CASE WHEN names >= 2 THEN names || ' other names in common' END
FROM open_pairs
LEFT JOIN shared USING (shorter, longer);
