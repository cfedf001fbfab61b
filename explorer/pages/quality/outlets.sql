-- How do the outlets differ?
-- limit: INTEGER = 25
FROM mart_outlets
ORDER BY articles DESC, outlet
LIMIT $limit::INTEGER
