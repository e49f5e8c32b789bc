// The questions weft answers. Each takes a graph and gives a Table; none writes anything. Adding
// one: a .cpp, a line here, and a command that calls it. All functions are pure and may run in any
// number of threads.
//
// They throw SetupError (ExitCode::usage) for a relation, type, modality or date that does not
// exist, with the nearest one that does.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "query/names.h"
#include "query/table.h"
#include "text/day_range.h"

namespace weft::query {

/// What a question is asked of; both must outlive the call.
struct View {
  const graph::Graph& graph;
  const schema::Ontology& ontology;
};

struct FindOptions {
  std::string text;
  std::string type;  // only entities of this type; empty: all
};
/// Entities by name: label, type, kind, match, matched, mentions, documents, aliases, id.
Table find(View view, const NameIndex& names, const FindOptions& options);

/// One entity: what it is, its text values, the facts about it by relation, the facts that point to
/// it.
Table show(View view, graph::NodeIndex node);

struct NeighborOptions {
  unsigned depth = 1;                  // steps
  std::vector<std::string> relations;  // steps only along these, either way; empty: all
  std::vector<std::string>
      types;  // lists only entities of these types (steps go through all); empty: all
};
/// The entities within `depth` steps: one row for each edge that leads one step further away.
Table neighbors(View view, graph::NodeIndex node, const NeighborOptions& options);

/// A shortest path between two entities, whatever the direction of its edges; one row a step; no
/// rows if there is none.
Table path(View view, graph::NodeIndex from, graph::NodeIndex to,
           const std::vector<std::string>& relations = {});

struct FactFilter {
  std::optional<graph::NodeIndex> subject, object;
  std::string object_text;  // with no `object`: part of a text value, without case or accents
  std::vector<std::string> relations;
  std::vector<std::string> modalities;
  std::string since, until;  // ISO 8601 date, month, year; facts whose time overlaps; those without
                             // a time are left out
};
Table facts(View view, const FactFilter& filter);

/// The fact whose proof is asked for: an edge, or a node's attribute. Exactly one of the two
/// indices counts.
struct FactRef {
  bool is_edge = true;
  graph::EdgeIndex edge = 0;
  graph::NodeIndex node = 0;  // for an attribute
  size_t attribute = 0;
};
/// The facts that words name: an edge's id, or "SUBJECT RELATION OBJECT" in one word or three.
/// If it names none, `problem` is a full sentence why.
std::vector<FactRef> find_facts(View view, const NameIndex& names,
                                const std::vector<std::string>& words, std::string& problem);
/// Every piece of evidence of these facts, with document, bytes and the words themselves.
Table evidence(View view, const std::vector<FactRef>& facts);

Table stats(View view);

/// Types and relations; `only`: "types", "relations" or the name of one; empty: all.
Table schema_listing(const schema::Ontology& ontology, std::string_view only = {});

}  // namespace weft::query
