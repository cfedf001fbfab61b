-- Who are the people whom an article names by one word? Rows of `by_person`: the key, by which rule, because of what.
CREATE OR REPLACE TEMP TABLE shorts AS
SELECT p.article_id, p.local_id, p.name, n.folded AS word, p.day
FROM people p
JOIN kept.names n USING (local_id)
LEFT JOIN kept.joined j ON j.key = n.key
WHERE NOT contains(n.folded, ' ') AND j.rule IS NULL
    AND (p.local_id IN (FROM asked_names) OR p.article_id IN (FROM changed));

-- A public name stands alone or beside a fitting office.
INSERT INTO by_person
SELECT s.article_id, s.local_id, k.key, 'public_name', s.name || ' is ' || k.name
FROM shorts s
JOIN public_words k USING (word)
LEFT JOIN held h USING (article_id, local_id)
GROUP BY s.article_id, s.local_id, s.name, k.key, k.name
HAVING count(h.office) = 0
    OR bool_or(len([role for role in k.roles if contains(' ' || h.office || ' ', ' ' || role || ' ')]) > 0);

CREATE OR REPLACE TEMP TABLE beside_shorts AS
SELECT s.*, h.office
FROM shorts s
ANTI JOIN by_person USING (article_id, local_id)
JOIN held h USING (article_id, local_id);

CREATE OR REPLACE TEMP TABLE questions AS
SELECT row_number() OVER () AS question, * FROM (SELECT DISTINCT word, office, day FROM beside_shorts);

-- Who holds the office under a full name with that word, and on which days?
CREATE OR REPLACE TEMP TABLE holders AS
WITH named AS (
    SELECT n.local_id, coalesce(j.root, n.key) AS root, unnest(list_distinct(string_split(folded, ' '))) AS word
    FROM kept.names n
    LEFT JOIN kept.joined j USING (key)
    WHERE type = 'PER' AND contains(folded, ' ')
),
asked AS (
    SELECT n.*, q.office FROM named n JOIN (SELECT DISTINCT word, office FROM questions) q USING (word)
)
SELECT DISTINCT a.word, a.office, a.root, p.name, p.day
FROM held h
JOIN asked a ON a.local_id = h.local_id AND a.office = h.office
JOIN people p ON p.article_id = h.article_id AND p.local_id = h.local_id;

-- Thirty days before or after lie in the same 31 days or in those beside them. Who has no day is near every day.
CREATE OR REPLACE TEMP TABLE answers AS
WITH near AS (
    SELECT question, root, name
    FROM (SELECT *, unnest([day // 31 - 1, day // 31, day // 31 + 1]) AS month FROM questions) q
    JOIN holders h ON h.word = q.word AND h.office = q.office AND h.day // 31 = q.month AND abs(h.day - q.day) <= 30
    UNION ALL
    SELECT question, root, name FROM questions q JOIN holders h USING (word, office) WHERE q.day IS NULL
    UNION ALL
    SELECT question, root, name FROM questions q JOIN holders h USING (word, office) WHERE h.day IS NULL
)
SELECT
    q.word, q.office, q.day, min(root) AS root, min(name) AS name,
    CASE WHEN min(root) = max(root) THEN 1 WHEN min(root) IS NULL THEN 0 ELSE 2 END AS found
FROM questions q
LEFT JOIN near USING (question)
GROUP BY ALL;

-- The first office that one person held decides, or one of several words that nobody did.
INSERT INTO by_person
SELECT article_id, local_id, d.key, d.rule, d.because
FROM (
    SELECT article_id, local_id, arg_min(CASE WHEN found = 1 THEN struct_pack(
        key := a.root, rule := 'office', because := format('{}, {}: {} within 30 days', s.name, s.office, a.name)
    ) ELSE struct_pack(
        key := stable_id(['person', s.word, s.office]), rule := 'name_and_office', because := s.name || ', ' || s.office
    ) END, s.office) AS d
    FROM beside_shorts s
    JOIN answers a ON a.word = s.word AND a.office = s.office AND a.day IS NOT DISTINCT FROM s.day
    WHERE found = 1 OR (found = 0 AND contains(s.office, ' '))
    GROUP BY article_id, local_id
);

INSERT INTO by_person
SELECT article_id, local_id, stable_id([local_id, article_id]), 'bare_name', 'one word, nothing says whose'
FROM shorts
ANTI JOIN by_person USING (article_id, local_id);
