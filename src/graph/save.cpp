// The graph to its tables. Rows are written as they come, in the graph's own order, and numbered
// from 1; edges' evidence stands before that of attributes. Each table's checksum is made on the
// way. Nothing is held but where each document is. O(rows).
#include <chrono>

#include "graph/graph_columns.h"
#include "graph/load.h"
#include "graph/text_list.h"
#include "store/digest.h"
#include "store/tables.h"

namespace weft::graph {

namespace {

using store::DigestingInsert;
using store::Statement;

int64_t row_of(size_t index) { return static_cast<int64_t>(index) + 1; }

void add(DigestingInsert& s, const Qualifiers& q) {
  s.add(doc::name(q.modality)).add(doc::name(q.polarity)).add_optional(q.time);
  s.add_optional(q.speaker).add(static_cast<double>(q.confidence));
}

std::string joined(const std::vector<std::string>& keys) {
  std::string out;
  for (const std::string& key : keys) out += (out.empty() ? "" : "|") + key;
  return out;
}

/// Adds up the time for which it lives.
class Watch {
 public:
  explicit Watch(double& seconds) : seconds_(seconds) {}
  ~Watch() { seconds_ += std::chrono::duration<double>(Clock::now() - start_).count(); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  using Clock = std::chrono::steady_clock;
  double& seconds_;
  Clock::time_point start_ = Clock::now();
};

class Writer : public GraphSink {
 public:
  Writer(store::Store& store, const schema::Ontology& ontology)
      : store_(store),
        ontology_(ontology),
        entity_(store.database(), "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?)"),
        alias_(store.database(), "INSERT INTO aliases VALUES (?, ?, ?, ?)"),
        edge_(store.database(), "INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        attribute_(store.database(), "INSERT INTO attributes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        evidence_(store.database(),
                  "INSERT INTO evidence VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        place_(store.database(), "INSERT INTO places VALUES (?, ?, ?, ?)"),
        maybe_same_(store.database(), "INSERT INTO maybe_same VALUES (?, ?, ?, ?)") {
    Statement row(store.database(),
                  "SELECT id, number FROM documents WHERE id IS NOT NULL ORDER BY id");
    while (row.step()) {
      documents_.add(row.text(0));
      numbers_.push_back(row.integer(1));
    }
  }

  void node(Node&& n) override {
    const Watch watch(seconds_);
    const int64_t number = row_of(nodes_++);
    entity_.add(number).add(n.id).add(ontology_[n.type].name).add_optional(n.kind);
    entity_.add(n.label).add(int64_t{n.mentions}).add(int64_t{n.documents}).run();
    for (size_t a = 0; a < n.aliases.size(); ++a)
      alias_.add(number)
          .add(row_of(a))
          .add(n.aliases[a].form)
          .add(int64_t{n.aliases[a].count})
          .run();
    if (n.place.empty()) return;
    place_.add(number).add_optional(n.place.geonames).add_optional(n.place.iso);
    place_.add_optional(joined(n.place.within)).run();
  }

  void maybe_same(MaybeSame&& m) override {
    const Watch watch(seconds_);
    maybe_same_.add(row_of(doubts_++)).add(row_of(m.a)).add(row_of(m.b)).add(m.reason).run();
  }

  void edge(Edge&& e) override {
    const Watch watch(seconds_);
    const int64_t number = row_of(edges_++);
    edge_.add(number).add(e.id).add(row_of(e.source)).add(ontology_[e.relation].name);
    edge_.add(row_of(e.target));
    add(edge_, e.summary);
    edge_.add(int64_t{e.weight}).run();
    for (const EvidenceItem& item : e.evidence) {
      evidence_.add(number).add_null();
      write(item);
    }
  }

  void attribute(NodeIndex node, Attribute&& a) override {
    const Watch watch(seconds_);
    const int64_t number = row_of(attributes_++);
    attribute_.add(number).add(row_of(node)).add(ontology_[a.relation].name).add(a.value);
    add(attribute_, a.summary);
    attribute_.run();
    for (const EvidenceItem& item : a.evidence) {
      evidence_.add_null().add(number);
      write(item);
    }
  }

  void note_digest() {
    std::string digest;
    for (const DigestingInsert* table :
         {&entity_, &alias_, &edge_, &attribute_, &evidence_, &place_, &maybe_same_})
      digest += table->digest().hex();
    store_.set_meta(kGraphDigest, digest);
  }

  double seconds() const { return seconds_; }

 private:
  /// The owner is bound already.
  void write(const EvidenceItem& item) {
    const uint32_t document = documents_.find(item.document);
    if (document == documents_.size())
      throw damage(store_, "evidence points to the unknown document " + item.document);
    evidence_.add(numbers_[document]).add(int64_t{item.span.begin}).add(int64_t{item.span.end});
    evidence_.add(item.rule)
        .add(static_cast<double>(item.confidence))
        .add(doc::name(item.modality));
    evidence_.add(doc::name(item.polarity))
        .add_optional(item.time)
        .add_optional(item.speaker)
        .run();
  }

  store::Store& store_;
  const schema::Ontology& ontology_;
  TextList documents_;  // in order
  std::vector<int64_t> numbers_;
  size_t nodes_ = 0, doubts_ = 0, edges_ = 0, attributes_ = 0;
  double seconds_ = 0;
  DigestingInsert entity_, alias_, edge_, attribute_, evidence_, place_, maybe_same_;
};

/// Gives a graph in memory.
void give(const Graph& graph, GraphSink& sink) {
  for (const Node& n : graph.nodes) sink.node(Node(n));
  for (const MaybeSame& m : graph.maybe_same) sink.maybe_same(MaybeSame(m));
  for (const Edge& e : graph.edges) sink.edge(Edge(e));
  for (NodeIndex n = 0; n < graph.nodes.size(); ++n)
    for (const Attribute& a : graph.nodes[n].attributes) sink.attribute(n, Attribute(a));
}

/// Seconds that writing took, whatever `give` did in between.
template <class Give>
double save_what(store::Store& store, const schema::Ontology& ontology, Give give_to) {
  double seconds = 0;
  store::Database& database = store.database();
  {
    const Watch watch(seconds);
    if (!database.in_transaction()) database.execute("BEGIN IMMEDIATE");
    database.execute(store::kDropGraph);
  }
  Writer writer(store, ontology);
  give_to(writer);
  const Watch watch(seconds);
  writer.note_digest();
  database.execute(store::kGraphIndices);
  save_columns(store, ontology);
  return seconds + writer.seconds();
}

}  // namespace

void save(store::Store& store, const Graph& graph, const schema::Ontology& ontology) {
  save_what(store, ontology, [&](GraphSink& sink) { give(graph, sink); });
}

double save(store::Store& store, Resolution& resolution, const schema::Ontology& ontology) {
  return save_what(store, ontology, [&](GraphSink& sink) { resolution.write(sink); });
}

std::string graph_digest(const store::Store& store) {
  std::string out;
  for (const char* sql :
       {"SELECT * FROM entities ORDER BY number", "SELECT * FROM aliases ORDER BY entity, position",
        "SELECT * FROM edges ORDER BY number", "SELECT * FROM attributes ORDER BY number",
        "SELECT edge, attribute, document, \"begin\", \"end\", rule, confidence,"
        " modality, polarity, time, speaker FROM evidence ORDER BY number",
        "SELECT * FROM places ORDER BY entity", "SELECT * FROM maybe_same ORDER BY number"}) {
    store::Digest digest;
    Statement row(store.database(), sql);
    while (row.step()) digest.row(row);
    out += digest.hex();
  }
  return out;
}

}  // namespace weft::graph
