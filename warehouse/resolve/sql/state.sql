-- What a publication keeps for the next one, in the file that it belongs to. A new file has none of it.
CREATE SCHEMA IF NOT EXISTS kept;

-- One row per distinct name: its most frequent spelling, in how many articles, and what it says by itself.
-- `matched`: it may be compared with other names.
CREATE TABLE IF NOT EXISTS kept.names (
    local_id VARCHAR, type VARCHAR, name VARCHAR, articles BIGINT,
    folded VARCHAR, form VARCHAR, key VARCHAR, rule VARCHAR, because VARCHAR, matched BOOLEAN
);

-- One row per name and short form of one word that articles use beside it and that can be read off it.
CREATE TABLE IF NOT EXISTS kept.short_forms (
    local_id VARCHAR, type VARCHAR, name VARCHAR, short VARCHAR, articles BIGINT, folded VARCHAR, initials BOOLEAN
);

-- One row per key that was joined with others: the key that stands for all of them. Rule and reason where it was its
-- own name that led to another.
CREATE TABLE IF NOT EXISTS kept.joined (key VARCHAR, root VARCHAR, rule VARCHAR, because VARCHAR);

-- One row per key whose name is part of one longer name: what says that they are one; null where nothing does.
CREATE TABLE IF NOT EXISTS kept.signs (shorter VARCHAR, longer VARCHAR, shared VARCHAR);

-- One row per name that is in too many articles to tell anything of a person beside it.
CREATE TABLE IF NOT EXISTS kept.common (local_id VARCHAR);

-- One row per link that a correction changed: what it was without.
CREATE TABLE IF NOT EXISTS kept.uncorrected (
    article_id VARCHAR, local_id VARCHAR, entity_id VARCHAR, rule VARCHAR, because VARCHAR
);

CREATE TABLE IF NOT EXISTS entity_links (
    article_id VARCHAR, local_id VARCHAR, entity_id VARCHAR, name VARCHAR, type VARCHAR, rule VARCHAR, because VARCHAR
);
