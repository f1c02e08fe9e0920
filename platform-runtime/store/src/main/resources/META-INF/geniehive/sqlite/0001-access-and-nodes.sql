-- Times are milliseconds since 1970, so that they compare.

-- Keys of clients and further operators. Only the hash of a key is kept.
CREATE TABLE access_key (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE,
  kind        TEXT NOT NULL CHECK (kind IN ('admin', 'client')),
  hash        TEXT NOT NULL UNIQUE,
  models      TEXT NOT NULL,
  operations  TEXT NOT NULL,
  queues      TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  revoked_at  INTEGER
) STRICT;

-- Tokens that let a node in once.
CREATE TABLE join_token (
  hash        TEXT PRIMARY KEY,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  used_at     INTEGER,
  used_by     TEXT
) STRICT;

-- Nodes that have registered, with the hash of the key that each was given.
CREATE TABLE node (
  id             TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  key_hash       TEXT NOT NULL UNIQUE,
  registered_at  INTEGER NOT NULL,
  removed_at     INTEGER
) STRICT;
