-- Where corrections come to something else than at the last publication, all that they reach is made anew: quotes whose
-- speaker they give, entities whose name or type. Which thing a name in a correction is can change with other articles.
INSERT INTO relinked
WITH entities AS (
    SELECT entity_id FROM (
        (FROM corrected_entities EXCEPT FROM kept.corrected_entities)
        UNION (FROM kept.corrected_entities EXCEPT FROM corrected_entities)
    )
),
speakers AS (
    SELECT quote_id FROM (
        (FROM corrected_speakers EXCEPT FROM kept.corrected_speakers)
        UNION (FROM kept.corrected_speakers EXCEPT FROM corrected_speakers)
    )
)
SELECT article_id FROM entity_links SEMI JOIN entities USING (entity_id)
UNION
SELECT article_id FROM quotes SEMI JOIN speakers USING (quote_id)
EXCEPT FROM (FROM changed UNION FROM relinked);
