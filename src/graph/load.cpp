// The graph to tables and back. Rows are written in the graph's own order and numbered from 1, so
// reading by number gives the same graph without sorting. Evidence is read in order of documents,
// with one text in memory at a time, and its words are cut out of that text. O(rows).
#include "graph/load.h"

#include <map>

#include "core/error.h"
#include "graph/fuse.h"
#include "store/digest.h"
#include "store/tables.h"

namespace weft::graph {

namespace {

using store::DigestingInsert;
using store::Statement;

[[noreturn]] void broken(const store::Store& store, const std::string& what) {
  throw core::SetupError(store.path().string() + " is damaged: " + what + ". Build it again.",
                         core::ExitCode::broken_file);
}

int64_t row_of(size_t index) { return static_cast<int64_t>(index) + 1; }

void add(DigestingInsert& s, const Qualifiers& q) {
  s.add(doc::name(q.modality)).add(doc::name(q.polarity)).add_optional(q.time);
  s.add_optional(q.speaker).add(static_cast<double>(q.confidence));
}

class Writer {
 public:
  explicit Writer(store::Store& store)
      : store_(store),
        entity_(store.database(), "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?)"),
        alias_(store.database(), "INSERT INTO aliases VALUES (?, ?, ?, ?)"),
        edge_(store.database(), "INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        attribute_(store.database(), "INSERT INTO attributes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        evidence_(store.database(),
                  "INSERT INTO evidence VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {
    Statement row(store.database(), "SELECT id, number FROM documents WHERE id IS NOT NULL");
    while (row.step()) documents_.emplace(row.text(0), row.integer(1));
  }

  void write(const Graph& graph, const schema::Ontology& ontology) {
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
      const Node& n = graph.nodes[i];
      entity_.add(row_of(i)).add(n.id).add(ontology[n.type].name).add_optional(n.kind);
      entity_.add(n.label).add(int64_t{n.mentions}).add(int64_t{n.documents}).run();
      for (size_t a = 0; a < n.aliases.size(); ++a)
        alias_.add(row_of(i))
            .add(row_of(a))
            .add(n.aliases[a].form)
            .add(int64_t{n.aliases[a].count})
            .run();
    }
    for (size_t i = 0; i < graph.edges.size(); ++i) {
      const Edge& e = graph.edges[i];
      edge_.add(row_of(i)).add(e.id).add(row_of(e.source)).add(ontology[e.relation].name);
      edge_.add(row_of(e.target));
      add(edge_, e.summary);
      edge_.add(int64_t{e.weight}).run();
      for (const EvidenceItem& item : e.evidence) {
        evidence_.add(row_of(i)).add_null();
        write(item);
      }
    }
    int64_t number = 0;
    for (size_t i = 0; i < graph.nodes.size(); ++i)
      for (const Attribute& a : graph.nodes[i].attributes) {
        attribute_.add(++number).add(row_of(i)).add(ontology[a.relation].name).add(a.value);
        add(attribute_, a.summary);
        attribute_.run();
        for (const EvidenceItem& item : a.evidence) {
          evidence_.add_null().add(number);
          write(item);
        }
      }
    store_.set_meta(kGraphDigest, entity_.digest().hex() + alias_.digest().hex() +
                                      edge_.digest().hex() + attribute_.digest().hex() +
                                      evidence_.digest().hex());
  }

 private:
  /// The owner is bound already.
  void write(const EvidenceItem& item) {
    const auto document = documents_.find(item.document);
    if (document == documents_.end())
      broken(store_, "evidence points to the unknown document " + item.document);
    evidence_.add(document->second).add(int64_t{item.span.begin}).add(int64_t{item.span.end});
    evidence_.add(item.rule)
        .add(static_cast<double>(item.confidence))
        .add(doc::name(item.modality));
    evidence_.add(doc::name(item.polarity))
        .add_optional(item.time)
        .add_optional(item.speaker)
        .run();
  }

  store::Store& store_;
  std::map<std::string, int64_t, std::less<>> documents_;
  DigestingInsert entity_, alias_, edge_, attribute_, evidence_;
};

class Reader {
 public:
  Reader(const store::Store& store, const schema::Ontology& ontology)
      : store_(store), ontology_(ontology) {}

  Graph read() {
    graph_.documents = store_.documents();
    read_nodes();
    read_edges();
    read_attributes();
    read_evidence();
    return std::move(graph_);
  }

 private:
  Statement select(std::string_view sql) const { return {store_.database(), sql}; }

  /// A row's reference to another table, as an index below `size`.
  uint32_t index(const Statement& row, int column, size_t size, const char* what) const {
    const int64_t number = row.integer(column);
    if (number < 1 || static_cast<uint64_t>(number) > size)
      broken(store_, std::string(what) + " is missing");
    return static_cast<uint32_t>(number - 1);
  }

  schema::RelationId relation(std::string_view name) const {
    const schema::RelationId id = ontology_.relation(name);
    if (!id) unknown("relation", name);
    return id;
  }

  [[noreturn]] void unknown(const char* what, std::string_view name) const {
    throw core::SetupError(
        store_.path().string() + " has the " + what + " \"" + std::string(name) +
            "\", which the schema in use does not know. Use the schema it was built with "
            "(--schema DIR), or build it again.",
        core::ExitCode::broken_file);
  }

  static Qualifiers qualifiers(const Statement& row, int first) {
    Qualifiers q;
    q.modality = doc::modality_from(row.text(first));
    q.polarity = doc::polarity_from(row.text(first + 1));
    q.time = row.text(first + 2);
    q.speaker = row.text(first + 3);
    q.confidence = rounded_confidence(row.real(first + 4));
    return q;
  }

  void read_nodes() {
    Statement row = select(
        "SELECT number, id, type, kind, label, mentions, documents FROM entities ORDER BY number");
    while (row.step()) {
      Node n;
      if (row.integer(0) != row_of(graph_.nodes.size())) broken(store_, "an entity is missing");
      n.id = row.text(1);
      n.type = ontology_.type(row.text(2));
      if (!n.type) unknown("type", row.text(2));
      n.kind = row.text(3);
      n.label = row.text(4);
      n.mentions = static_cast<uint32_t>(row.integer(5));
      n.documents = static_cast<uint32_t>(row.integer(6));
      graph_.nodes.push_back(std::move(n));
    }
    Statement alias = select("SELECT entity, form, count FROM aliases ORDER BY entity, position");
    while (alias.step())
      graph_.nodes[index(alias, 0, graph_.nodes.size(), "an entity")].aliases.push_back(
          {std::string(alias.text(1)), static_cast<uint32_t>(alias.integer(2))});
  }

  void read_edges() {
    Statement row = select(
        "SELECT number, id, source, relation, target, modality, polarity, time, speaker, "
        "confidence,"
        " weight FROM edges ORDER BY number");
    while (row.step()) {
      Edge e;
      if (row.integer(0) != row_of(graph_.edges.size())) broken(store_, "an edge is missing");
      e.id = row.text(1);
      e.source = index(row, 2, graph_.nodes.size(), "an entity");
      e.relation = relation(row.text(3));
      e.target = index(row, 4, graph_.nodes.size(), "an entity");
      e.summary = qualifiers(row, 5);
      e.weight = static_cast<uint32_t>(row.integer(10));
      graph_.edges.push_back(std::move(e));
    }
  }

  void read_attributes() {
    Statement row = select(
        "SELECT number, entity, relation, value, modality, polarity, time, speaker, confidence"
        " FROM attributes ORDER BY number");
    while (row.step()) {
      if (row.integer(0) != row_of(attributes_.size())) broken(store_, "an attribute is missing");
      const uint32_t node = index(row, 1, graph_.nodes.size(), "an entity");
      auto& list = graph_.nodes[node].attributes;
      attributes_.emplace_back(node, static_cast<uint32_t>(list.size()));
      list.push_back({relation(row.text(2)), std::string(row.text(3)), qualifiers(row, 4), {}});
    }
  }

  void read_evidence() {
    Statement row = select(
        "SELECT d.id, v.edge, v.attribute, v.\"begin\", v.\"end\", v.rule, v.modality, v.polarity,"
        " v.time, v.speaker, v.confidence FROM evidence v JOIN documents d ON d.number = v.document"
        " ORDER BY d.id, v.number");
    std::string document, text;
    bool any = false;
    while (row.step()) {
      if (!any || document != row.text(0)) {
        document = row.text(0);
        text = store_.text(document).value_or("");
        any = true;
      }
      EvidenceItem item;
      item.document = document;
      const int64_t begin = row.integer(3), end = row.integer(4);
      if (begin < 0 || begin > end || static_cast<uint64_t>(end) > text.size())
        broken(store_, "evidence lies outside its document " + document);
      item.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
      item.text = text.substr(item.span.begin, item.span.size());
      item.rule = row.text(5);
      const Qualifiers q = qualifiers(row, 6);
      item.modality = q.modality;
      item.polarity = q.polarity;
      item.time = q.time;
      item.speaker = q.speaker;
      item.confidence = q.confidence;
      if (!row.is_null(1)) {
        graph_.edges[index(row, 1, graph_.edges.size(), "an edge")].evidence.push_back(
            std::move(item));
      } else {
        const auto [node, place] = attributes_[index(row, 2, attributes_.size(), "an attribute")];
        graph_.nodes[node].attributes[place].evidence.push_back(std::move(item));
      }
    }
  }

  const store::Store& store_;
  const schema::Ontology& ontology_;
  Graph graph_;
  std::vector<std::pair<NodeIndex, uint32_t>> attributes_;  // by row: node and place in its list
};

}  // namespace

void save(store::Store& store, const Graph& graph, const schema::Ontology& ontology) {
  store::Database& database = store.database();
  if (!database.in_transaction()) database.execute("BEGIN IMMEDIATE");
  database.execute(store::kDropGraph);
  Writer(store).write(graph, ontology);
  database.execute(store::kGraphIndices);
}

std::string graph_digest(const store::Store& store) {
  std::string out;
  for (const char* sql :
       {"SELECT * FROM entities ORDER BY number", "SELECT * FROM aliases ORDER BY entity, position",
        "SELECT * FROM edges ORDER BY number", "SELECT * FROM attributes ORDER BY number",
        "SELECT edge, attribute, document, \"begin\", \"end\", rule, confidence,"
        " modality, polarity, time, speaker FROM evidence ORDER BY number"}) {
    store::Digest digest;
    Statement row(store.database(), sql);
    while (row.step()) digest.row(row);
    out += digest.hex();
  }
  return out;
}

Graph load(const store::Store& store, const schema::Ontology& ontology) {
  if (store.document_count() == 0 && store.waiting_count() > 0)
    throw core::SetupError(
        store.path().string() + " holds " + std::to_string(store.waiting_count()) +
            " documents but no graph yet: its build was stopped. Go on with: weft "
            "build -o STORE",
        core::ExitCode::broken_file);
  return Reader(store, ontology).read();
}

Graph load(const std::filesystem::path& path, const schema::Ontology& ontology) {
  return load(store::Store::open(path), ontology);
}

}  // namespace weft::graph
