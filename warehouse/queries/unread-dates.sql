-- Which dates of publication were not read, by their shape, and where?
SELECT date_problem, count(*) AS documents, min(source_uri) AS example_uri, arg_min(locator, source_uri) AS example_locator
FROM documents
WHERE date_problem IS NOT NULL
GROUP BY ALL
ORDER BY documents DESC, date_problem
