INSERT INTO minhashes FROM signed;
INSERT INTO bands SELECT article_id, unnest(bands_of(signature)) FROM signed;
