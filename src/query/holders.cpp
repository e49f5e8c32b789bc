// Who holds an office. The office is given by name: every Position whose name fits, or that belongs
// to a body or place of that name. O(names + evidence).
#include <algorithm>
#include <set>
#include <tuple>

#include "core/error.h"
#include "query/columns.h"
#include "query/dates.h"
#include "query/tenures.h"

namespace weft::query {

namespace {

/// Positions that `text` names, or all positions of the bodies that it names exactly.
std::set<graph::NodeIndex> offices(View view, const NameIndex& names, const std::string& text) {
  std::set<graph::NodeIndex> out, bodies;
  const schema::TypeId position = view.ontology.core().position;
  for (const NameMatch& match : names.find(text)) {
    if (view.graph.nodes[match.node].type == position)
      out.insert(match.node);
    else if (match.rank == MatchRank::exact)
      bodies.insert(match.node);
  }
  const auto of = bodies_of_offices(view);
  for (graph::NodeIndex n = 0; n < of.size(); ++n)
    if (std::any_of(of[n].begin(), of[n].end(),
                    [&](graph::NodeIndex body) { return bodies.count(body) > 0; }))
      out.insert(n);
  return out;
}

struct Row {
  Tenure tenure;
  std::string basis;
};

/// For each office those who held it on these days, else the last one known before.
std::vector<Row> at_time(const std::vector<Tenure>& all, DayRange at) {
  std::vector<Row> out;
  std::set<graph::NodeIndex> known;
  for (const Tenure& t : all)
    if (t.days && t.days->overlaps(at)) {
      out.push_back({t, "stated for that time"});
      known.insert(t.office);
    }
  for (const Tenure& t : all) {
    if (!t.days || t.days->last >= at.first || known.count(t.office)) continue;
    const bool latest = std::none_of(all.begin(), all.end(), [&](const Tenure& other) {
      return other.office == t.office && other.days && other.days->last < at.first &&
             other.days->last > t.days->last;
    });
    if (latest) out.push_back({t, "last known before"});
  }
  return out;
}

}  // namespace

Table holders(View view, const NameIndex& names, const std::string& office, const std::string& at) {
  const graph::Graph& g = view.graph;
  const std::set<graph::NodeIndex> wanted = offices(view, names, office);
  std::vector<Tenure> all;
  for (const Tenure& t : tenures(view))
    if (wanted.count(t.office)) all.push_back(t);
  std::vector<Row> rows;
  if (at.empty())
    for (const Tenure& t : all) rows.push_back({t, ""});
  else
    rows = at_time(all, required_days(at, "at"));
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    const auto key = [](const Row& r) {
      return std::tuple(r.tenure.office, r.tenure.days ? r.tenure.days->first : 0);
    };
    return key(a) < key(b);
  });

  Table table;
  table.columns = {{"office", Show::always, "", true},
                   {"holder"},
                   {"first", Show::if_unusual, ""},
                   {"last", Show::if_unusual, ""},
                   {"basis", Show::if_unusual, ""},
                   {"evidence"},
                   {"text"},
                   {"documents", Show::on_request},
                   {"office_id", Show::on_request},
                   {"holder_id", Show::on_request},
                   {"edge", Show::on_request}};
  for (const Row& r : rows) {
    const graph::Edge& e = g.edges[r.tenure.edge];
    const auto& days = r.tenure.days;
    table.rows.push_back({g.nodes[r.tenure.office].label, g.nodes[r.tenure.holder].label,
                          text_or_nothing(days ? iso_day(days->first) : ""),
                          text_or_nothing(days ? iso_day(days->last) : ""),
                          text_or_nothing(r.basis), static_cast<int64_t>(e.weight),
                          first_words(e.evidence), documents_of(e.evidence),
                          g.nodes[r.tenure.office].id, g.nodes[r.tenure.holder].id, e.id});
  }
  return table;
}

}  // namespace weft::query
