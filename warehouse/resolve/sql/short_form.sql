-- One row per short name that is what the articles that spell it out say, where they agree (`KPK`).
-- One article is enough where the short form is made of initials. For people, whose initials and pet names are shared by
-- many, two articles must say so, and no full name may hold the short one as a word.
WITH meanings AS (
    SELECT
        s.type, s.folded, coalesce(j.root, n.key) AS meaning, sum(s.articles)::BIGINT AS articles,
        min(s.name) AS spelled, arg_min(s.initials, s.name) AS initials
    FROM kept.short_forms s
    JOIN kept.names n USING (local_id)
    LEFT JOIN joined j ON j.key = n.key
    GROUP BY ALL
),
most AS (
    SELECT
        type, folded, unnest(arg_min(struct_pack(meaning, articles, spelled, initials), (-articles, meaning))),
        sum(articles)::BIGINT AS total
    FROM meanings
    GROUP BY type, folded
),
own AS (
    SELECT type, folded, arg_min(key, local_id) AS key, arg_min(name, local_id) AS name
    FROM kept.names
    SEMI JOIN most USING (type, folded)
    WHERE matched
    GROUP BY ALL
),
words AS (
    SELECT DISTINCT unnest(string_split(folded, ' ')) AS word
    FROM kept.names
    WHERE type = 'PER' AND matched AND contains(folded, ' ')
)
SELECT
    o.key, m.meaning,
    format('{} is {} in {} of {} articles that spell it out', o.name, m.spelled, m.articles, m.total)
FROM most m
JOIN own o USING (type, folded)
WHERE CASE WHEN m.type = 'PER' THEN m.articles >= 2 AND m.folded NOT IN (FROM words) ELSE m.articles >= 2 OR m.initials END
    AND m.articles >= 0.8::DOUBLE * m.total
    AND o.key <> m.meaning
ORDER BY o.key, m.meaning, m.type, m.folded
