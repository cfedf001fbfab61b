-- Which words does this speaker use that others use seldom? (of the latest 300 quotes)
-- speaker: VARCHAR
-- limit: INTEGER = 12
-- with: said
, used AS (
    SELECT word, count(*) AS quotes
    FROM (
        SELECT unnest(list_distinct(words_of(q.text))) AS word
        FROM (FROM said ORDER BY published_date DESC NULLS LAST, article_id, start_char LIMIT 300) s
        JOIN quotes q USING (quote_id)
    )
    WHERE length(word) > 3
    GROUP BY word
)
SELECT u.word AS words, u.quotes
FROM used u
JOIN search_words w ON w.kind = 'quote' AND w.word = u.word
JOIN search_totals t ON t.kind = 'quote'
WHERE w.docs < t.docs / 20 OR t.docs < 500
ORDER BY u.quotes * ln(t.docs / w.docs) DESC, u.word
LIMIT $limit::INTEGER
