    SELECT f.*, s.score
    FROM mart_quote_facets f
    LEFT JOIN search('quote', $words) s ON s.id = f.quote_id
    WHERE ($words = '*' OR s.all_words) AND ($speaker = '*' OR speaker_key = $speaker)
        AND ($outlet = '*' OR outlet = $outlet) AND ($kind = '*' OR kind = $kind) AND ($month = '*' OR month = $month)
