-- On which days did it happen?
-- since: DATE
-- until: DATE
SELECT day, count(*) AS events
FROM mart_stories
WHERE day BETWEEN $since::DATE AND $until::DATE
GROUP BY day
ORDER BY day
