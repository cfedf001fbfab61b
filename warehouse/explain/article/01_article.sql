SELECT article_id, external_id, title, outlet, published_at, published_date, dateline, place, word_count, extractor_version
FROM articles WHERE article_id IN (SELECT article_id FROM asked)
