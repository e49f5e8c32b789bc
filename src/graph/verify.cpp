// From the outside in: SQLite's own check of its pages, each document's text and record against
// their hashes, the graph's tables against the checksum that was noted when they were written, then
// every reference and every piece of evidence against the record that it was made of. One document
// is held at a time. Linear in the store's size, with one sorted look-up a piece of evidence.
#include "graph/verify.h"

#include <optional>
#include <set>

#include "core/error.h"
#include "core/sha256.h"
#include "graph/fuse.h"
#include "graph/graph_columns.h"
#include "graph/load.h"
#include "store/snapshot.h"
#include "text/utf8.h"

namespace weft::graph {

namespace {

using store::Statement;

constexpr size_t kMostFaults = 100;

bool lies_in(std::string_view text, int64_t begin, int64_t end) {
  return begin >= 0 && begin < end && static_cast<uint64_t>(end) <= text.size() &&
         text::is_char_border(text, static_cast<uint32_t>(begin)) &&
         text::is_char_border(text, static_cast<uint32_t>(end));
}

class Verifier {
 public:
  Verifier(const store::Store& store, const schema::Ontology& ontology)
      : store_(store), ontology_(ontology) {}

  Verification run() {
    attempt([this] { check_pages(); });
    attempt([this] { check_documents(); });
    attempt([this] { check_rows(); });
    attempt([this] { check_references(); });
    attempt([this] { check_digest(); });
    attempt([this] { check_columns(); });
    attempt([this] { check_search(); });
    return std::move(result_);
  }

 private:
  void fault(std::string sentence) {
    if (result_.faults.size() < kMostFaults) result_.faults.push_back(std::move(sentence));
  }

  /// A check that can't go on is a fault; the next one may still find something.
  template <class Check>
  void attempt(Check check) {
    try {
      check();
    } catch (const core::SetupError& error) {
      fault(error.what());
    }
  }

  Statement select(const std::string& sql) const { return {store_.database(), sql}; }

  void check_pages() {
    Statement row = select("PRAGMA integrity_check(20)");
    while (row.step())
      if (row.text(0) != "ok")
        fault("SQLite finds the file damaged: " + std::string(row.text(0)) + ".");
  }

  void check_documents() {
    Statement row = select(
        "SELECT d.number, coalesce(d.id, d.base), d.sha256, x.text, r.sha256, r.json, d.title,"
        " d.date, d.source, d.author, d.url, d.language FROM documents d LEFT JOIN texts x ON"
        " x.document = d.number LEFT JOIN records r ON r.document = d.number ORDER BY d.number");
    while (row.step()) {
      ++result_.documents;
      const std::string name = "The document " + std::string(row.text(1));
      if (row.is_null(3) || row.is_null(5)) {
        fault(name + " has no text or no record.");
        continue;
      }
      const std::string_view text = row.text(3);
      if (core::sha256_hex(text) != row.text(2)) fault(name + " has a text that was changed.");
      if (!row.text(4).empty() && core::sha256_hex(row.text(5)) != row.text(4))
        fault(name + " has a record that was changed.");
      attempt([&] { check_record(row, name, text); });
    }
  }

  void check_record(const Statement& row, const std::string& name, std::string_view text) {
    const doc::Record record = doc::record_from_json(row.text(5), ontology_);
    const doc::Metadata& m = record.meta;
    if (m.sha256 != row.text(2) || m.title != row.text(6) || m.date != row.text(7) ||
        m.source != row.text(8) || m.author != row.text(9) || m.url != row.text(10) ||
        m.language != row.text(11))
      fault(name + " and its record have different titles, dates or sources.");
    using Key = std::tuple<int64_t, int64_t, std::string, std::string, std::string, std::string>;
    std::set<Key> said;
    for (const doc::Fact& fact : record.facts)
      for (const doc::Evidence& e : fact.evidence) {
        if (!lies_in(text, e.span.begin, e.span.end))
          fault(name + " has evidence outside its text, at byte " + std::to_string(e.span.begin) +
                ".");
        said.insert({e.span.begin, e.span.end, e.rule, std::string(doc::name(e.modality)),
                     std::string(doc::name(e.polarity)), e.time});
      }
    for (const core::ByteSpan s : record.sentences)
      if (!lies_in(text, s.begin, s.end))
        fault(name + " has a sentence outside its text, at byte " + std::to_string(s.begin) + ".");
    // Format 1 had no such table.
    if (!row.text(4).empty() && !has_sentences(row.integer(0), record.sentences))
      fault(name + " has other sentences in the table for search than in its record.");
    Statement evidence = select(
        "SELECT \"begin\", \"end\", rule, modality, polarity, time FROM evidence WHERE document ="
        " ?");
    evidence.bind(1, row.integer(0));
    while (evidence.step()) {
      ++result_.evidence;
      if (!lies_in(text, evidence.integer(0), evidence.integer(1)))
        fault(name + " has evidence in the graph that lies outside its text.");
      else if (!said.contains({evidence.integer(0), evidence.integer(1),
                               std::string(evidence.text(2)), std::string(evidence.text(3)),
                               std::string(evidence.text(4)), std::string(evidence.text(5))}))
        fault(name + " has evidence in the graph that its record does not have, at byte " +
              std::to_string(evidence.integer(0)) + ".");
    }
  }

  bool has_sentences(int64_t document, const std::vector<core::ByteSpan>& sentences) const {
    Statement row =
        select("SELECT \"begin\", \"end\" FROM sentences WHERE document = ? ORDER BY number");
    row.bind(1, document);
    for (const core::ByteSpan s : sentences)
      if (s.begin < s.end && (!row.step() || row.integer(0) != s.begin || row.integer(1) != s.end))
        return false;
    return !row.step();
  }

  void check_references() {
    struct Reference {
      const char* what;
      const char* count;  // SQL that counts the wrong ones
    };
    static constexpr Reference kReferences[] = {
        {"aliases belong to no entity",
         "SELECT count(*) FROM aliases WHERE entity NOT IN (SELECT number FROM entities)"},
        {"facts begin or end at no entity",
         "SELECT count(*) FROM edges WHERE source NOT IN (SELECT number FROM entities) OR target "
         "NOT"
         " IN (SELECT number FROM entities)"},
        {"places or pairs that may be the same belong to no entity",
         "SELECT (SELECT count(*) FROM places WHERE entity NOT IN (SELECT number FROM entities)) + "
         "(SELECT count(*) FROM maybe_same WHERE a NOT IN (SELECT number FROM entities) OR b NOT "
         "IN "
         "(SELECT number FROM entities))"},
        {"values belong to no entity",
         "SELECT count(*) FROM attributes WHERE entity NOT IN (SELECT number FROM entities)"},
        {"pieces of evidence belong to no fact",
         "SELECT count(*) FROM evidence WHERE (edge IS NOT NULL AND edge NOT IN (SELECT number FROM"
         " edges)) OR (attribute IS NOT NULL AND attribute NOT IN (SELECT number FROM "
         "attributes))"},
        {"pieces of evidence come from no document of the graph",
         "SELECT count(*) FROM evidence WHERE document NOT IN (SELECT number FROM documents WHERE "
         "id"
         " IS NOT NULL)"},
        {"facts have no evidence",
         "SELECT (SELECT count(*) FROM edges WHERE number NOT IN (SELECT edge FROM evidence WHERE"
         " edge IS NOT NULL)) + (SELECT count(*) FROM attributes WHERE number NOT IN (SELECT"
         " attribute FROM evidence WHERE attribute IS NOT NULL))"},
        {"speakers are no entity",
         "SELECT count(*) FROM evidence WHERE speaker IS NOT NULL AND speaker NOT IN (SELECT id "
         "FROM"
         " entities)"},
        {"sentences belong to no document",
         "SELECT count(*) FROM sentences WHERE document NOT IN (SELECT number FROM documents)"},
        {"texts or records belong to no document",
         "SELECT (SELECT count(*) FROM texts WHERE document NOT IN (SELECT number FROM documents)) "
         "+"
         " (SELECT count(*) FROM records WHERE document NOT IN (SELECT number FROM documents))"},
    };
    for (const Reference& r : kReferences)
      attempt([&] {
        Statement row = select(r.count);
        if (row.step() && row.integer(0) > 0)
          fault(std::to_string(row.integer(0)) + " " + r.what + ".");
      });
  }

  void check_rows() {
    if (const std::string said = store_.check_documents(); !said.empty()) fault(said);
  }

  void check_digest() {
    const std::string noted = store_.meta(kGraphDigest);
    if (!noted.empty() && noted != graph_digest(store_))
      fault("The graph is not what was written: its tables have another checksum.");
  }

  void check_columns() {
    if (std::string said = columns_fault(store_, ontology_); !said.empty()) fault(std::move(said));
  }

  void check_search() {
    if (const std::string said = store_.check_search(); !said.empty()) fault(said);
  }

  const store::Store& store_;
  const schema::Ontology& ontology_;
  Verification result_;
};

}  // namespace

Verification verify(const store::Store& store, const schema::Ontology& ontology) {
  std::optional<store::Snapshot> state;  // a build that ends meanwhile is no damage
  try {
    state.emplace(store);
  } catch (const core::SetupError&) {
    // The checks say what can't be read.
  }
  return Verifier(store, ontology).run();
}

}  // namespace weft::graph
