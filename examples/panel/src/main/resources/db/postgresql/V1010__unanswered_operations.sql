-- Whether an earlier attempt may have reached the node; of what was tried before this was noted, nobody knows.
ALTER TABLE operations ADD COLUMN unanswered BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE operations SET unanswered = TRUE WHERE attempts > 0;
