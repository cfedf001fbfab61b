-- One row per article: 128 hash values of its text.
CREATE TABLE IF NOT EXISTS minhashes (article_id VARCHAR PRIMARY KEY, signature BIGINT[] NOT NULL);

CREATE OR REPLACE MACRO bands_of(signature) AS list_transform(
    range(16), lambda band: hash(band, signature[band * 8 + 1:band * 8 + 8])
);

-- One row per article and band of eight of its hash values: articles that share a value may nearly repeat each other.
CREATE TABLE IF NOT EXISTS bands AS SELECT article_id, unnest(bands_of(signature)) AS value FROM minhashes;
