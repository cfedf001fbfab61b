    SELECT doc, published_date, month FROM mart_quote_facets WHERE speaker_key = $speaker
