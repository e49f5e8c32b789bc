// The property graph: nodes are entities, edges are facts, each with its evidence. A pure function
// of the set of Records.
//
// The only home of Boost.Graph is behind this header (boost headers stay in graph/*.cpp). Nodes are
// sorted by id and edges by (source, relation, target), so that everything derived from a Graph is
// deterministic. Immutable once built.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "doc/record.h"
#include "schema/ontology.h"

namespace weft::graph {

using NodeIndex = uint32_t;
using EdgeIndex = uint32_t;
inline constexpr NodeIndex kNoNode = 0xffffffffu;

struct EvidenceItem {
  std::string document;  // Metadata::id
  core::ByteSpan span;   // bytes of the document's text
  std::string text;      // exactly those bytes
  std::string rule;
  float confidence = 0;
  doc::Modality modality = doc::Modality::asserted;
  doc::Polarity polarity = doc::Polarity::positive;
  std::string time;
  std::string speaker;  // node id, or empty
};

/// Summary of a fact over all its evidence.
struct Qualifiers {
  doc::Modality modality = doc::Modality::asserted;
  doc::Polarity polarity = doc::Polarity::positive;
  std::string time;
  std::string speaker;  // node id, or empty
  float confidence = 0;
};

/// A fact whose object is text.
struct Attribute {
  schema::RelationId relation;
  std::string value;
  Qualifiers summary;
  std::vector<EvidenceItem> evidence;
};

/// What the gazetteer knows of a place beside its name: no document need say so.
struct PlaceReference {
  std::string geonames;             // number of GeoNames; empty if unknown
  std::string iso;                  // ISO 3166-1 alpha-2 or ISO 3166-2; empty if unknown
  std::vector<std::string> within;  // keys of what it lies in, the nearest first

  bool empty() const { return geonames.empty() && iso.empty() && within.empty(); }
};

struct Node {
  std::string id;  // "person/xi-jinping"; ASCII, stable from content
  schema::TypeId type;
  std::string kind;
  std::string label;
  std::vector<doc::Alias> aliases;  // most frequent first
  uint32_t mentions = 0;
  uint32_t documents = 0;
  std::vector<Attribute> attributes;
  PlaceReference place;
};

/// Two nodes that may be one thing, and why they were left apart. No fact: nobody says it.
struct MaybeSame {
  NodeIndex a = kNoNode, b = kNoNode;  // a < b
  std::string reason;                  // a sentence
};

/// One for each (subject, relation, object).
struct Edge {
  std::string id;  // "person/xi-jinping visited place/jiangsu" hashed; stable from content
  NodeIndex source = kNoNode;
  NodeIndex target = kNoNode;
  schema::RelationId relation;
  Qualifiers summary;
  uint32_t weight = 0;  // number of independent pieces of evidence
  std::vector<EvidenceItem> evidence;
};

struct Graph {
  std::vector<doc::Metadata> documents;  // sorted by id
  std::vector<Node> nodes;               // sorted by id
  std::vector<Edge> edges;               // sorted by (source id, relation name, target id)
  std::vector<MaybeSame> maybe_same;     // sorted by (a, b); one for each pair

  NodeIndex find(std::string_view id) const;  // by binary search; kNoNode if absent
};

}  // namespace weft::graph
