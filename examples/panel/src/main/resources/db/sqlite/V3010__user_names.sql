-- Users are found by name without regard to case, the same way in both databases; the unique index knows another one.
CREATE INDEX users_lower_username ON users (lower(username));
