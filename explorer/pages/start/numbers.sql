-- What is in the warehouse, and what did its last day bring?
WITH last_day AS (SELECT max(published_date) AS day FROM articles)
SELECT
    day,
    (SELECT count(*) FROM articles a WHERE a.is_latest AND a.published_date = day) AS articles_of_day,
    (SELECT count(*) FROM articles WHERE is_latest) AS articles,
    (SELECT count(*) FROM quotes) AS quotes,
    (SELECT count(*) FROM mart_speakers WHERE speaker_entity_id IS NOT NULL) AS speakers,
    (SELECT count(*) FROM events) AS events,
    (SELECT max(finished_at) FROM runs) AS last_run
FROM last_day
