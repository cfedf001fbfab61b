    SELECT q.*, q.rowid AS doc, a.published_date, a.outlet, a.title
    FROM quotes q
    JOIN articles a USING (article_id)
    WHERE q.speaker_entity_id = $speaker
