-- One row per file that was read to its end: what it held then, and as which documents. It saves reading the file again;
-- no row of the warehouse depends on it, and it comes in no package.
CREATE TABLE IF NOT EXISTS read_files (
    source_uri VARCHAR NOT NULL,
    content_sha256 VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    documents VARCHAR[] NOT NULL
);
