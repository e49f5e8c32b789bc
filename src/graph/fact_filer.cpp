// Facts wait in a spool until it is known which entities are one node; then each piece of evidence
// is filed under (subject, relation, object) by an external sort, and what has one key is fused
// (fuse.cpp). Keys are numbers with their most significant byte first, so that they sort as bytes;
// edges come before attributes. Of the facts only those of one key are ever in memory. O(n log n)
// in the pieces of evidence.
#include "graph/fact_filer.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/external_sort.h"
#include "core/sha256.h"
#include "graph/fuse.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::graph {

namespace {

using core::Packer;
using core::Unpacker;

constexpr size_t kSpoolMemory = size_t{8} << 20;
constexpr size_t kSortMemory = size_t{48} << 20;

enum Kind : char { kEdge, kAttribute };

bool lies_in(std::string_view text, core::ByteSpan span) {
  return span.end <= text.size() && text::is_char_border(text, span.begin) &&
         text::is_char_border(text, span.end);
}

template <class Int>
void put_sortable(std::string& key, Int value) {
  for (int shift = 8 * (int{sizeof(Int)} - 1); shift >= 0; shift -= 8)
    key += static_cast<char>(value >> shift);
}

template <class Int>
Int take_sortable(std::string_view& key) {
  Int value = 0;
  for (size_t i = 0; i < sizeof(Int); ++i)
    value = static_cast<Int>(value << 8 | static_cast<unsigned char>(key[i]));
  key.remove_prefix(sizeof(Int));
  return value;
}

std::string edge_id(std::string_view source, std::string_view relation, std::string_view target) {
  constexpr size_t kDigits = 16;
  std::string fact(source);
  ((fact += ' ') += relation) += ' ';
  return core::sha256_hex(fact += target).substr(0, kDigits);
}

/// The spelling of a value that most evidence has, of several the first in byte order.
std::string usual_value(const std::vector<std::string>& values) {
  std::map<std::string_view, uint32_t> counts;
  for (const std::string& v : values) ++counts[v];
  return std::string(
      std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
        return a.second < b.second;
      })->first);
}

}  // namespace

FactFiler::FactFiler(const schema::Ontology& ontology)
    : ontology_(ontology), rank_(ontology.relations().size()), spool_(kSpoolMemory) {
  for (uint16_t i = 0; i < rank_.size(); ++i) by_name_.emplace_back(i);
  std::sort(by_name_.begin(), by_name_.end(),
            [&](auto a, auto b) { return ontology[a].name < ontology[b].name; });
  for (uint16_t i = 0; i < rank_.size(); ++i) rank_[by_name_[i].value] = i;
}

void FactFiler::add(const doc::Record& record, uint32_t number, uint32_t first,
                    const std::string* text) {
  const auto entity = [&](doc::LocalEntity e) -> uint64_t {  // 0: none
    return e < record.entities.size() ? uint64_t{first} + e + 1 : 0;
  };
  Packer fact, pieces, piece;
  for (const doc::Fact& f : record.facts) {
    if (entity(f.subject) == 0 || f.relation.value >= rank_.size()) continue;
    if (entity(f.object) == 0 && f.value.empty()) continue;
    uint64_t broken = 0;
    pieces.clear();
    for (const doc::Evidence& e : f.evidence) {
      if (e.span.begin >= e.span.end || (text && !lies_in(*text, e.span))) {
        ++broken;
        continue;
      }
      piece.clear();
      piece.number(e.span.begin).number(e.span.size()).number(e.sentence);
      piece.number(rules_.intern(e.rule)).real(e.confidence);
      piece.number(static_cast<uint64_t>(e.modality)).number(static_cast<uint64_t>(e.polarity));
      piece.text(e.time);
      if (text) piece.text(std::string_view(*text).substr(e.span.begin, e.span.size()));
      pieces.number(entity(e.speaker)).text(piece.bytes());
    }
    fact.clear();
    fact.number(number).number(entity(f.subject)).number(f.relation.value);
    fact.number(entity(f.object)).text(f.value).number(broken);
    spool_.add(fact.bytes(), pieces.bytes());
  }
}

/// The pieces of evidence of all facts under the numbers of nodes.
class FactFiler::Sorted {
 public:
  Sorted(const FactFiler& filer, const Names& names)
      : filer_(filer), names_(names), sort_(kSortMemory) {}

  void add(std::string_view record) {
    Unpacker fact(record);
    const uint64_t document = fact.number();
    NodeIndex source = node(fact.number());
    const auto relation = static_cast<uint16_t>(fact.number());
    NodeIndex target = node(fact.number());
    const std::string_view value = fact.text();
    if (source == target) {
      ++counts_.self_loops;
      return;
    }
    counts_.broken_evidence += fact.number();
    const bool edge = target != kNoNode;
    if (edge && filer_.ontology_[schema::RelationId(relation)].symmetric && target < source)
      std::swap(source, target);
    std::string key(1, edge ? kEdge : kAttribute);
    put_sortable(key, source);
    put_sortable(key, filer_.rank_[relation]);
    if (edge)
      put_sortable(key, target);
    else
      key += text::fold(value);
    Packer item;
    while (!fact.rest().empty()) {
      const uint64_t speaker = fact.number();
      item.clear();
      item.number(document).number(speaker == 0 ? 0 : uint64_t{node(speaker)} + 1);
      item.text(edge ? std::string_view() : value).text(fact.text());
      sort_.add(key, item.bytes());
    }
  }

  Counts write(GraphSink& sink) {
    std::string key;
    std::vector<Piece> pieces;
    std::vector<std::string> values;
    for (bool more = sort_.next(); more;) {
      key = sort_.key();
      pieces.clear();
      values.clear();
      for (; more && sort_.key() == key; more = sort_.next())
        pieces.push_back(piece(sort_.value(), values));
      give(key, fuse(std::move(pieces)), values, sink);
    }
    return counts_;
  }

 private:
  NodeIndex node(uint64_t entity) const {
    return entity == 0 ? kNoNode : names_.node_of[entity - 1];
  }

  Piece piece(std::string_view bytes, std::vector<std::string>& values) const {
    Unpacker item(bytes);
    Piece piece;
    const auto document = static_cast<uint32_t>(item.number());
    piece.content = names_.source(document);
    piece.item.document = names_.document(document);
    if (const uint64_t speaker = item.number(); speaker != 0)
      piece.item.speaker = names_.ids[speaker - 1];
    values.emplace_back(item.text());
    Unpacker said(item.text());
    piece.item.span.begin = static_cast<uint32_t>(said.number());
    piece.item.span.end = piece.item.span.begin + static_cast<uint32_t>(said.number());
    piece.sentence = static_cast<uint32_t>(said.number());
    piece.item.rule = filer_.rules_[static_cast<core::StringId>(said.number())];
    piece.item.confidence = said.real();
    piece.item.modality = static_cast<doc::Modality>(said.number());
    piece.item.polarity = static_cast<doc::Polarity>(said.number());
    piece.item.time = said.text();
    piece.item.text = said.text();
    return piece;
  }

  void give(std::string_view key, Fused fused, const std::vector<std::string>& values,
            GraphSink& sink) const {
    const bool is_edge = key[0] == kEdge;
    key.remove_prefix(1);
    const auto source = take_sortable<NodeIndex>(key);
    const auto relation = filer_.by_name_[take_sortable<uint16_t>(key)];
    if (!is_edge) {
      sink.attribute(source, {relation, usual_value(values), std::move(fused.summary),
                              std::move(fused.evidence)});
      return;
    }
    Edge edge;
    edge.source = source;
    edge.target = take_sortable<NodeIndex>(key);
    edge.relation = relation;
    edge.id = edge_id(names_.ids[source], filer_.ontology_[relation].name, names_.ids[edge.target]);
    edge.summary = std::move(fused.summary);
    edge.weight = fused.weight;
    edge.evidence = std::move(fused.evidence);
    sink.edge(std::move(edge));
  }

  const FactFiler& filer_;
  const Names& names_;
  core::ExternalSort sort_;
  Counts counts_;
};

FactFiler::Counts FactFiler::write(const Names& names, GraphSink& sink) {
  Sorted sorted(*this, names);
  for (auto facts = spool_.read(0, spool_.end()); facts.next();) sorted.add(facts.record());
  { const core::Spool done = std::move(spool_); }  // gives its file back
  return sorted.write(sink);
}

}  // namespace weft::graph
