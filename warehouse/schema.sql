-- Generated from warehouse/contract/*.yml by `python -m warehouse.contract`; do not edit.

-- Every document that was ever handed to warta, and what became of it. One row per document seen.
CREATE TABLE IF NOT EXISTS documents (
    document_id VARCHAR NOT NULL,
    source_uri VARCHAR NOT NULL,
    locator VARCHAR,
    content_sha256 VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    external_id VARCHAR,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    date_problem VARCHAR,
    article_id VARCHAR,
    bytes BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    extractor_version VARCHAR,
    PRIMARY KEY (document_id)
);

-- News articles after cleaning; every offset of every other table counts characters of `text`. Other tables tell of the latest versions alone. One row per distinct text.
CREATE TABLE IF NOT EXISTS articles (
    article_id VARCHAR NOT NULL,
    document_id VARCHAR,
    external_id VARCHAR,
    source_uri VARCHAR NOT NULL,
    url VARCHAR,
    outlet VARCHAR,
    title VARCHAR,
    author VARCHAR,
    published_at TIMESTAMP WITH TIME ZONE,
    published_date DATE,
    category VARCHAR,
    language VARCHAR NOT NULL,
    annotated BOOLEAN,
    text VARCHAR NOT NULL,
    word_count INTEGER NOT NULL,
    text_problem VARCHAR,
    dateline VARCHAR,
    place VARCHAR,
    removed VARCHAR,
    near_duplicate_of VARCHAR,
    version_of VARCHAR,
    is_latest BOOLEAN,
    first_seen_at TIMESTAMP WITH TIME ZONE,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    pages VARCHAR[],
    part_of VARCHAR,
    extractor_version VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    loaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (article_id)
);

-- Who carried a text: every address, outlet and time at which an article came, also those of documents that repeat it. One row per document and article that it holds.
CREATE TABLE IF NOT EXISTS publications (
    document_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    url VARCHAR,
    address VARCHAR,
    page INTEGER,
    outlet VARCHAR,
    title VARCHAR,
    author VARCHAR,
    published_at TIMESTAMP WITH TIME ZONE,
    published_date DATE,
    as_of TIMESTAMP WITH TIME ZONE,
    position INTEGER NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (document_id, article_id)
);

-- Sentences of the articles, in reading order. One row per sentence.
CREATE TABLE IF NOT EXISTS sentences (
    sentence_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    PRIMARY KEY (sentence_id)
);

-- The things that an article names, before they are joined across articles. One row per entity and article.
CREATE TABLE IF NOT EXISTS article_entities (
    article_id VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    aliases VARCHAR[] NOT NULL,
    PRIMARY KEY (article_id, entity_id)
);

-- Where an article points at an entity, by name, description or pronoun. One row per mention.
CREATE TABLE IF NOT EXISTS entity_mentions (
    mention_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    sentence_id VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    form VARCHAR NOT NULL,
    role VARCHAR,
    PRIMARY KEY (mention_id)
);

-- Who said what. `text` is what was said, without the speaker and the verb of saying. One row per quote.
CREATE TABLE IF NOT EXISTS quotes (
    quote_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    sentence_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    cue VARCHAR,
    speaker_entity_id VARCHAR,
    speaker_name VARCHAR,
    speaker_text VARCHAR,
    speaker_role VARCHAR,
    addressee VARCHAR,
    confidence DOUBLE NOT NULL,
    PRIMARY KEY (quote_id)
);

-- What happened, will happen, may happen or did not, each named by a trigger word. One row per event trigger.
CREATE TABLE IF NOT EXISTS events (
    event_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    sentence_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    plover_type VARCHAR,
    cameo_root VARCHAR,
    trigger VARCHAR NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    status VARCHAR NOT NULL,
    date_start DATE,
    date_end DATE,
    date_text VARCHAR,
    place_entity_id VARCHAR,
    place_name VARCHAR,
    in_quote BOOLEAN NOT NULL,
    confidence DOUBLE NOT NULL,
    cluster_id VARCHAR,
    PRIMARY KEY (event_id)
);

-- Who did it and to whom. One row per participant of an event.
CREATE TABLE IF NOT EXISTS event_participants (
    event_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    entity_id VARCHAR,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    PRIMARY KEY (event_id, ordinal)
);

-- Times named in the articles, resolved against the publication date. One row per time expression.
CREATE TABLE IF NOT EXISTS time_expressions (
    article_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY (article_id, start_char)
);

-- Money, percentages, counts and measures, as plain numbers. One row per amount.
CREATE TABLE IF NOT EXISTS amounts (
    article_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    unit VARCHAR,
    PRIMARY KEY (article_id, start_char)
);

-- The things named anywhere, counted over all articles. One row per entity.
CREATE TABLE IF NOT EXISTS entities (
    entity_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    aliases VARCHAR[] NOT NULL,
    country_code VARCHAR,
    region_code VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    article_count INTEGER NOT NULL,
    mention_count INTEGER NOT NULL,
    first_seen_date DATE,
    last_seen_date DATE,
    PRIMARY KEY (entity_id)
);

-- Which real thing each article's entity is, and why: the decision that joins articles. One row per entity and article, before joining.
CREATE TABLE IF NOT EXISTS entity_links (
    article_id VARCHAR NOT NULL,
    local_id VARCHAR NOT NULL,
    entity_id VARCHAR,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    because VARCHAR,
    PRIMARY KEY (article_id, local_id)
);

-- Rows that broke a critical rule and were kept out of their table. One row per rejected row and rule.
CREATE TABLE IF NOT EXISTS rejects (
    reject_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    document_id VARCHAR,
    table_name VARCHAR NOT NULL,
    row_key VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    row_json VARCHAR NOT NULL,
    PRIMARY KEY (reject_id)
);

-- Runs of the ingest flow; documents = accepted + duplicates + rejected, always. One row per run.
CREATE TABLE IF NOT EXISTS runs (
    run_id VARCHAR NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    state VARCHAR NOT NULL,
    documents BIGINT NOT NULL,
    accepted BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    known BIGINT NOT NULL,
    versions VARCHAR NOT NULL,
    settings VARCHAR NOT NULL,
    PRIMARY KEY (run_id)
);

-- What every expectation observed, batch by batch. One row per expectation and package.
CREATE TABLE IF NOT EXISTS validation_results (
    validation_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    package_id VARCHAR NOT NULL,
    suite VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    expectation VARCHAR NOT NULL,
    column_name VARCHAR,
    severity VARCHAR NOT NULL,
    success BOOLEAN NOT NULL,
    observed_value VARCHAR,
    unexpected_count BIGINT,
    PRIMARY KEY (validation_id)
);

-- The packages that were loaded; a package is loaded once. One row per package.
CREATE TABLE IF NOT EXISTS packages (
    package_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    manifest_sha256 VARCHAR NOT NULL,
    row_count BIGINT NOT NULL,
    PRIMARY KEY (package_id)
);

-- What a run measures as a whole, and between which bounds it was expected: fixed ones and those of the runs before. One row per run and measure.
CREATE TABLE IF NOT EXISTS run_quality (
    run_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    value DOUBLE,
    minimum DOUBLE,
    maximum DOUBLE,
    cases BIGINT,
    severity VARCHAR NOT NULL,
    holds BOOLEAN NOT NULL,
    detail VARCHAR,
    examples VARCHAR[],
    said VARCHAR,
    PRIMARY KEY (run_id, measure)
);

-- What is published, checked against this contract before it was: keys, values, ranges, offsets, references. One row per table and rule.
CREATE TABLE IF NOT EXISTS table_quality (
    table_name VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    checked BIGINT NOT NULL,
    unexpected BIGINT NOT NULL,
    PRIMARY KEY (table_name, rule)
);
