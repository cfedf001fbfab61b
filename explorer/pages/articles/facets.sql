-- How many of them are there by outlet and month?
-- words: VARCHAR = *
-- outlet: VARCHAR = *
-- month: MONTH = *
-- top: INTEGER = 12
-- with: found
SELECT
    CASE grouping(outlet, month) WHEN 1 THEN 'outlet' ELSE 'month' END AS facet,
    coalesce(outlet, month) AS key, key AS name, count(*) AS articles
FROM (SELECT outlet, strftime(published_date, '%Y-%m') AS month FROM found)
GROUP BY GROUPING SETS ((outlet), (month))
HAVING coalesce(outlet, month) IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY facet ORDER BY articles DESC, name) <= $top::INTEGER
ORDER BY facet, articles DESC, name
