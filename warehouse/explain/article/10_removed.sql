-- What cleaning took out of the text, and by which rule (warta/lang/id/boilerplate.yml).
SELECT cut.at, cut.rule, cut.text
FROM (
    SELECT unnest(from_json(removed, '[{"at": "INTEGER", "rule": "VARCHAR", "text": "VARCHAR"}]')) AS cut
    FROM articles WHERE article_id IN (SELECT article_id FROM asked)
)
ORDER BY cut.at
