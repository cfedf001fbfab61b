    SELECT q.*, a.outlet, a.published_date, a.title, coalesce(e.name, q.speaker_name) AS speaker, w.score
    FROM (
        SELECT doc, score FROM search('quote', $words) WHERE all_words
        UNION ALL
        SELECT rowid, 0 FROM quotes WHERE $words = '*'
    ) w
    JOIN quotes q ON q.rowid = w.doc
    JOIN articles a USING (article_id)
    LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
    WHERE $speaker IN ('*', q.speaker_entity_id, q.speaker_name) AND $outlet IN ('*', a.outlet) AND $kind IN ('*', q.kind)
        AND ($month = '*' OR strftime(a.published_date, '%Y-%m') = $month)
