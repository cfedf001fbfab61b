-- When did it happen? (the last three years)
-- type: EVENT_TYPE = *
-- status: EVENT_STATUS = *
-- month: MONTH = *
-- with: found
SELECT strftime(day, '%Y-%m') AS month, count(*) AS events
FROM found
WHERE day BETWEEN (SELECT max(published_date) FROM articles) - 1096 AND (SELECT max(published_date) FROM articles) + 60
GROUP BY month
ORDER BY month
