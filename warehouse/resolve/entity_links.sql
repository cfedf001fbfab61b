-- One row per entity and article: which real thing is it, by which rule, because of what?
SELECT
    e.article_id, e.entity_id AS local_id,
    CASE
        WHEN p.key IS NOT NULL THEN p.key
        -- Bodies that every region has are one thing in one article only. An md5, unlike all other ids: it was written so
        -- first, and stored ids do not change.
        WHEN n.rule = 'local_body' THEN md5(e.article_id || e.entity_id)[:20]
        ELSE n.entity_id
    END AS entity_id,
    e.name, e.type, coalesce(p.rule, n.rule) AS rule,
    CASE WHEN p.key IS NOT NULL THEN p.because ELSE n.because END AS because
FROM current.article_entities e
JOIN by_name n ON n.local_id = e.entity_id
LEFT JOIN by_article p ON p.article_id = e.article_id AND p.local_id = e.entity_id
ORDER BY e.article_id, e.entity_id
