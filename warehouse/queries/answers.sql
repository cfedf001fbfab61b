-- Who answers whom?
-- limit: INTEGER = 20
SELECT speaker, answered, answers, articles, first_day
FROM mart_answers
ORDER BY answers DESC, speaker, answered
LIMIT $limit::INTEGER
