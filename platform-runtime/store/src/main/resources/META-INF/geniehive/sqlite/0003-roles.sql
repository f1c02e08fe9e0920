-- Roles that were made through the API; those of the configuration file are not here. A definition is JSON.
CREATE TABLE role (
  name        TEXT PRIMARY KEY,
  definition  TEXT NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;
