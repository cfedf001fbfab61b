-- One row per run that ended and is not measured yet, and measure. A run's rows never change after its end.
WITH new_runs AS (
    SELECT run_id FROM runs ANTI JOIN run_measures USING (run_id)
),
new_articles AS (
    SELECT a.* FROM articles a SEMI JOIN new_runs USING (run_id)
),
fresh AS (
    SELECT article_id, run_id FROM new_articles
),
spans AS (
    SELECT article_id, 'entity_mentions' AS table_name, start_char AS first, end_char AS last
    FROM entity_mentions WHERE form = 'name'
    UNION ALL
    SELECT article_id, 'quotes', start_char, end_char FROM quotes
    UNION ALL
    SELECT article_id, 'events', trigger_start, trigger_end FROM events
),
-- Finding a character of a text takes time in proportion to its place. So that a long text takes no more than a short one
-- for each of its spans, it is cut into chunks, the chunks into pieces, and a span looks only at the pieces that hold the
-- two characters around its start and around its end. Chunks and pieces overlap by one character.
chunks AS (
    SELECT article_id, chunk, text[chunk * 16000 + 1:(chunk + 1) * 16000 + 1] AS body
    FROM new_articles, unnest(range(length(text) // 16000 + 1)) numbers(chunk)
),
pieces AS (
    SELECT article_id, chunk * 32 + part AS piece, body[part * 500 + 1:(part + 1) * 500 + 1] AS body
    FROM chunks, unnest(range(least(length(body) // 500 + 1, 32))) numbers(part)
),
cut AS (
    SELECT a.run_id, a.article_id, coalesce(
        regexp_matches(f.body[s.first - f.piece * 500:s.first - f.piece * 500 + 1], '^[\p{L}\p{N}]{2}$')
        OR regexp_matches(l.body[s.last - l.piece * 500:s.last - l.piece * 500 + 1], '^[\p{L}\p{N}]{2}$'), false
    )::INTEGER AS is_cut
    FROM spans s
    JOIN fresh a USING (article_id)
    LEFT JOIN pieces f ON f.article_id = s.article_id AND f.piece = (s.first - 1) // 500
    LEFT JOIN pieces l ON l.article_id = s.article_id AND l.piece = (s.last - 1) // 500
),
kept AS (
    SELECT run_id, 'entity_mentions' AS table_name, count(*) AS n FROM entity_mentions t JOIN fresh USING (article_id) GROUP BY run_id
    UNION ALL
    SELECT run_id, 'quotes' AS table_name, count(*) AS n FROM quotes t JOIN fresh USING (article_id) GROUP BY run_id
    UNION ALL
    SELECT run_id, 'events' AS table_name, count(*) AS n FROM events t JOIN fresh USING (article_id) GROUP BY run_id
    UNION ALL
    SELECT run_id, 'event_participants' AS table_name, count(*) AS n FROM event_participants t JOIN fresh USING (article_id) GROUP BY run_id
    UNION ALL
    SELECT run_id, 'sentences' AS table_name, count(*) AS n FROM sentences t JOIN fresh USING (article_id) GROUP BY run_id
    UNION ALL
    SELECT run_id, 'time_expressions' AS table_name, count(*) AS n FROM time_expressions t JOIN fresh USING (article_id) GROUP BY run_id
    UNION ALL
    SELECT run_id, 'amounts' AS table_name, count(*) AS n FROM amounts t JOIN fresh USING (article_id) GROUP BY run_id
),
refused AS (
    SELECT r.run_id, table_name, count(DISTINCT row_key) AS n,
        (list(DISTINCT d.article_id ORDER BY d.article_id) FILTER (d.article_id IS NOT NULL))[:3] AS examples
    FROM rejects r SEMI JOIN new_runs USING (run_id)
    LEFT JOIN documents d USING (document_id)
    -- Rows that only followed their article or sentence tell nothing of the extraction.
    WHERE table_name NOT IN ('documents', 'articles', 'article_entities')
        AND NOT ends_with(rule, '_exists')
    GROUP BY ALL
),
-- Tables of a few rows say nothing: one bad article of one would stop everything.
refused_share AS (
    SELECT
        run_id, max(r.n / (r.n + coalesce(k.n, 0))) AS value,
        arg_max({'rows': r.n + coalesce(k.n, 0), 'examples': examples, 'table_name': table_name}, r.n / (r.n + coalesce(k.n, 0))) AS worst
    FROM refused r
    LEFT JOIN kept k USING (run_id, table_name)
    WHERE r.n + coalesce(k.n, 0) >= 5
    GROUP BY run_id
),
lines AS (
    SELECT run_id, outlet, article_id, unnest(string_split(text, chr(10))) AS line FROM new_articles
),
in_outlet AS (
    SELECT run_id, outlet, count(*) AS articles FROM new_articles GROUP BY ALL
),
repeated AS (
    SELECT l.run_id, l.outlet, l.line, count(DISTINCT l.article_id) AS articles
    FROM lines l
    JOIN in_outlet o ON o.run_id = l.run_id AND o.outlet IS NOT DISTINCT FROM l.outlet
    WHERE length(l.line) >= 20
    GROUP BY ALL
    HAVING count(DISTINCT l.article_id) >= greatest(5, any_value(o.articles) / 50)
),
-- Which lines to add to boilerplate.yml.
boilerplate AS (
    SELECT
        run_id, count(*) AS lines,
        array_to_string(
            list(coalesce(outlet, 'no outlet') || ': ' || line[:80] || ' (' || articles || ' articles)' ORDER BY articles DESC, line)[:3], '; '
        ) AS detail
    FROM repeated
    GROUP BY run_id
),
lost AS (
    SELECT a.run_id, a.article_id
    FROM entity_mentions m
    JOIN new_articles a USING (article_id)
    ANTI JOIN sentences s USING (sentence_id)
),
annotated AS (
    SELECT run_id, article_id FROM new_articles WHERE annotated IS NOT FALSE
),
-- How many quotes and events were found in each article.
found AS (
    SELECT a.run_id, a.article_id, 'quotes_per_article' AS measure, count(quote_id) AS n
    FROM annotated a LEFT JOIN quotes USING (article_id) GROUP BY ALL
    UNION ALL
    SELECT a.run_id, a.article_id, 'events_per_article', count(event_id)
    FROM annotated a LEFT JOIN events USING (article_id) GROUP BY ALL
),
found_in_order AS (
    SELECT run_id, measure, avg(n) AS value, count(*) AS cases, list(article_id ORDER BY n, article_id) AS articles
    FROM found
    GROUP BY run_id, measure
),
-- `cases`: of how many; `examples`: articles by which it shows. Those of a mean begin with the least and end with the most.
measured AS (
    SELECT run_id, 'articles' AS measure, count(*)::DOUBLE AS value, count(*) AS cases, NULL::VARCHAR[] AS examples, NULL AS detail
    FROM new_articles GROUP BY run_id
    UNION ALL
    SELECT run_id, 'unknown_dates_share', avg((published_date IS NULL)::INTEGER), count(*),
        (list(article_id ORDER BY article_id) FILTER (published_date IS NULL))[:3], NULL
    FROM new_articles GROUP BY run_id
    UNION ALL
    SELECT run_id, 'unread_dates_share', avg((date_problem IS NOT NULL)::INTEGER), count(*),
        (list(article_id ORDER BY article_id) FILTER (date_problem IS NOT NULL))[:3], NULL
    FROM documents SEMI JOIN new_runs USING (run_id) WHERE status = 'accepted' GROUP BY run_id
    UNION ALL SELECT run_id, measure, value, cases, articles[:3] || articles[-3:], NULL FROM found_in_order
    UNION ALL
    SELECT a.run_id, 'unresolved_speakers_share', avg((speaker_name IS NULL)::INTEGER), count(*),
        (list(DISTINCT article_id ORDER BY article_id) FILTER (speaker_name IS NULL))[:3], NULL
    FROM quotes JOIN new_articles a USING (article_id) GROUP BY a.run_id
    UNION ALL
    SELECT run_id, 'split_words_share', avg(is_cut), count(*),
        (list(DISTINCT article_id ORDER BY article_id) FILTER (is_cut = 1))[:3], NULL
    FROM cut GROUP BY run_id
    UNION ALL SELECT run_id, 'rejected_share', value, worst.rows, worst.examples, worst.table_name FROM refused_share
    UNION ALL
    SELECT run_id, 'repeated_lines', coalesce(lines, 0), NULL, NULL, detail FROM new_runs LEFT JOIN boilerplate USING (run_id)
    UNION ALL
    SELECT n.run_id, 'missing_references', count(l.run_id), NULL,
        (list(DISTINCT l.article_id ORDER BY l.article_id) FILTER (l.article_id IS NOT NULL))[:3], NULL
    FROM new_runs n LEFT JOIN lost l ON l.run_id = n.run_id GROUP BY n.run_id
)
INSERT INTO run_measures
SELECT * FROM measured
-- A run without articles measures nothing but that.
UNION ALL SELECT run_id, 'articles', 0, 0, NULL, NULL FROM new_runs ANTI JOIN new_articles USING (run_id)
