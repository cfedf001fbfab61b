-- One row per pair of speakers: who answers whom, how often, where first?
-- An answer is a quote with a cue of answering that follows another one's quote in the same article, or a quote that
-- is addressed to somebody who is named.
WITH spoken AS (
    SELECT
        q.article_id, q.start_char, q.speaker_entity_id, q.addressee, lower(q.cue) AS cue,
        last_value(CASE WHEN q.speaker_entity_id IS NOT NULL THEN q.speaker_entity_id END IGNORE NULLS)
            OVER (PARTITION BY q.article_id ORDER BY q.start_char ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM quotes q
),
answers AS (
    SELECT article_id, speaker_entity_id, before AS answered_entity_id
    FROM spoken
    WHERE regexp_matches(cue, 'jawab|balas|timpal|tanggap|bantah|sanggah|respons|sahut|tepis')
    UNION ALL
    SELECT s.article_id, s.speaker_entity_id, e.entity_id
    FROM spoken s
    JOIN article_entities e ON e.article_id = s.article_id AND list_contains(e.aliases, s.addressee)
    WHERE s.addressee IS NOT NULL AND e.type = 'PER'
)
SELECT
    a.speaker_entity_id, s.name AS speaker, a.answered_entity_id, o.name AS answered,
    count(*) AS answers, count(DISTINCT a.article_id) AS articles, min(n.published_date) AS first_day
FROM answers a
JOIN articles n USING (article_id)
JOIN entities s ON s.entity_id = a.speaker_entity_id
JOIN entities o ON o.entity_id = a.answered_entity_id
WHERE a.speaker_entity_id <> a.answered_entity_id
GROUP BY ALL
ORDER BY answers DESC, speaker, answered
