-- Whether an earlier attempt may have reached the node; of what was tried before this was noted, nobody knows.
ALTER TABLE operations ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;
UPDATE operations SET unanswered = 1 WHERE attempts > 0;
