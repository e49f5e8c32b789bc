-- A store of format 1 with two documents, as weft 0.1 wrote it before stores were added to.
PRAGMA application_id = 0x77656674;
PRAGMA user_version = 1;
BEGIN;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, title TEXT NOT NULL, date TEXT,
  source TEXT NOT NULL, author TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL, sha256 TEXT NOT NULL,
  text TEXT NOT NULL);
CREATE TABLE records (
  document INTEGER PRIMARY KEY REFERENCES documents (number), fingerprint TEXT NOT NULL, json TEXT NOT NULL);
CREATE TABLE entities (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, kind TEXT, label TEXT NOT NULL,
  mentions INTEGER NOT NULL, documents INTEGER NOT NULL);
CREATE TABLE aliases (
  entity INTEGER NOT NULL REFERENCES entities (number), position INTEGER NOT NULL, form TEXT NOT NULL,
  count INTEGER NOT NULL, PRIMARY KEY (entity, position)) WITHOUT ROWID;
CREATE TABLE edges (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL REFERENCES entities (number),
  relation TEXT NOT NULL, target INTEGER NOT NULL REFERENCES entities (number), modality TEXT NOT NULL,
  polarity TEXT NOT NULL, time TEXT, speaker TEXT, confidence REAL NOT NULL, weight INTEGER NOT NULL);
CREATE TABLE attributes (
  number INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entities (number), relation TEXT NOT NULL,
  value TEXT NOT NULL, modality TEXT NOT NULL, polarity TEXT NOT NULL, time TEXT, speaker TEXT,
  confidence REAL NOT NULL);
CREATE TABLE evidence (
  number INTEGER PRIMARY KEY, edge INTEGER REFERENCES edges (number),
  attribute INTEGER REFERENCES attributes (number), document INTEGER NOT NULL REFERENCES documents (number),
  "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL, rule TEXT NOT NULL, confidence REAL NOT NULL,
  modality TEXT NOT NULL, polarity TEXT NOT NULL, time TEXT, speaker TEXT,
  CHECK ((edge IS NULL) <> (attribute IS NULL)));
INSERT INTO meta VALUES ('generator', 'weft 0.1.0'), ('format', '1'), ('fingerprint', 'f1');
INSERT INTO documents VALUES (1, 'a.txt', 'in/a.txt', '', NULL, '', '', '', 'en', 'b439e27c269ecf9819a47a2def213383b335cd3fb7011e5c465e760819a9d10c', 'Oslo is cold now.');
INSERT INTO documents VALUES (2, 'b.txt', 'in/b.txt', '', NULL, '', '', '', 'en', 'ad3ee751b025c1509f6d1ecc504a8140be79a989dc2df445c8c5638c68cdbd8e', 'Ann visited Oslo.');
INSERT INTO records VALUES (1, 'f1', '{"format":1,"document":{"id":"a.txt","path":"in/a.txt","language":"en","sha256":"b439e27c269ecf9819a47a2def213383b335cd3fb7011e5c465e760819a9d10c"},"entities":[{"type":"Place","label":"Oslo","aliases":[["Oslo",1]],"mentions":[[0,4]]}],"facts":[],"sentences":[[0,17]]}');
INSERT INTO records VALUES (2, 'f1', '{"format":1,"document":{"id":"b.txt","path":"in/b.txt","language":"en","sha256":"ad3ee751b025c1509f6d1ecc504a8140be79a989dc2df445c8c5638c68cdbd8e"},"entities":[{"type":"Person","label":"Ann","aliases":[["Ann",1]],"mentions":[[0,3]]},{"type":"Place","label":"Oslo","aliases":[["Oslo",1]],"mentions":[[12,16]]}],"facts":[{"subject":0,"relation":"visited","object":1,"evidence":[{"span":[0,17],"sentence":0,"rule":"test.rule","confidence":8000,"modality":"asserted","polarity":"positive"}]}],"sentences":[[0,17]]}');
INSERT INTO entities VALUES (1, 'person/ann', 'Person', NULL, 'Ann', 1, 1), (2, 'place/oslo', 'Place', NULL, 'Oslo', 2, 2);
INSERT INTO aliases VALUES (1, 1, 'Ann', 1), (2, 1, 'Oslo', 2);
INSERT INTO edges VALUES (1, 'e1', 1, 'visited', 2, 'asserted', 'positive', NULL, NULL, 0.8, 1);
INSERT INTO evidence VALUES (1, 1, NULL, 2, 0, 17, 'test.rule', 0.8, 'asserted', 'positive', NULL, NULL);
CREATE INDEX edges_by_source ON edges (source);
CREATE INDEX edges_by_target ON edges (target);
CREATE INDEX attributes_by_entity ON attributes (entity);
CREATE INDEX evidence_by_edge ON evidence (edge);
CREATE INDEX evidence_by_attribute ON evidence (attribute);
CREATE INDEX evidence_by_document ON evidence (document);
CREATE INDEX aliases_by_form ON aliases (form);
CREATE VIEW v_nodes AS
  SELECT id, type, kind, label, mentions, documents,
         (SELECT group_concat(form, '|') FROM (SELECT form FROM aliases WHERE entity = e.number ORDER BY position))
           AS aliases
    FROM entities e;
CREATE VIEW v_edges AS
  SELECT e.id, s.label AS source_label, e.relation, t.label AS target_label, e.modality, e.polarity, e.time, e.speaker,
         e.confidence, e.weight, s.id AS source, t.id AS target, s.type AS source_type, t.type AS target_type
    FROM edges e JOIN entities s ON s.number = e.source JOIN entities t ON t.number = e.target;
CREATE VIEW v_attributes AS
  SELECT n.id AS entity, n.label, a.relation, a.value, a.modality, a.polarity, a.time, a.speaker, a.confidence
    FROM attributes a JOIN entities n ON n.number = a.entity;
CREATE VIEW v_evidence AS
  SELECT e.id AS edge, coalesce(s.label, n.label) AS subject, coalesce(e.relation, a.relation) AS relation,
         coalesce(t.label, a.value) AS object, v.modality, v.polarity, v.time, v.speaker, v.confidence, v.rule,
         d.id AS document, v."begin", v."end",
         CAST(substr(CAST(d.text AS BLOB), v."begin" + 1, v."end" - v."begin") AS TEXT) AS text
    FROM evidence v JOIN documents d ON d.number = v.document
    LEFT JOIN edges e ON e.number = v.edge LEFT JOIN entities s ON s.number = e.source
    LEFT JOIN entities t ON t.number = e.target
    LEFT JOIN attributes a ON a.number = v.attribute LEFT JOIN entities n ON n.number = a.entity;
COMMIT;
