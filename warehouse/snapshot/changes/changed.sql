-- What differs between the loader's database and a copy of the published file. Needs `versions`.

-- Articles that are new, gone, taken from another document, or the latest version now or no more.
CREATE TEMP TABLE changed AS
SELECT article_id
FROM (SELECT l.article_id, l.run_id, l.source_uri, v.is_latest FROM loaded.articles l JOIN versions v USING (article_id)) l
FULL JOIN (SELECT article_id, run_id, source_uri, is_latest FROM articles) p USING (article_id)
WHERE (l.run_id, l.source_uri, l.is_latest) IS DISTINCT FROM (p.run_id, p.source_uri, p.is_latest);

-- Articles that are the same but for what is told of them: of which other one they are a version, who carries them.
CREATE TEMP TABLE restated AS
SELECT article_id
FROM versions v
JOIN articles p USING (article_id)
WHERE (v.version_of, v.part_of, v.first_seen_at, v.last_seen_at)
    IS DISTINCT FROM (p.version_of, p.part_of, p.first_seen_at, p.last_seen_at)
UNION
SELECT article_id
FROM loaded.publications l
FULL JOIN publications p USING (document_id, article_id)
WHERE l.seen_at IS DISTINCT FROM p.seen_at;

CREATE TEMP TABLE new_runs AS SELECT run_id FROM loaded.runs ANTI JOIN runs USING (run_id);

-- What rows of marts tell of: articles, entities (or, where a thing has no entity, its name), pairs and stories.
CREATE TEMP TABLE touched_articles (article_id VARCHAR);
CREATE TEMP TABLE touched_names (name VARCHAR);
CREATE TEMP TABLE touched_pairs (actor VARCHAR, target VARCHAR);
CREATE TEMP TABLE touched_stories (story_id VARCHAR);
