-- Entities that go by another name, have another type or lie elsewhere than before.
CREATE TEMP TABLE renamed AS
SELECT e.entity_id, e.name, e.type
FROM entities e
JOIN former_entities f USING (entity_id)
WHERE (e.name, e.type, e.country_code, e.region_code, e.latitude, e.longitude)
    IS DISTINCT FROM (f.name, f.type, f.country_code, f.region_code, f.latitude, f.longitude);
