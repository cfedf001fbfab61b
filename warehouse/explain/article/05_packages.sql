SELECT DISTINCT p.package_id, p.manifest_sha256, p.row_count
FROM packages p JOIN validation_results v USING (package_id) JOIN articles a ON a.run_id = v.run_id
WHERE a.article_id IN (SELECT article_id FROM asked) ORDER BY p.package_id
