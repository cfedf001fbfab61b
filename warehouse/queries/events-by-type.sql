-- How many events of each type are there a month?
SELECT date_trunc('month', day)::DATE AS month, type, status, count(*) AS events
FROM mart_event_timeline
WHERE NOT in_quote
GROUP BY ALL
ORDER BY month, events DESC, type, status
