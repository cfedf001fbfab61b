-- One row per article that nearly repeats an earlier one.
-- Articles that agree in a band of eight of their 128 hash values are compared: 0.7 of all must agree.
CREATE OR REPLACE TEMP TABLE near_duplicates AS
WITH bands AS (
    SELECT article_id, band, hash(signature[band * 8 + 1:band * 8 + 8]) AS value
    FROM loaded.minhashes, range(16) bands(band)
),
-- Every member of a band is compared with its earliest one, so that a text told a thousand times costs a thousand steps.
dated AS (
    SELECT
        b.article_id, b.band, b.value, coalesce(epoch(a.published_at), epoch(a.published_date), 1e12) AS published,
        v.version_of IS NOT NULL AS is_later
    FROM bands b
    JOIN loaded.articles a USING (article_id)
    JOIN versions v USING (article_id)
    WHERE v.part_of IS NULL
),
pairs AS (
    SELECT DISTINCT
        article_id,
        first_value(article_id) OVER (PARTITION BY band, value ORDER BY published, is_later, article_id) AS earlier
    FROM dated
),
alike AS (
    SELECT
        p.article_id, p.earlier,
        len(list_filter(list_zip(s.signature, e.signature), lambda z: z[1] = z[2])) / 128 AS share
    FROM pairs p
    JOIN loaded.minhashes s ON s.article_id = p.article_id
    JOIN loaded.minhashes e ON e.article_id = p.earlier
    WHERE p.article_id <> p.earlier
)
SELECT article_id, arg_max(earlier, (share, earlier)) AS near_duplicate_of
FROM alike
WHERE share >= 0.7
GROUP BY article_id;
