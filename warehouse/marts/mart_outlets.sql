-- One row per outlet: how does it report?
-- What an outlet carries counts for it, whoever had it first.
WITH carried AS (
    SELECT DISTINCT p.outlet, p.article_id, a.word_count, a.published_date, a.annotated,
        coalesce(a.near_duplicate_of <> coalesce(a.version_of, ''), false) OR a.outlet IS DISTINCT FROM p.outlet AS repeats
    FROM publications p
    JOIN articles a USING (article_id)
    WHERE a.is_latest
),
quoted AS (
    SELECT
        article_id, count(*) AS quotes, count(*) FILTER (kind = 'direct') AS direct_quotes,
        count(*) FILTER (speaker_name IS NULL) AS unresolved
    FROM quotes GROUP BY article_id
),
told AS (
    SELECT article_id, count(*) AS events FROM events GROUP BY article_id
),
heard AS (
    SELECT c.outlet, count(DISTINCT q.speaker_entity_id) AS speakers
    FROM quotes q JOIN carried c USING (article_id) GROUP BY c.outlet
)
SELECT
    c.outlet, count(*) AS articles, count(*) FILTER (c.repeats) AS repeats,
    any_value(h.speakers) AS speakers,
    round(avg(coalesce(q.quotes, 0)) FILTER (c.annotated IS NOT FALSE), 2) AS quotes_per_article,
    round(sum(q.direct_quotes) / sum(q.quotes), 3) AS direct_share,
    round(sum(q.unresolved) / sum(q.quotes), 3) AS unresolved_share,
    round(avg(coalesce(t.events, 0)) FILTER (c.annotated IS NOT FALSE), 2) AS events_per_article,
    round(avg(c.word_count), 1) AS words_per_article,
    min(c.published_date) AS first_day, max(c.published_date) AS last_day
FROM carried c
LEFT JOIN quoted q USING (article_id)
LEFT JOIN told t USING (article_id)
LEFT JOIN heard h ON h.outlet IS NOT DISTINCT FROM c.outlet
GROUP BY c.outlet
ORDER BY articles DESC, c.outlet
