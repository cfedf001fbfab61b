-- Full names of `asked_roots` that may be several people's, and what holds their articles together.

CREATE OR REPLACE TEMP TABLE full_names AS
SELECT local_id, coalesce(j.root, n.key) AS root
FROM kept.names n
LEFT JOIN kept.joined j USING (key)
WHERE type = 'PER' AND contains(folded, ' ')
    AND coalesce(j.root, n.key) IN (FROM asked_roots ANTI JOIN public_names p ON p.entity_id = root);

-- One row per person and article that gives an office: the first one, and how many there are.
CREATE OR REPLACE TEMP TABLE office_holders AS
SELECT root, article_id, local_id, min(office) AS office, count(*) AS offices
FROM held
JOIN full_names USING (local_id)
GROUP BY ALL;

-- There is no word that all offices share: else it is one person.
CREATE OR REPLACE TEMP TABLE ambiguous AS
WITH sets AS (
    SELECT root, [office] AS offices FROM office_holders WHERE offices = 1
    UNION
    SELECT root, list(h.office ORDER BY h.office)
    FROM office_holders o
    JOIN held h USING (article_id, local_id)
    WHERE o.offices > 1
    GROUP BY root, article_id, local_id
),
words AS (
    SELECT root, offices, unnest(list_distinct(string_split(array_to_string(offices, ' '), ' '))) AS word FROM sets
),
shared AS (
    SELECT root, count(*) AS sets FROM words GROUP BY root, word
)
SELECT root
FROM (SELECT root, max(sets) AS sets FROM shared GROUP BY root)
JOIN (SELECT root, count(*) AS all_sets FROM sets GROUP BY root) USING (root)
WHERE sets < all_sets;

-- One row per person and article. `node`: the first office, all whose articles are of one person; else the article.
CREATE OR REPLACE TEMP TABLE bearers AS
SELECT f.root, p.article_id, p.local_id, coalesce(o.office, '/' || p.article_id) AS node
FROM people p
JOIN full_names f USING (local_id)
SEMI JOIN ambiguous a ON a.root = f.root
LEFT JOIN office_holders o USING (article_id, local_id);

CREATE OR REPLACE TEMP TABLE nodes AS
SELECT root, node, count(*) AS articles, min(article_id) AS first FROM bearers GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE sizes AS
SELECT root, arg_max(node, articles) AS usual, sum(articles) AS articles FROM nodes GROUP BY root;

-- Names that may stand beside two nodes: one of these is not the usual one.
CREATE OR REPLACE TEMP TABLE unusual AS
SELECT b.root, b.article_id, b.local_id FROM bearers b JOIN sizes s ON s.root = b.root AND s.usual <> b.node;

CREATE OR REPLACE TEMP TABLE looked_at AS
SELECT DISTINCT u.root, c.entity_id
FROM unusual u
JOIN company c ON c.article_id = u.article_id AND c.entity_id <> u.local_id;

CREATE OR REPLACE TEMP TABLE beside AS
SELECT b.root, c.entity_id, b.node, count(*) AS articles
FROM bearers b
JOIN company c ON c.article_id = b.article_id AND c.entity_id <> b.local_id
SEMI JOIN looked_at l ON l.root = b.root AND l.entity_id = c.entity_id
GROUP BY ALL;

-- Two nodes with one name beside them, unless it stands beside more than half of many: that is no sign of who is meant.
CREATE OR REPLACE TEMP TABLE ties AS
WITH signs AS (
    SELECT root, entity_id, min(node) AS first
    FROM beside b
    JOIN sizes s USING (root)
    GROUP BY root, entity_id
    HAVING count(*) > 1 AND (any_value(s.articles) < 20 OR sum(b.articles) <= 0.5 * any_value(s.articles))
)
SELECT DISTINCT root, node, first AS tied_to FROM beside JOIN signs USING (root, entity_id) WHERE node <> first;

-- Offices of one person in one article, and people of one article who are one.
INSERT INTO ties
SELECT DISTINCT b.root, h.office, b.node
FROM bearers b
JOIN held h USING (article_id, local_id)
WHERE h.office <> b.node
UNION
SELECT root, node, first
FROM bearers
JOIN (SELECT root, article_id, min(node) AS first FROM bearers GROUP BY ALL HAVING count(*) > 1) USING (root, article_id)
WHERE node <> first;
