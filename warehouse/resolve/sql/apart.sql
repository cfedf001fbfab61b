-- People who have another's name.
INSERT INTO by_person
SELECT article_id, local_id, key, 'apart', because FROM bearers JOIN apart USING (root, node);
