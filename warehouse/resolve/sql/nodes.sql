-- One row per node and per tie of two: see `people.Node`.
SELECT root, node, node AS tied_to, articles, first FROM nodes
UNION ALL
SELECT root, node, tied_to, 0, '' FROM ties
ORDER BY root
