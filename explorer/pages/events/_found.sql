    FROM mart_event_timeline t
    WHERE $type IN ('*', t.type) AND $status IN ('*', t.status) AND NOT t.in_quote
        AND ($month = '*' OR strftime(t.day, '%Y-%m') = $month)
