-- Which links can have changed beside those of the changed articles? Needs `touched`, `former_names`, `former_joined` and
-- `public_words`.

-- Names that now say another thing, by themselves or together with others.
CREATE OR REPLACE TEMP TABLE asked_names AS
WITH now AS (
    FROM kept.names SEMI JOIN touched USING (local_id)
),
differ AS (
    (SELECT * EXCLUDE articles FROM former_names EXCEPT SELECT * EXCLUDE articles FROM now)
    UNION ALL
    (SELECT * EXCLUDE articles FROM now EXCEPT SELECT * EXCLUDE articles FROM former_names)
)
SELECT local_id FROM differ
UNION
SELECT local_id FROM kept.names WHERE key IN (SELECT key FROM former_joined);

-- Full names of people that changed articles give or gave, or that are another's now.
CREATE OR REPLACE TEMP TABLE asked_people AS
WITH given AS (
    FROM kept.names WHERE local_id IN (FROM touched) OR local_id IN (FROM asked_names)
    UNION ALL
    FROM former_names
)
SELECT DISTINCT local_id, key, folded FROM given WHERE type = 'PER' AND contains(folded, ' ');

-- Names of one word that may mean one of them.
INSERT INTO asked_names
SELECT local_id
FROM kept.names
WHERE type = 'PER' AND NOT contains(folded, ' ') AND (
    folded IN (SELECT unnest(string_split(folded, ' ')) FROM asked_people)
    OR folded IN (SELECT word FROM public_words WHERE key IN (SELECT key FROM former_joined))
);

-- What their names stand for, and stood for before: it may be several people now, or no longer.
CREATE OR REPLACE TEMP TABLE asked_roots AS
SELECT coalesce(j.root, p.key) AS root FROM asked_people p LEFT JOIN kept.joined j USING (key)
UNION
SELECT coalesce(f.root, p.key) FROM asked_people p LEFT JOIN former_joined f USING (key)
UNION
SELECT coalesce(j.root, n.key) FROM kept.names n LEFT JOIN kept.joined j USING (key) WHERE EXISTS (FROM crossed);

-- Whose articles decide about them?
CREATE OR REPLACE TEMP TABLE wanted AS
WITH names AS (
    SELECT local_id, folded, coalesce(j.root, n.key) AS root
    FROM kept.names n
    LEFT JOIN kept.joined j USING (key)
    WHERE type = 'PER'
),
shorts AS (
    FROM names
    WHERE NOT contains(folded, ' ') AND (local_id IN (FROM touched) OR local_id IN (FROM asked_names))
),
words AS (
    SELECT local_id, unnest(string_split(folded, ' ')) AS word FROM names WHERE contains(folded, ' ')
)
SELECT local_id FROM shorts
UNION
SELECT local_id FROM words WHERE word IN (SELECT folded FROM shorts)
UNION
SELECT local_id FROM names WHERE contains(folded, ' ') AND root IN (FROM asked_roots);
