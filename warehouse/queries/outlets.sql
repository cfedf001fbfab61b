-- How do the outlets differ?
FROM mart_outlets
ORDER BY articles DESC, outlet
