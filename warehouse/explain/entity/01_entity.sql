SELECT entity_id, name, type, article_count, country_code, region_code, first_seen_date, last_seen_date
FROM entities WHERE entity_id IN (SELECT entity_id FROM asked)
ORDER BY article_count DESC, entity_id
