-- Articles of which a link differs from before, beside the changed ones.
CREATE OR REPLACE TEMP TABLE relinked AS
WITH are_corrected AS (
    FROM entity_links WHERE rule = 'correction'
),
differ AS (
    FROM gone
    UNION ALL FROM came
    UNION ALL (FROM were_corrected EXCEPT FROM are_corrected)
    UNION ALL (FROM are_corrected EXCEPT FROM were_corrected)
)
SELECT DISTINCT article_id FROM differ ANTI JOIN changed USING (article_id);
