-- One row per article of `asked_articles` that nearly repeats an earlier one.
-- Articles that agree in a band of eight of their 128 hash values are compared: 0.7 of all must agree.
CREATE OR REPLACE TEMP TABLE near_duplicates AS
WITH asked AS (
    SELECT b.article_id, b.value FROM loaded.bands b SEMI JOIN asked_articles USING (article_id)
),
-- Every member of a band is compared with its earliest one, so that a text told a thousand times costs a thousand steps.
earliest AS (
    SELECT
        b.value,
        arg_min(
            b.article_id,
            (coalesce(epoch(a.published_at), epoch(a.published_date), 1e12), v.version_of IS NOT NULL, b.article_id)
        ) AS article_id
    FROM loaded.bands b
    SEMI JOIN asked USING (value)
    JOIN loaded.articles a USING (article_id)
    JOIN versions v USING (article_id)
    WHERE v.part_of IS NULL
    GROUP BY b.value
),
pairs AS (
    SELECT DISTINCT a.article_id, e.article_id AS earlier
    FROM asked a
    JOIN earliest e USING (value)
    JOIN versions v ON v.article_id = a.article_id
    WHERE v.part_of IS NULL AND a.article_id <> e.article_id
),
alike AS (
    SELECT
        p.article_id, p.earlier,
        len(list_filter(list_zip(s.signature, e.signature), lambda z: z[1] = z[2])) / 128 AS share
    FROM pairs p
    JOIN loaded.minhashes s ON s.article_id = p.article_id
    JOIN loaded.minhashes e ON e.article_id = p.earlier
)
SELECT article_id, arg_max(earlier, (share, earlier)) AS near_duplicate_of
FROM alike
WHERE share >= 0.7
GROUP BY article_id;
