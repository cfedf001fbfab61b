-- Who speaks for this organisation, in which office, from when to when?
-- organisation: VARCHAR
SELECT
    coalesce(e.name, q.speaker_name) AS speaker, q.speaker_role, count(*) AS quotes,
    min(a.published_date) AS first_day, max(a.published_date) AS last_day
FROM quotes q
JOIN articles a USING (article_id)
LEFT JOIN entities e ON e.entity_id = q.speaker_entity_id
WHERE regexp_matches(q.speaker_role, '(?i)\b(' || (
        -- The organisation under all its names.
        SELECT string_agg(regexp_escape(n), '|')
        FROM (
            SELECT $organisation AS n
            UNION SELECT unnest(aliases) FROM entities
            WHERE entity_id IN (SELECT entity_id FROM called($organisation) WHERE type = 'ORG' AND lower(name) = lower($organisation))
                OR (type = 'ORG' AND list_contains(aliases, $organisation))
        )
    ) || ')\b')
GROUP BY ALL
ORDER BY first_day, quotes DESC, speaker
