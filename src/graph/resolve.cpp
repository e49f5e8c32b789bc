// Builds the graph: entities clustered (cluster.cpp) and named (nodes.cpp), what may be the same
// (doubts.cpp), then every fact filed under (subject, relation, object) and fused (fact_filer.cpp).
// Nothing depends on the order in which documents came to be known: they are taken in order of id.
// O(n log n) in entities and pieces of evidence; one record and one text are held at a time.
#include "graph/resolve.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "graph/decide.h"
#include "graph/doubts.h"
#include "graph/nodes.h"
#include "text/fold.h"

namespace weft::graph {

namespace {

bool is_side(const Node& node, const store::Decision::Side& side,
             const schema::Ontology& ontology) {
  return node.id == side.id || (ontology[node.type].name == side.type &&
                                text::name_key(node.label) == text::name_key(side.name));
}

/// Parts of a graph in memory.
class Builder : public GraphSink {
 public:
  explicit Builder(Graph& graph) : graph_(graph) {}
  void node(Node&& node) override { graph_.nodes.push_back(std::move(node)); }
  void maybe_same(MaybeSame&& pair) override { graph_.maybe_same.push_back(std::move(pair)); }
  void edge(Edge&& edge) override { graph_.edges.push_back(std::move(edge)); }
  void attribute(NodeIndex node, Attribute&& attribute) override {
    graph_.nodes[node].attributes.push_back(std::move(attribute));
  }

 private:
  Graph& graph_;
};

std::vector<const doc::Record*> sorted(std::span<const doc::Record> records) {
  std::vector<const doc::Record*> out;
  for (const doc::Record& r : records) out.push_back(&r);
  std::sort(out.begin(), out.end(), [](const doc::Record* a, const doc::Record* b) {
    return std::tie(a->meta.id, a->meta.sha256) < std::tie(b->meta.id, b->meta.sha256);
  });
  return out;
}

/// `record_at` gives a record by its number.
template <class RecordAt>
Joints joints(const std::set<std::string>& ids, const Resolution& resolution, RecordAt record_at) {
  Joints out;
  std::map<uint32_t, std::shared_ptr<const doc::Record>> records;
  for (const std::string& id : ids) out[id];
  for (NodeIndex n = 0; n < resolution.nodes(); ++n) {
    const auto wanted = out.find(resolution.id(n));
    if (wanted == out.end()) continue;
    for (const Resolution::Part& part : resolution.parts(n)) {
      auto& record = records[part.record];
      if (!record) record = record_at(part.record);
      if (record) wanted->second.push_back({record, part.entity, part.rule});
    }
  }
  return out;
}

}  // namespace

Resolution::Resolution(const schema::Ontology& ontology, const schema::Gazetteer* gazetteer,
                       std::span<const store::Decision> decisions)
    : ontology_(ontology),
      gazetteer_(gazetteer),
      decisions_(decisions.begin(), decisions.end()),
      entities_(ontology, gazetteer),
      facts_(ontology) {}

void Resolution::add(const doc::Record& record, const std::string* text) {
  const uint32_t number = documents(), first = entities_.size();
  ids_.add(record.meta.id);
  hashes_.add(record.meta.sha256);
  sketches_.add(record.sketch);
  entities_.add(record);
  facts_.add(record, number, first, text);
}

void Resolution::resolve() {
  find_near_copies();
  clusters_ = cluster(entities_, ontology_, decisions_);
  std::vector<std::string> ids =
      make_ids(entities_, clusters_, ontology_, [this](uint32_t r) { return ids_[r]; });
  if (auto joined = join_decided(clusters_, ids, decisions_); !joined.empty())
    ids = std::move(joined);
  cluster_.resize(ids.size());
  std::iota(cluster_.begin(), cluster_.end(), 0u);
  std::sort(cluster_.begin(), cluster_.end(),
            [&](uint32_t a, uint32_t b) { return ids[a] < ids[b]; });
  node_.resize(ids.size());
  for (NodeIndex n = 0; n < ids.size(); ++n) {
    node_[cluster_[n]] = n;
    node_ids_.push_back(std::move(ids[cluster_[n]]));
  }
}

void Resolution::find_near_copies() {
  source_ = std::exchange(sketches_, {}).near_copies();
  std::map<uint32_t, std::vector<std::string>> copies;
  for (uint32_t i = 0; i < source_.size(); ++i) {
    if (source_[i] == i) continue;
    std::vector<std::string>& group = copies[source_[i]];
    if (group.empty()) group.emplace_back(ids_[source_[i]]);
    group.emplace_back(ids_[i]);
  }
  for (auto& [first, group] : copies) summary_.near_copies.push_back(std::move(group));
}

std::vector<Resolution::Part> Resolution::parts(NodeIndex node) const {
  std::vector<Part> out;
  for (const uint32_t member : clusters_[cluster_[node]]) {
    const uint32_t record = entities_[member].record;
    out.push_back({record, member - entities_.first(record), clusters_.why[member]});
  }
  return out;
}

void Resolution::write(GraphSink& sink) {
  write_nodes(sink);
  write_doubts(sink);
  // Of the entities facts need their numbers alone.
  std::vector<NodeIndex> node_of = std::move(clusters_.cluster_of);
  for (uint32_t& n : node_of) n = node_[n];
  clusters_ = {};
  entities_ = LocalEntities(ontology_, gazetteer_);
  const FactFiler::Names names{node_of, node_ids_, [this](uint32_t r) { return ids_[r]; },
                               [this](uint32_t r) {
                                 const std::string_view hash = hashes_[source_[r]];
                                 return hash.empty() ? ids_[source_[r]] : hash;
                               }};
  const FactFiler::Counts counts = facts_.write(names, sink);
  summary_.self_loops = counts.self_loops;
  summary_.broken_evidence = counts.broken_evidence;
}

void Resolution::write_nodes(GraphSink& sink) const {
  for (NodeIndex n = 0; n < nodes(); ++n) {
    Node node = make_node(entities_, clusters_, cluster_[n], ontology_);
    node.id = node_ids_[n];
    sink.node(std::move(node));
  }
}

void Resolution::write_doubts(GraphSink& sink) {
  struct Pair {
    NodeIndex a, b;
    uint32_t doubt;
  };
  const Doubts doubts(entities_, clusters_, ontology_, gazetteer_);
  std::vector<Pair> pairs;
  for (const Doubt& d : doubts.all()) {
    const auto [a, b] = std::minmax(node_[d.a], node_[d.b]);
    pairs.push_back({a, b, static_cast<uint32_t>(pairs.size())});
  }
  std::sort(pairs.begin(), pairs.end(),
            [](const Pair& x, const Pair& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
  for (const Pair& p : pairs)
    if (!decided(p.a, p.b)) sink.maybe_same({p.a, p.b, doubts.told(doubts.all()[p.doubt])});
}

/// What people called different is no longer in doubt.
bool Resolution::decided(NodeIndex first, NodeIndex second) const {
  if (decisions_.empty()) return false;
  const auto made = [&](NodeIndex n) {
    Node node = make_node(entities_, clusters_, cluster_[n], ontology_);
    node.id = node_ids_[n];
    return node;
  };
  const Node a = made(first), b = made(second);
  return std::any_of(decisions_.begin(), decisions_.end(), [&](const store::Decision& d) {
    return d.kind == store::DecisionKind::different &&
           ((is_side(a, d.a, ontology_) && is_side(b, d.b, ontology_)) ||
            (is_side(b, d.a, ontology_) && is_side(a, d.b, ontology_)));
  });
}

Graph resolve(std::span<const doc::Record> records, const TextOf& text_of,
              const schema::Ontology& ontology, const schema::Gazetteer* gazetteer,
              ResolveSummary* summary, std::span<const store::Decision> decisions) {
  Graph graph;
  Resolution resolution(ontology, gazetteer, decisions);
  for (const doc::Record* r : sorted(records)) {
    graph.documents.push_back(r->meta);
    if (text_of && !r->facts.empty()) {
      const std::string text = text_of(r->meta.id);
      resolution.add(*r, &text);
    } else {
      resolution.add(*r);
    }
  }
  resolution.resolve();
  Builder builder(graph);
  resolution.write(builder);
  if (summary) *summary = resolution.summary();
  return graph;
}

Joints joints_of(const std::set<std::string>& ids, const store::Store& store,
                 const schema::Ontology& ontology, const schema::Gazetteer* gazetteer) {
  Resolution resolution(ontology, gazetteer, store.decisions());
  store.each_record(ontology, [&](doc::Record&& record) {
    for (doc::Fact& f : record.facts) f.evidence.clear();  // not asked for
    resolution.add(record);
  });
  resolution.resolve();
  return joints(ids, resolution, [&](uint32_t number) {
    auto record = store.record(resolution.document(number), ontology);
    return record ? std::make_shared<const doc::Record>(std::move(*record)) : nullptr;
  });
}

Joints joints_of(const std::set<std::string>& ids, std::span<const doc::Record> records,
                 const schema::Ontology& ontology, const schema::Gazetteer* gazetteer,
                 std::span<const store::Decision> decisions) {
  Resolution resolution(ontology, gazetteer, decisions);
  const std::vector<const doc::Record*> all = sorted(records);
  for (const doc::Record* r : all) resolution.add(*r);
  resolution.resolve();
  return joints(ids, resolution, [&](uint32_t number) {
    return std::shared_ptr<const doc::Record>(std::shared_ptr<void>(), all[number]);
  });
}

}  // namespace weft::graph
