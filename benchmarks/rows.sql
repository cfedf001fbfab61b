-- Rows of a made-up warehouse in the loader's tables: $articles articles, ten quotes, ten entities and ten events each.
-- Names and words follow a power law, as in news: of n things the first ones are taken most.
CREATE MACRO pick(seed, n) AS (floor(n * pow((hash(seed) % 1000003) / 1000003.0, 3)))::BIGINT;
CREATE MACRO key(what, i, j) AS md5(what || '-' || i || '-' || j)[:20];
CREATE MACRO first_word(i) AS 'kata' || pick(i * 1000003, 20000);
CREATE MACRO words(i, j) AS array_to_string(
    list_transform(range(14), lambda w: 'kata' || pick(i * 1000003 + j * 101 + w, 20000)), ' '
) || '.';

-- `things` (k, type, names, ids, office) are given: every thing's name and, of a person, the shorter ones that news uses.
CREATE TEMP TABLE named AS
SELECT i, slot, ids[form] AS entity_id, type, names[form] AS name, office
FROM (
    SELECT i, slot, t.*, CASE WHEN type = 'PER' THEN [1, 1, 1, 1, 1, 1, 1, 1, 2, 3][(hash(i * 17 + slot) % 10)::INTEGER + 1] ELSE 1 END AS form
    FROM (
        SELECT i, slot, pick(i * 31 + slot, (SELECT count(*) FROM things)) AS k
        FROM range(getvariable('articles')) a(i), range(10) s(slot)
    ) JOIN things t USING (k)
);

CREATE TEMP TABLE told AS
SELECT i, j, body, sum(length(body) + 1) OVER (PARTITION BY i ORDER BY j) - length(body) - 1 AS first
FROM (SELECT i, j, words(i, j) AS body FROM range(getvariable('articles')) a(i), range(10) s(j));

INSERT INTO runs BY NAME
SELECT
    'r' AS run_id, now() AS started_at, now() AS finished_at, 'completed' AS state, getvariable('articles') AS documents,
    getvariable('articles') AS accepted, 0 AS duplicates, 0 AS rejected, 0 AS known, '' AS versions, '' AS settings;

INSERT INTO articles BY NAME
SELECT
    key('article', i, 0) AS article_id, 'file:///' || i % 100 AS source_uri, 'https://kabar.id/' || i AS url,
    'outlet' || pick(i, 40) || '.id' AS outlet, any_value(words(i, 99)) AS title,
    TIMESTAMPTZ '2024-01-01' + INTERVAL (i % 700) DAY AS published_at, DATE '2024-01-01' + (i % 700)::INTEGER AS published_date,
    'id' AS language, string_agg(body, chr(10) ORDER BY j) AS text, 140 AS word_count, '0' AS extractor_version,
    'r' AS run_id, now() AS loaded_at
FROM told
GROUP BY i;

INSERT INTO documents BY NAME
SELECT
    key('document', i, 0) AS document_id, 'file:///' || i % 100 AS source_uri, '' AS content_sha256,
    'text/plain' AS media_type, 'accepted' AS status, key('article', i, 0) AS article_id, 1 AS bytes, 'r' AS run_id,
    now() AS seen_at
FROM range(getvariable('articles')) a(i);

INSERT INTO publications BY NAME
SELECT
    key('document', i, 0) AS document_id, a.article_id, url, 'kabar.id/' || i AS address, 1 AS page, outlet, title,
    published_at, published_date, 0 AS position, loaded_at AS seen_at
FROM range(getvariable('articles')) n(i)
JOIN articles a ON a.article_id = key('article', i, 0);

INSERT INTO sentences BY NAME
SELECT
    key('sentence', i, j) AS sentence_id, key('article', i, 0) AS article_id, j AS ordinal,
    first AS start_char, first + length(body) AS end_char
FROM told;

INSERT INTO article_entities BY NAME
SELECT DISTINCT key('article', i, 0) AS article_id, entity_id, name, type, [name] AS aliases FROM named;

INSERT INTO entity_mentions BY NAME
SELECT
    key('mention', i, slot * 2 + twice) AS mention_id, key('article', i, 0) AS article_id,
    key('sentence', i, (slot + twice * 3) % 10) AS sentence_id, entity_id, type, first_word(i) AS text,
    0 AS start_char, length(first_word(i)) AS end_char, ['name', 'pronoun'][twice + 1] AS form,
    CASE
        WHEN type = 'PER' AND twice = 0
            THEN CASE WHEN i % 20 = 0 THEN 'Menteri Urusan ' || slot ELSE office END
    END AS role
FROM named, range(2) t(twice);

INSERT INTO quotes BY NAME
SELECT
    key('quote', t.i, t.j) AS quote_id, key('article', t.i, 0) AS article_id, key('sentence', t.i, t.j) AS sentence_id,
    ['direct', 'indirect', 'mixed'][t.j % 3 + 1] AS kind, t.body AS text, first AS start_char,
    first + length(t.body) AS end_char, ['kata', 'ujar', 'jawab', 'jelas'][(t.i + t.j) % 4 + 1] AS cue,
    n.entity_id AS speaker_entity_id, n.name AS speaker_name,
    CASE WHEN n.entity_id IS NOT NULL THEN 'Ketua Lembaga Nomor ' || t.j * 10 + 7 END AS speaker_role,
    0.9 AS confidence
FROM told t
LEFT JOIN named n ON n.i = t.i AND n.slot = t.j AND n.type <> 'GPE';

INSERT INTO events BY NAME
SELECT
    key('event', i, slot) AS event_id, key('article', i, 0) AS article_id, key('sentence', i, slot) AS sentence_id,
    ['ACCIDENT', 'ARREST', 'CONSULT', 'ACCUSE', 'LAUNCH', 'TRIAL'][(hash(i * 7 + slot) % 6)::INTEGER + 1] AS type,
    first_word(i) AS trigger, 0 AS trigger_start, length(first_word(i)) AS trigger_end, 'asserted' AS status, false AS in_quote, 0.9 AS confidence,
    CASE WHEN type = 'GPE' THEN entity_id END AS place_entity_id, CASE WHEN type = 'GPE' THEN name END AS place_name
FROM named;

INSERT INTO event_participants BY NAME
SELECT
    key('event', e.i, e.slot) AS event_id, key('article', e.i, 0) AS article_id, side AS ordinal,
    ['actor', 'target'][side + 1] AS role, p.name, p.entity_id, 'k' AS text, 0 AS start_char, 1 AS end_char
FROM named e, range(2) r(side)
JOIN named p ON p.i = e.i AND p.slot = (e.slot + side * 5) % 10;

DROP MACRO pick;
DROP MACRO key;
DROP MACRO words;
DROP MACRO first_word;
