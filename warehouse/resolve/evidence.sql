-- What the rules look at, gathered once, of articles as they are now.

-- One row per distinct name: its most frequent spelling and the articles that use it.
CREATE OR REPLACE TEMP TABLE full_names AS
SELECT local_id, min(type) AS type, arg_min(name, (-n, name)) AS name, sum(n)::BIGINT AS articles
FROM (SELECT entity_id AS local_id, type, name, count(*) AS n FROM current.article_entities GROUP BY ALL)
GROUP BY local_id
ORDER BY local_id;

-- One row per short form of one word that articles use beside a full name of two and more.
CREATE OR REPLACE TEMP TABLE short_forms AS
SELECT local_id, type, name, short, count(DISTINCT article_id) AS articles
FROM (
    SELECT entity_id AS local_id, article_id, type, name, unnest(aliases) AS short
    FROM current.article_entities
    WHERE contains(name, ' ') AND len(aliases) > 1
)
WHERE NOT contains(short, ' ') AND len(short) > 1
    AND NOT list_contains(string_split(lower(name), ' '), lower(short))
GROUP BY ALL
ORDER BY ALL;

-- One row per person and article, with the words that stand beside the name.
CREATE OR REPLACE TEMP TABLE people AS
SELECT
    e.article_id, e.entity_id AS local_id, e.name,
    date_diff('day', DATE '0001-01-01', a.published_date) AS day,
    coalesce(r.roles, []) AS roles
FROM current.article_entities e
JOIN current.articles a USING (article_id)
LEFT JOIN (
    SELECT article_id, entity_id, list_sort(list(DISTINCT role)) AS roles
    FROM current.entity_mentions
    WHERE type = 'PER' AND role IS NOT NULL
    GROUP BY ALL
) r ON r.article_id = e.article_id AND r.entity_id = e.entity_id
WHERE e.type = 'PER'
ORDER BY e.article_id, e.entity_id;
