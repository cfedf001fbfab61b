SELECT package_id, manifest_sha256, row_count
FROM packages
WHERE
    run_id IN (SELECT run_id FROM articles WHERE article_id IN (SELECT article_id FROM asked))
    AND package_id NOT LIKE '%-end'
ORDER BY package_id
