-- What was not taken, and why?
WITH rejected AS (
    -- Numbers filled up with zeros: line 2 comes before line 10.
    SELECT *, array_to_string(list_transform(
        regexp_extract_all(locator, '[0-9]+|[^0-9]+'),
        lambda part: CASE WHEN part[1] BETWEEN '0' AND '9' THEN lpad(part, 20, '0') ELSE part END
    ), '') AS place
    FROM documents
    WHERE status = 'rejected'
)
SELECT source_uri, locator, reason, seen_at
FROM rejected
ORDER BY seen_at DESC, source_uri, place, locator
