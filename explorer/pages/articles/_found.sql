    SELECT a.*, w.score
    FROM (
        SELECT doc, score FROM search('article', $words) WHERE all_words
        UNION ALL
        SELECT rowid, 0 FROM articles WHERE $words = '*' AND is_latest
    ) w
    JOIN articles a ON a.rowid = w.doc
    WHERE ($outlet = '*' OR a.outlet = $outlet) AND ($month = '*' OR strftime(a.published_date, '%Y-%m') = $month)
