-- What was learned about how services serve their models, as JSON: it takes the place of one average a service.
CREATE TABLE model_performance (
  service     TEXT NOT NULL,
  model       TEXT NOT NULL,
  numbers     TEXT NOT NULL,
  updated_at  INTEGER NOT NULL,
  PRIMARY KEY (service, model)
) STRICT;

DROP TABLE service_performance;
