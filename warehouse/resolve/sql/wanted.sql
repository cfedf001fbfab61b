-- People that were not gathered before become `fresh`, of the names in `wanted`.
CREATE TEMP TABLE IF NOT EXISTS gathered (local_id VARCHAR);

CREATE TEMP TABLE IF NOT EXISTS people (article_id VARCHAR, local_id VARCHAR, name VARCHAR, day BIGINT);

CREATE TEMP TABLE IF NOT EXISTS held (article_id VARCHAR, local_id VARCHAR, office VARCHAR);

CREATE OR REPLACE TEMP TABLE fresh AS SELECT DISTINCT local_id FROM wanted ANTI JOIN gathered USING (local_id);

INSERT INTO gathered FROM fresh;
