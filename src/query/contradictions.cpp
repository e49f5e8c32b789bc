// Where the documents can't all be right. A fact that one piece of evidence states and another
// denies, unless both give times that lie apart; plans and calls contradict nothing. An office of
// which there is one at a time (its name says so, by words of schema/lexicons/seats.json) with two
// holders whose spans overlap; bare offices ("president") are no seats, for want of a body. One
// pass over all evidence, then pairs of holders of one office.
#include <algorithm>
#include <map>

#include "query/columns.h"
#include "query/dates.h"
#include "query/tenures.h"
#include "schema/lexicon.h"
#include "text/fold.h"

namespace weft::query {

namespace {

using graph::EvidenceItem;

/// A stated and a denying piece for one time, or two nullptrs. The surest pieces first.
std::pair<const EvidenceItem*, const EvidenceItem*> denial(
    const std::vector<EvidenceItem>& evidence) {
  std::vector<const EvidenceItem*> stated, denied;
  for (const EvidenceItem& e : evidence)
    if (e.modality == doc::Modality::asserted)
      (e.polarity == doc::Polarity::negative ? denied : stated).push_back(&e);
  const auto surer = [](const EvidenceItem* a, const EvidenceItem* b) {
    return a->confidence > b->confidence;
  };
  std::stable_sort(stated.begin(), stated.end(), surer);
  std::stable_sort(denied.begin(), denied.end(), surer);
  for (const EvidenceItem* s : stated)
    for (const EvidenceItem* d : denied) {
      const auto a = day_range(s->time), b = day_range(d->time);
      if (!a || !b || a->overlaps(*b)) return {s, d};
    }
  return {nullptr, nullptr};
}

/// True if the office's name is that of a single seat: the words before "of" or "for" end with a
/// listed head ("general secretary"), and none of them is a deputy's or the like.
bool single_seat(const std::string& label, const schema::WordList& heads,
                 const schema::WordList& modifiers) {
  std::string name = text::fold(label);
  for (const char* joint : {" of ", " for ", " in ", " to ", " at ", ", "})
    name = name.substr(0, name.find(joint));
  std::vector<std::string> words;
  for (size_t at = 0; at < name.size();) {
    const size_t end = std::min(name.find(' ', at), name.size());
    if (end > at) words.push_back(name.substr(at, end - at));
    at = end + 1;
  }
  for (const std::string& word : words) {
    const std::string* how = modifiers.value(word);
    if (how && *how != "acting" && *how != "senior" && *how != "first") return false;
  }
  std::string ending;
  for (size_t i = words.size(); i-- > 0;) {
    ending = ending.empty() ? words[i] : words[i] + " " + ending;
    if (heads.has(ending)) return true;
  }
  return false;
}

/// On the day that one ends and the other begins an office has two holders and no contradiction.
bool hands_over(DayRange a, DayRange b) {
  const bool equal = a.first == b.first && a.last == b.last;
  return !equal && (a.last == b.first || b.last == a.first);
}

class Contradictions {
 public:
  explicit Contradictions(View view) : view_(view) {
    table_.columns = {{"number", Show::always, "", true},
                      {"kind", Show::always, "", true},
                      {"subject"},
                      {"relation"},
                      {"object"},
                      {"says"},
                      {"time", Show::if_unusual, ""},
                      {"text"},
                      {"document"},
                      {"date", Show::on_request},
                      {"speaker", Show::if_unusual, ""},
                      {"edge", Show::on_request}};
  }

  void denied(const graph::Node& subject, schema::RelationId relation, const std::string& object,
              const std::string& edge, const std::vector<EvidenceItem>& evidence) {
    const auto [states, denies] = denial(evidence);
    if (!states) return;
    ++number_;
    for (const EvidenceItem* item : {states, denies})
      row("stated and denied", subject.label, relation, object,
          item == states ? "stated" : "denied", item->time, *item, edge);
  }

  void two_holders(const Tenure& a, const Tenure& b) {
    ++number_;
    for (const Tenure* t : {&a, &b}) {
      const graph::Edge& e = view_.graph.edges[t->edge];
      const std::string first = iso_day(t->days->first), last = iso_day(t->days->last);
      row("two holders at one time", view_.graph.nodes[t->holder].label, e.relation,
          view_.graph.nodes[t->office].label, "held",
          first == last ? first
                        : (first.empty() ? ".." : first) + "/" + (last.empty() ? ".." : last),
          e.evidence.front(), e.id);
    }
  }

  Table take() { return std::move(table_); }

 private:
  void row(const char* kind, const std::string& subject, schema::RelationId relation,
           const std::string& object, const char* says, const std::string& time,
           const EvidenceItem& item, const std::string& edge) {
    const doc::Metadata* from = document(view_.graph, item.document);
    table_.rows.push_back(
        {number_, std::string(kind), subject, view_.ontology[relation].name, object,
         std::string(says), text_or_nothing(time), text_or_nothing(item.text), item.document,
         text_or_nothing(from ? from->date : ""),
         text_or_nothing(label_of(view_.graph, item.speaker)), text_or_nothing(edge)});
  }

  View view_;
  Table table_;
  int64_t number_ = 0;
};

}  // namespace

Table contradictions(View view, const schema::Lexicons& lexicons) {
  const graph::Graph& g = view.graph;
  Contradictions out(view);
  for (const graph::Edge& e : g.edges)
    out.denied(g.nodes[e.source], e.relation, g.nodes[e.target].label, e.id, e.evidence);
  for (const graph::Node& n : g.nodes)
    for (const graph::Attribute& a : n.attributes)
      out.denied(n, a.relation, a.value, "", a.evidence);

  const schema::WordList& heads = lexicons.list("single_seats");
  const schema::WordList& modifiers = lexicons.list("office_modifiers");
  const auto bodies = bodies_of_offices(view);
  std::map<graph::NodeIndex, std::vector<Tenure>> seats;
  for (const Tenure& t : tenures(view)) {
    const std::string& label = g.nodes[t.office].label;
    const bool somewhere = !bodies[t.office].empty() || label.find(" of ") != std::string::npos;
    if (t.days && somewhere && single_seat(label, heads, modifiers)) seats[t.office].push_back(t);
  }
  for (const auto& [office, list] : seats)
    for (size_t i = 0; i < list.size(); ++i)
      for (size_t j = i + 1; j < list.size(); ++j)
        if (list[i].days->overlaps(*list[j].days) && !hands_over(*list[i].days, *list[j].days))
          out.two_holders(list[i], list[j]);
  return out.take();
}

}  // namespace weft::query
