-- Who carried a text, and who first?
-- Texts that nearly repeat one another count as one. `article`: the id of one of them; `words`: of their headlines; without
-- either, all that stand at two addresses or more.
-- article: TEXT = *
-- words: TEXT = *
-- limit: INTEGER = 200
WITH carried AS (
    SELECT
        coalesce(a.near_duplicate_of, a.article_id) AS text_id, a.article_id, p.outlet, p.title, p.author, p.url,
        p.published_at, p.published_date, coalesce(p.address, p.document_id) AS stands_at
    FROM publications p
    JOIN articles a USING (article_id)
    WHERE a.part_of IS NULL
),
-- Of a page that was read several times, the first time.
once AS (
    SELECT * FROM carried
    QUALIFY row_number() OVER (
        PARTITION BY text_id, stands_at ORDER BY published_date NULLS LAST, published_at NULLS LAST, article_id
    ) = 1
),
asked AS (
    SELECT text_id
    FROM once
    GROUP BY text_id
    HAVING CASE
        WHEN $article <> '*' THEN bool_or(article_id = $article)
        WHEN $words <> '*' THEN bool_or(contains(lower(title), lower($words)))
        ELSE count(*) > 1
    END
)
SELECT
    text_id,
    row_number() OVER (PARTITION BY text_id ORDER BY published_date NULLS LAST, published_at NULLS LAST, stands_at) AS place,
    outlet, published_at, published_date, title, author, url, article_id = text_id AS word_for_word
FROM once
WHERE text_id IN (FROM asked)
ORDER BY count(*) OVER (PARTITION BY text_id) DESC, text_id, place
LIMIT $limit::INTEGER
