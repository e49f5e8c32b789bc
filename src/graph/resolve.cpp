// Builds the graph: records sorted by document id, entities clustered (cluster.cpp) and named
// (nodes.cpp), then every fact filed under (subject, relation, object) and fused (fuse.cpp). Facts
// are filed by sorting one flat list, so that nothing depends on the order in which documents came.
// O(n log n) in the pieces of evidence; one text is held at a time.
#include "graph/resolve.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "core/sha256.h"
#include "graph/cluster.h"
#include "graph/decide.h"
#include "graph/fuse.h"
#include "graph/near_copies.h"
#include "graph/nodes.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::graph {

namespace {

/// One piece of evidence under the key of its fact.
struct Filed {
  NodeIndex source = kNoNode;
  uint32_t rank = 0;  // of the relation, by name
  NodeIndex target = kNoNode;
  std::string key;  // folded value of a text-valued fact
  std::string value;
  Piece piece;

  auto fact() const { return std::tie(source, rank, target, key); }
};

/// Relations in order of name.
std::vector<schema::RelationId> relations_by_name(const schema::Ontology& ontology) {
  std::vector<schema::RelationId> order;
  for (uint16_t i = 0; i < ontology.relations().size(); ++i) order.emplace_back(i);
  std::sort(order.begin(), order.end(),
            [&](auto a, auto b) { return ontology[a].name < ontology[b].name; });
  return order;
}

bool lies_in(std::string_view text, core::ByteSpan span) {
  return span.end <= text.size() && text::is_char_border(text, span.begin) &&
         text::is_char_border(text, span.end);
}

/// What names the source of each record: the first of its near copies.
std::vector<std::string_view> sources_of(SortedRecords sorted, ResolveSummary& summary) {
  const std::vector<uint32_t> groups = near_copies(sorted);
  std::vector<std::string_view> out;
  std::map<uint32_t, std::vector<std::string>> copies;
  for (uint32_t i = 0; i < groups.size(); ++i) {
    const doc::Metadata& meta = sorted[groups[i]]->meta;
    out.push_back(meta.sha256.empty() ? meta.id : meta.sha256);
    if (groups[i] == i) continue;
    std::vector<std::string>& group = copies[groups[i]];
    if (group.empty()) group.push_back(meta.id);
    group.push_back(sorted[i]->meta.id);
  }
  for (auto& [first, group] : copies) summary.near_copies.push_back(std::move(group));
  return out;
}

class Filer {
 public:
  Filer(const Graph& graph, const schema::Ontology& ontology,
        const std::vector<schema::RelationId>& relations, ResolveSummary& summary)
      : graph_(graph), ontology_(ontology), rank_(relations.size()), summary_(summary) {
    for (uint32_t i = 0; i < relations.size(); ++i) rank_[relations[i].value] = i;
  }

  /// `node_of` maps the record's entities to nodes.
  void add(const doc::Record& record, std::string_view source,
           const std::vector<NodeIndex>& node_of, const std::string* text) {
    for (const doc::Fact& fact : record.facts) {
      if (fact.subject >= node_of.size() || fact.relation.value >= rank_.size()) continue;
      const bool has_object = fact.object < node_of.size();
      if (!has_object && fact.value.empty()) continue;
      Filed filed;
      filed.source = node_of[fact.subject];
      filed.rank = rank_[fact.relation.value];
      if (has_object) {
        filed.target = node_of[fact.object];
        if (filed.source == filed.target) {
          ++summary_.self_loops;
          continue;
        }
        if (ontology_[fact.relation].symmetric && filed.target < filed.source)
          std::swap(filed.source, filed.target);
      } else {
        filed.key = text::fold(fact.value);
        filed.value = fact.value;
      }
      for (const doc::Evidence& e : fact.evidence) add(record, source, node_of, text, e, filed);
    }
  }

  std::vector<Filed> take() { return std::move(filed_); }

 private:
  void add(const doc::Record& record, std::string_view source,
           const std::vector<NodeIndex>& node_of, const std::string* text, const doc::Evidence& e,
           Filed filed) {
    if (e.span.begin >= e.span.end || (text && !lies_in(*text, e.span))) {
      ++summary_.broken_evidence;
      return;
    }
    EvidenceItem& item = filed.piece.item;
    item.document = record.meta.id;
    item.span = e.span;
    if (text) item.text = text->substr(e.span.begin, e.span.size());
    item.rule = e.rule;
    item.confidence = e.confidence;
    item.modality = e.modality;
    item.polarity = e.polarity;
    item.time = e.time;
    if (e.speaker < node_of.size()) item.speaker = graph_.nodes[node_of[e.speaker]].id;
    filed.piece.content = source;
    filed.piece.sentence = e.sentence;
    filed_.push_back(std::move(filed));
  }

  const Graph& graph_;
  const schema::Ontology& ontology_;
  std::vector<uint32_t> rank_;
  ResolveSummary& summary_;
  std::vector<Filed> filed_;
};

std::string edge_id(const Graph& graph, const Edge& edge, const schema::Ontology& ontology) {
  constexpr size_t kDigits = 16;
  return core::sha256_hex(graph.nodes[edge.source].id + " " + ontology[edge.relation].name + " " +
                          graph.nodes[edge.target].id)
      .substr(0, kDigits);
}

/// The spelling of a value that most evidence has, of several the first in byte order.
std::string usual_value(const std::vector<Filed>& filed, size_t begin, size_t end) {
  std::map<std::string_view, uint32_t> counts;
  for (size_t i = begin; i < end; ++i) ++counts[filed[i].value];
  return std::string(
      std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
        return a.second < b.second;
      })->first);
}

void add_facts(Graph& graph, std::vector<Filed> filed, const schema::Ontology& ontology,
               const std::vector<schema::RelationId>& relations) {
  std::stable_sort(filed.begin(), filed.end(),
                   [](const Filed& a, const Filed& b) { return a.fact() < b.fact(); });
  for (size_t begin = 0, end = 0; begin < filed.size(); begin = end) {
    while (end < filed.size() && filed[end].fact() == filed[begin].fact()) ++end;
    const Filed& first = filed[begin];
    std::vector<Piece> pieces;
    for (size_t i = begin; i < end; ++i) pieces.push_back(std::move(filed[i].piece));
    Fused fused = fuse(std::move(pieces));
    if (first.target == kNoNode) {
      graph.nodes[first.source].attributes.push_back(
          {relations[first.rank], usual_value(filed, begin, end), std::move(fused.summary),
           std::move(fused.evidence)});
      continue;
    }
    Edge edge;
    edge.source = first.source;
    edge.target = first.target;
    edge.relation = relations[first.rank];
    edge.summary = std::move(fused.summary);
    edge.weight = fused.weight;
    edge.evidence = std::move(fused.evidence);
    edge.id = edge_id(graph, edge, ontology);
    graph.edges.push_back(std::move(edge));
  }
}

}  // namespace

Graph resolve(std::span<const doc::Record> records, const TextOf& text_of,
              const schema::Ontology& ontology, const schema::Gazetteer* gazetteer,
              ResolveSummary* summary, std::span<const store::Decision> decisions) {
  std::vector<const doc::Record*> sorted;
  for (const doc::Record& r : records) sorted.push_back(&r);
  std::sort(sorted.begin(), sorted.end(), [](const doc::Record* a, const doc::Record* b) {
    return std::tie(a->meta.id, a->meta.sha256) < std::tie(b->meta.id, b->meta.sha256);
  });
  Clusters clusters = cluster(sorted, ontology, gazetteer, decisions);

  Graph graph;
  for (const doc::Record* r : sorted) graph.documents.push_back(r->meta);
  std::vector<Node> drafts = make_nodes(sorted, clusters, ontology, gazetteer);
  if (const std::vector<std::string> ids = join_decided(clusters, drafts, decisions); !ids.empty())
    drafts = make_nodes(sorted, clusters, ontology, gazetteer, &ids);
  std::vector<uint32_t> order(drafts.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return drafts[a].id < drafts[b].id; });
  std::vector<NodeIndex> node_of_cluster(drafts.size());
  for (uint32_t c : order) {
    node_of_cluster[c] = static_cast<NodeIndex>(graph.nodes.size());
    graph.nodes.push_back(std::move(drafts[c]));
  }

  ResolveSummary counts;
  const std::vector<schema::RelationId> relations = relations_by_name(ontology);
  const std::vector<std::string_view> sources = sources_of(sorted, counts);
  Filer filer(graph, ontology, relations, counts);
  for (size_t r = 0; r < sorted.size(); ++r) {
    if (sorted[r]->facts.empty()) continue;
    std::vector<NodeIndex> node_of;
    for (uint32_t c : clusters.cluster_of[r]) node_of.push_back(node_of_cluster[c]);
    std::string text;
    if (text_of) text = text_of(sorted[r]->meta.id);
    filer.add(*sorted[r], sources[r], node_of, text_of ? &text : nullptr);
  }
  add_facts(graph, filer.take(), ontology, relations);
  if (summary) *summary = counts;
  return graph;
}

}  // namespace weft::graph
