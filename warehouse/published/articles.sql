-- Articles with the earlier one that they nearly repeat.
SELECT a.* REPLACE (n.near_duplicate_of AS near_duplicate_of)
FROM loaded.articles a
LEFT JOIN near_duplicates n USING (article_id)
-- In the order in which they were loaded: joined rows come in any order, by chance and by the number of cores.
ORDER BY a.rowid
