-- One row per full name of a person that stands in one longer full name, and in no other.
CREATE OR REPLACE TEMP TABLE parts AS
WITH people AS (
    SELECT local_id, key, name, form, string_split(form, ' ') AS words
    FROM kept.names
    WHERE local_id IN (
        SELECT min(local_id) FROM kept.names WHERE type = 'PER' AND matched AND contains(folded, ' ') GROUP BY folded
    )
),
pairs AS (
    SELECT
        key, name, form,
        unnest(list_distinct([words[i] || ' ' || words[i + 1] for i in range(1, len(words))])) AS pair
    FROM people
)
SELECT
    p.local_id, any_value(p.key) AS shorter, any_value(p.name) AS name, any_value(o.key) AS longer, any_value(o.name) AS longer_name
FROM people p
JOIN pairs o ON o.pair = p.words[1] || ' ' || p.words[2]
WHERE o.form <> p.form AND contains(' ' || o.form || ' ', ' ' || p.form || ' ')
GROUP BY p.local_id
HAVING count(*) = 1;
