-- `joined` becomes what is kept; `former_joined` has the keys of which it says another thing than before.
CREATE OR REPLACE TEMP TABLE former_joined AS
WITH differ AS (
    (FROM joined EXCEPT FROM kept.joined) UNION ALL (FROM kept.joined EXCEPT FROM joined)
)
SELECT key, k.root FROM (SELECT DISTINCT key FROM differ) LEFT JOIN kept.joined k USING (key);

DELETE FROM kept.joined WHERE key IN (SELECT key FROM former_joined);

INSERT INTO kept.joined FROM joined SEMI JOIN former_joined USING (key);
