-- One row per outlet: how does it report?
-- Kept as a table: it counts everything.
WITH quoted AS (
    SELECT
        article_id, count(*) AS quotes, count(*) FILTER (kind = 'direct') AS direct_quotes,
        count(*) FILTER (speaker_name IS NULL) AS unresolved
    FROM quotes GROUP BY article_id
),
told AS (
    SELECT article_id, count(*) AS events FROM events GROUP BY article_id
),
heard AS (
    SELECT a.outlet, count(DISTINCT q.speaker_entity_id) AS speakers
    FROM quotes q JOIN articles a USING (article_id) GROUP BY a.outlet
)
SELECT
    a.outlet, count(*) AS articles, count(a.near_duplicate_of) AS repeats,
    any_value(h.speakers) AS speakers,
    round(avg(coalesce(q.quotes, 0)), 2) AS quotes_per_article,
    round(sum(q.direct_quotes) / sum(q.quotes), 3) AS direct_share,
    round(sum(q.unresolved) / sum(q.quotes), 3) AS unresolved_share,
    round(avg(coalesce(t.events, 0)), 2) AS events_per_article,
    round(avg(a.word_count), 1) AS words_per_article,
    min(a.published_date) AS first_day, max(a.published_date) AS last_day
FROM articles a
LEFT JOIN quoted q USING (article_id)
LEFT JOIN told t USING (article_id)
LEFT JOIN heard h ON h.outlet IS NOT DISTINCT FROM a.outlet
GROUP BY a.outlet
ORDER BY articles DESC, a.outlet
