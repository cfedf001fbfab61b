-- Of which text is this a version, a copy, a page?
SELECT article_id, is_latest, version_of, near_duplicate_of, part_of, first_seen_at, last_seen_at
FROM articles WHERE article_id IN (SELECT article_id FROM asked)
