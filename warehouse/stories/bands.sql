-- One row per article and band of its signature: articles that share a value may nearly repeat each other.
CREATE TABLE IF NOT EXISTS bands (article_id VARCHAR, value UBIGINT);

INSERT INTO bands
SELECT article_id, hash(band, signature[band * 8 + 1:band * 8 + 8]) AS value
FROM (FROM minhashes ANTI JOIN bands USING (article_id)), range(16) bands(band);
