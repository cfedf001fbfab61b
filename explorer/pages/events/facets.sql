-- How many of them are there by type and status?
-- type: EVENT_TYPE = *
-- status: EVENT_STATUS = *
-- month: MONTH = *
-- with: found
SELECT
    CASE grouping(type, status) WHEN 1 THEN 'type' ELSE 'status' END AS facet,
    coalesce(type, status) AS key, key AS name, count(*) AS events
FROM found
GROUP BY GROUPING SETS ((type), (status))
ORDER BY facet, events DESC, key
