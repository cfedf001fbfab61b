-- One row per entity and article: which real thing is it, by which rule, because of what? Of those in `asked_links`.
SELECT
    e.article_id, e.entity_id AS local_id,
    CASE
        WHEN p.key IS NOT NULL THEN coalesce(r.root, p.key)
        -- Bodies that every region has are one thing in one article only. An md5, unlike all other ids: it was written so
        -- first, and stored ids do not change.
        WHEN coalesce(j.rule, n.rule) = 'local_body' THEN md5(e.article_id || e.entity_id)[:20]
        ELSE coalesce(j.root, n.key)
    END AS entity_id,
    e.name, e.type, coalesce(p.rule, j.rule, n.rule) AS rule,
    CASE WHEN p.key IS NOT NULL THEN p.because WHEN j.rule IS NOT NULL THEN j.because ELSE n.because END AS because
FROM asked_links e
JOIN kept.names n ON n.local_id = e.entity_id
LEFT JOIN kept.joined j ON j.key = n.key
LEFT JOIN by_person p ON p.article_id = e.article_id AND p.local_id = e.entity_id
LEFT JOIN kept.joined r ON r.key = p.key
ORDER BY e.article_id, e.entity_id
