-- What a node said about itself when it registered. Its labels and platform are JSON.
ALTER TABLE node ADD COLUMN nonce TEXT NOT NULL DEFAULT '';
ALTER TABLE node ADD COLUMN version TEXT NOT NULL DEFAULT '';
ALTER TABLE node ADD COLUMN labels TEXT NOT NULL DEFAULT '{}';
ALTER TABLE node ADD COLUMN platform TEXT NOT NULL DEFAULT '{}';
ALTER TABLE node ADD COLUMN draining INTEGER NOT NULL DEFAULT 0;
ALTER TABLE node ADD COLUMN last_seen_at INTEGER NOT NULL DEFAULT 0;

-- What each node reported last: its services as JSON, so that their names are known while it is away.
CREATE TABLE node_report (
  node        TEXT PRIMARY KEY,
  services    TEXT NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;

-- What was learned about services.
CREATE TABLE service_performance (
  service         TEXT PRIMARY KEY,
  first_token_ms  REAL NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
