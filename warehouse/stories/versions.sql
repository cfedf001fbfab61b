-- One row per loaded article: of which one is it a version, is it the latest, of which is it a page?
-- Needs the macro and the table of `loaded` alone.
CREATE OR REPLACE TEMP TABLE versions AS
WITH whole AS (
    SELECT article_id, unnest(pages) AS page_id FROM loaded.articles WHERE pages IS NOT NULL
),
-- An address under which more than ten headlines stand is that of a list.
listed AS (
    SELECT address FROM loaded.publications GROUP BY address HAVING count(DISTINCT lower(title)) > 10
),
told AS (
    SELECT
        p.article_id, p.address, p.page, a.word_count,
        -- What a document says of itself comes before the time of its file, which copying changes.
        (coalesce(epoch(p.as_of), epoch(p.published_at), epoch(p.published_date), -1e12),
            coalesce(epoch(p.saved_at), -1e12), a.source_uri, p.position, p.article_id) AS age
    FROM loaded.publications p
    JOIN loaded.articles a USING (article_id)
    ANTI JOIN listed USING (address)
    WHERE p.address IS NOT NULL
),
-- A text that was withdrawn or emptied leaves the one before it in its place.
fit AS (
    SELECT * FROM told QUALIFY word_count * 5 >= max(word_count) OVER (PARTITION BY address, page)
),
latest AS (
    SELECT DISTINCT arg_max(article_id, age) AS article_id FROM fit GROUP BY address, page
),
first_of AS (
    SELECT address, page, arg_min(article_id, age) AS article_id FROM told GROUP BY address, page
),
tied AS (
    SELECT t.article_id, min_by(f.article_id, t.age) AS version_of
    FROM told t
    JOIN first_of f USING (address, page)
    WHERE f.article_id <> t.article_id
    GROUP BY t.article_id
),
seen AS (
    SELECT article_id, min(seen_at) AS first_seen_at, max(seen_at) AS last_seen_at FROM loaded.publications GROUP BY article_id
),
part AS (
    SELECT page_id AS article_id, min(w.article_id) AS part_of FROM whole w JOIN loaded.articles a ON a.article_id = w.page_id GROUP BY page_id
),
-- Older versions of later pages.
paged AS (
    SELECT DISTINCT t.article_id
    FROM told t
    JOIN told w ON w.address = t.address AND w.page = 1 AND t.page > 1
    WHERE w.article_id IN (SELECT article_id FROM whole SEMI JOIN latest USING (article_id))
)
SELECT
    a.article_id, t.version_of, p.part_of, s.first_seen_at, s.last_seen_at,
    p.part_of IS NULL
        AND a.article_id NOT IN (FROM paged)
        AND (a.article_id IN (FROM latest) OR a.article_id NOT IN (SELECT article_id FROM told)) AS is_latest
FROM loaded.articles a
LEFT JOIN tied t USING (article_id)
LEFT JOIN part p USING (article_id)
LEFT JOIN seen s USING (article_id)
