-- Entities that go by a name: it is one of theirs, or their name holds it as whole words.
CREATE OR REPLACE MACRO called(asked) AS TABLE
SELECT entity_id, name, type, article_count
FROM entities
WHERE contains(' ' || lower(name) || ' ', ' ' || lower(asked) || ' ')
    OR list_contains(list_transform(aliases, lambda a: lower(a)), lower(asked));
