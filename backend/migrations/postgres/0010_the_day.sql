-- News may also tell that a line was moved with the rest of its day.
ALTER TABLE news DROP CONSTRAINT news_kind_check;
ALTER TABLE news ADD CONSTRAINT news_kind_check CHECK (kind IN ('approved', 'declined', 'given_away', 'moved', 'shifted'));
