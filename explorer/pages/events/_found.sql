    SELECT t.rowid AS doc, t.event_id, t.day, t.type, t.status
    FROM mart_event_timeline t
    WHERE ($type = '*' OR t.type = $type) AND ($status = '*' OR t.status = $status) AND NOT t.in_quote
        AND ($month = '*' OR strftime(t.day, '%Y-%m') = $month)
