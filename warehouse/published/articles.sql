-- Articles with the earlier one that they nearly repeat, and with the first page of an article in several.
WITH addresses AS (
    SELECT
        article_id, rowid AS place,
        -- `/judul?page=2`, `/judul?hal=2&utm=1`, `/judul/halaman/2`, `/judul/2`
        rtrim(regexp_replace(regexp_replace(url, '#.*$', ''),
            '([?&])(?:page|halaman|hal)=\d{1,3}(?:&|$)|/(?:(?:page|halaman|hal)/)?\d{1,2}/?$', '\1'), '?&/') AS address,
        coalesce(try_cast(regexp_extract(url,
            '(?:[?&](?:page|halaman|hal)=|/(?:(?:page|halaman|hal)/)?)(\d{1,3})(?:[&#]|/?$)', 1) AS INTEGER), 1) AS page
    FROM loaded.articles
    WHERE url IS NOT NULL
),
parts AS (
    SELECT a.article_id, f.article_id AS part_of
    FROM addresses a
    JOIN (SELECT address, arg_min(article_id, place) AS article_id FROM addresses WHERE page = 1 GROUP BY address) f USING (address)
    WHERE a.page > 1
)
SELECT a.* REPLACE (n.near_duplicate_of AS near_duplicate_of, p.part_of AS part_of)
FROM loaded.articles a
LEFT JOIN near_duplicates n USING (article_id)
LEFT JOIN parts p USING (article_id)
-- In the order in which they were loaded: joined rows come in any order, by chance and by the number of cores.
ORDER BY a.rowid
