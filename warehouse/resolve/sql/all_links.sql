-- Everything is linked anew; before, there was nothing.
CREATE OR REPLACE TEMP VIEW asked_links AS FROM current.article_entities;

CREATE OR REPLACE TEMP TABLE gone AS FROM entity_links LIMIT 0;

CREATE OR REPLACE TEMP TABLE came AS FROM entity_links LIMIT 0;
