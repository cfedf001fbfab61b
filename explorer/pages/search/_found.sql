    SELECT *
    FROM mart_quote_facets
    WHERE ($words = '*' OR doc IN (SELECT doc FROM search('quote', $words) WHERE all_words))
        AND ($speaker = '*' OR speaker_key = $speaker) AND ($outlet = '*' OR outlet = $outlet) AND ($kind = '*' OR kind = $kind) AND ($month = '*' OR month = $month)
