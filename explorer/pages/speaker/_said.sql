    SELECT quote_id, article_id, start_char, published_date, month FROM mart_quote_facets WHERE speaker_key = $speaker
