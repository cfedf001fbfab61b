-- How many events of each type are there a month?
SELECT date_trunc('month', day)::DATE AS month, type, count(*) AS events, sum(articles)::BIGINT AS articles
FROM mart_stories
GROUP BY ALL
ORDER BY month, events DESC, type
