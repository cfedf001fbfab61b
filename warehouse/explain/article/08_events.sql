SELECT trigger_start, trigger_end, trigger, type, status, date_text, date_start, place_name, confidence
FROM events WHERE article_id IN (SELECT article_id FROM asked) ORDER BY trigger_start
