-- News may also tell that the room of a use was closed and the use moved.
ALTER TABLE news DROP CONSTRAINT news_kind_check;
ALTER TABLE news ADD CONSTRAINT news_kind_check CHECK (kind IN ('approved', 'declined', 'given_away', 'moved'));
