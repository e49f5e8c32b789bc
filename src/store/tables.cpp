// Tables of format 3. Rows refer to each other by integer `number`; the ids that people see are
// texts beside it. Texts stand apart from what is known of them, so that a list of documents is
// read without paging through their texts. Evidence stores offsets only: its words are cut out of
// the document's text, so they can't differ from it. The views do so for people (casts to BLOB,
// because SQLite's substr counts characters of a TEXT). Both full-text tables are FTS5 without
// content of their own (sqlite.org/fts5.html, "contentless tables"): rowid leads to the row.
#include "store/tables.h"

namespace weft::store {

const char* const kDocumentTables = R"sql(
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, id TEXT UNIQUE, waiting INTEGER NOT NULL, base TEXT NOT NULL, container TEXT NOT NULL,
  content TEXT NOT NULL, given INTEGER NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL, date TEXT,
  source TEXT NOT NULL, author TEXT NOT NULL, url TEXT NOT NULL, language TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE INDEX documents_by_content ON documents (content);
CREATE INDEX documents_by_container ON documents (container, base);
CREATE INDEX documents_by_base ON documents (base);
CREATE TABLE texts (document INTEGER PRIMARY KEY REFERENCES documents (number), text TEXT NOT NULL);
CREATE TABLE records (
  document INTEGER PRIMARY KEY REFERENCES documents (number), fingerprint TEXT NOT NULL, sha256 TEXT NOT NULL,
  json TEXT NOT NULL);
CREATE TABLE sentences (
  number INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (number), "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL);
CREATE INDEX sentences_by_document ON sentences (document);
CREATE VIRTUAL TABLE sentence_search USING fts5 (text, content = '', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE name_search USING fts5 (label, aliases, content = '', tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE decisions (
  number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('same', 'different')),
  a TEXT NOT NULL, a_type TEXT NOT NULL, a_name TEXT NOT NULL,
  b TEXT NOT NULL, b_type TEXT NOT NULL, b_name TEXT NOT NULL);
)sql";

const char* const kTables = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
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
)sql";

const char* const kPlaceTables = R"sql(
CREATE TABLE places (
  entity INTEGER PRIMARY KEY REFERENCES entities (number), geonames TEXT, iso TEXT, within TEXT);
CREATE TABLE maybe_same (
  number INTEGER PRIMARY KEY, a INTEGER NOT NULL REFERENCES entities (number),
  b INTEGER NOT NULL REFERENCES entities (number), reason TEXT NOT NULL);
)sql";

const char* const kGraphIndices = R"sql(
CREATE INDEX IF NOT EXISTS edges_by_source ON edges (source);
CREATE INDEX IF NOT EXISTS edges_by_target ON edges (target);
CREATE INDEX IF NOT EXISTS attributes_by_entity ON attributes (entity);
CREATE INDEX IF NOT EXISTS evidence_by_edge ON evidence (edge);
CREATE INDEX IF NOT EXISTS evidence_by_attribute ON evidence (attribute);
CREATE INDEX IF NOT EXISTS evidence_by_document ON evidence (document);
CREATE INDEX IF NOT EXISTS aliases_by_form ON aliases (form);
INSERT INTO name_search (rowid, label, aliases)
  SELECT number, label, (SELECT group_concat(form, '|') FROM aliases WHERE entity = number) FROM entities;
)sql";

const char* const kDropGraph = R"sql(
DROP INDEX IF EXISTS edges_by_source;
DROP INDEX IF EXISTS edges_by_target;
DROP INDEX IF EXISTS attributes_by_entity;
DROP INDEX IF EXISTS evidence_by_edge;
DROP INDEX IF EXISTS evidence_by_attribute;
DROP INDEX IF EXISTS evidence_by_document;
DROP INDEX IF EXISTS aliases_by_form;
INSERT INTO name_search (name_search) VALUES ('delete-all');
DELETE FROM maybe_same;
DELETE FROM places;
DELETE FROM evidence;
DELETE FROM attributes;
DELETE FROM edges;
DELETE FROM aliases;
DELETE FROM entities;
)sql";

const char* const kViews = R"sql(
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
         CAST(substr(CAST(x.text AS BLOB), v."begin" + 1, v."end" - v."begin") AS TEXT) AS text
    FROM evidence v JOIN documents d ON d.number = v.document JOIN texts x ON x.document = v.document
    LEFT JOIN edges e ON e.number = v.edge LEFT JOIN entities s ON s.number = e.source
    LEFT JOIN entities t ON t.number = e.target
    LEFT JOIN attributes a ON a.number = v.attribute LEFT JOIN entities n ON n.number = a.entity;
CREATE VIEW v_places AS
  SELECT n.id, n.label, n.kind, p.geonames, p.iso, p.within FROM places p JOIN entities n ON n.number = p.entity;
CREATE VIEW v_maybe_same AS
  SELECT a.id AS a, a.label AS a_label, b.id AS b, b.label AS b_label, m.reason
    FROM maybe_same m JOIN entities a ON a.number = m.a JOIN entities b ON b.number = m.b;
CREATE VIEW v_documents AS
  SELECT d.id, d.path, d.title, d.date, d.source, d.author, d.url, d.language, d.sha256, x.text
    FROM documents d JOIN texts x ON x.document = d.number WHERE d.id IS NOT NULL;
CREATE VIEW v_sentences AS
  SELECT s.number, d.id AS document, s."begin", s."end",
         CAST(substr(CAST(x.text AS BLOB), s."begin" + 1, s."end" - s."begin") AS TEXT) AS text
    FROM sentences s JOIN documents d ON d.number = s.document JOIN texts x ON x.document = s.document
   WHERE d.id IS NOT NULL;
)sql";

namespace {

// Format 1 held what one run had named and no more, so nothing in it waits. Its sentences are
// searched from the next extraction on; content '' says that a document is to be read again.
const Migration kMigrations[] = {
    {1,
     {R"sql(
DROP VIEW v_nodes;
DROP VIEW v_edges;
DROP VIEW v_attributes;
DROP VIEW v_evidence;
ALTER TABLE documents RENAME TO documents_1;
ALTER TABLE records RENAME TO records_1;
)sql",
      kDocumentTables, R"sql(
INSERT INTO documents SELECT number, id, 0, id, rtrim(rtrim(path, '0123456789'), ':'), '', 15, path, title, date, source,
  author, url, language, sha256 FROM documents_1;
INSERT INTO texts SELECT number, text FROM documents_1;
INSERT INTO records SELECT document, fingerprint, '', json FROM records_1;
INSERT INTO name_search (rowid, label, aliases)
  SELECT number, label, (SELECT group_concat(form, '|') FROM aliases WHERE entity = number) FROM entities;
DROP TABLE records_1;
DROP TABLE documents_1;
)sql"}},
    // Format 2 knew neither what may be the same nor where places lie: the next build says so.
    {2,
     {R"sql(
DROP VIEW IF EXISTS v_nodes;
DROP VIEW IF EXISTS v_edges;
DROP VIEW IF EXISTS v_attributes;
DROP VIEW IF EXISTS v_evidence;
DROP VIEW IF EXISTS v_documents;
DROP VIEW IF EXISTS v_sentences;
DELETE FROM meta WHERE key = 'graph_digest';
)sql",
      kPlaceTables, ""}},
};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

}  // namespace weft::store
