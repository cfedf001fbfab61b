SELECT start_char, end_char, kind, cue, speaker_text, speaker_name, speaker_role, confidence
FROM quotes WHERE article_id IN (SELECT article_id FROM asked) ORDER BY start_char
