-- Articles that nearly repeat another one now than before are told anew.
INSERT INTO restated
SELECT article_id
FROM asked_articles
JOIN versions v USING (article_id)
JOIN articles p USING (article_id)
LEFT JOIN near_duplicates n USING (article_id)
WHERE coalesce(n.near_duplicate_of, v.version_of) IS DISTINCT FROM p.near_duplicate_of;
