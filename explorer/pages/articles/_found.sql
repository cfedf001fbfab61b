    SELECT a.*, w.score
    FROM (
        SELECT id, score FROM search('article', $words) WHERE all_words
        UNION ALL
        SELECT article_id, 0 FROM articles WHERE $words = '*' AND is_latest
    ) w
    JOIN articles a ON a.article_id = w.id
    WHERE ($outlet = '*' OR a.outlet = $outlet) AND ($month = '*' OR strftime(a.published_date, '%Y-%m') = $month)
