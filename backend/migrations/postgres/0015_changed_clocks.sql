-- News may also tell that the rules of somebody's clocks changed.
ALTER TABLE news DROP CONSTRAINT news_kind_check;
ALTER TABLE news ADD CONSTRAINT news_kind_check CHECK (kind IN ('approved', 'declined', 'given_away', 'moved', 'shifted', 'clocks_changed'));
