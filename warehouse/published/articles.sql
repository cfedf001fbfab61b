-- Articles with the earlier one that they nearly repeat, and what of them is the latest version.
SELECT a.* REPLACE (
    coalesce(n.near_duplicate_of, v.version_of) AS near_duplicate_of, v.version_of AS version_of, v.is_latest AS is_latest,
    v.part_of AS part_of, v.first_seen_at AS first_seen_at, v.last_seen_at AS last_seen_at
)
FROM fresh.articles a
JOIN versions v USING (article_id)
LEFT JOIN near_duplicates n USING (article_id)
-- In the order in which they were loaded: joined rows come in any order, by chance and by the number of cores.
ORDER BY a.loaded_row
