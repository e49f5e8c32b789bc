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
#include "schema/lexicon.h"
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

struct PathOptions {
  unsigned count = 1;                  // how many paths
  unsigned max_length = 0xffffffffu;   // in steps
  std::vector<std::string> relations;  // only along these; empty: all
};
/// The shortest paths between two entities, whatever the direction of their edges, no two of which
/// visit the same entities in the same order; one row a step; no rows if there is none.
Table path(View view, graph::NodeIndex from, graph::NodeIndex to, const PathOptions& options = {});

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

struct TimeSpan {
  std::string since, until;  // ISO 8601 date, month, year; empty: open
};
/// What happened to an entity when: its facts, also as the object, by time; a fact that happened
/// several times has a row for each. Facts without a time are counted in a note.
Table timeline(View view, graph::NodeIndex node, const TimeSpan& span = {});

/// What two entities have in common, what joins them, and what only one of them has: a row for each
/// property, and for each relation with each entity or value.
Table compare(View view, graph::NodeIndex a, graph::NodeIndex b, bool shared_only = false);

struct TopOptions {
  std::string by = "degree";  // one of top_measures()
  std::string type;           // only entities of this type; the measure is still that of the whole
  unsigned limit = 20;
};
const std::vector<std::string>& top_measures();
/// The entities with the highest measure, ties by id.
Table top(View view, const TopOptions& options);

struct ClaimFilter {
  std::optional<graph::NodeIndex> speaker;  // nothing: anybody
  std::optional<graph::NodeIndex> about;    // subject or object
  std::vector<std::string> relations, modalities;
  TimeSpan span;  // of the document's date
};
/// What the documents report as somebody's word: a row for each piece of evidence with a speaker.
Table claims(View view, const ClaimFilter& filter);

/// Facts that the documents both state and deny for one time, and offices with two holders at one
/// time. `lexicons`: the lists "single_seats" and "office_modifiers" say which offices have but one
/// holder.
Table contradictions(View view, const schema::Lexicons& lexicons);

/// Who held the offices that `office` names (a part of the name is enough, or the body they belong
/// to), with the span of time for which the documents say so. With `at`, a date: who held them
/// then, or is the last known before.
Table holders(View view, const NameIndex& names, const std::string& office, const std::string& at);

/// Facts of which no document before `since` speaks, by the date of their first document.
Table news(View view, const std::string& since);

/// What changed from one graph to another: documents, entities, facts and text values that were
/// added, removed or changed.
Table diff(View before, View after);

Table stats(View view);

/// Types and relations; `only`: "types", "relations" or the name of one; empty: all.
Table schema_listing(const schema::Ontology& ontology, std::string_view only = {});

}  // namespace weft::query
