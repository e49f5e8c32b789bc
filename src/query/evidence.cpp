// The words that prove a fact. A fact is named by an edge's id or by its subject, relation and
// object; with the three in one text ("Xi Jinping visited Jiangxi") every place where a relation's
// name stands is tried. O(relations x text + facts).
#include <algorithm>

#include "query/columns.h"
#include "query/functions.h"
#include "query/vocabulary.h"
#include "text/fold.h"

namespace weft::query {

namespace {

using graph::NodeIndex;

struct Triple {
  std::string subject, relation, object;
};

/// Every way to read `text` as "SUBJECT RELATION OBJECT", longest relation first ("located in"
/// before "in").
std::vector<Triple> readings(const schema::Ontology& ontology, const std::string& text) {
  std::string lower = text;  // ASCII only, so that offsets stay those of `text`
  for (char& c : lower)
    c = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  std::vector<Triple> out;
  for (const schema::RelationType& r : ontology.relations())
    for (const std::string& form : {r.name, r.inverse}) {
      const std::string wanted = " " + plain_word(form) + " ";
      for (size_t at = lower.find(wanted); at != std::string::npos; at = lower.find(wanted, at + 1))
        out.push_back({text.substr(0, at), form, text.substr(at + wanted.size())});
    }
  std::stable_sort(out.begin(), out.end(), [](const Triple& a, const Triple& b) {
    return a.relation.size() > b.relation.size();
  });
  return out;
}

std::vector<NodeIndex> nodes_named(const NameIndex& names, const std::string& text) {
  const Resolution r = names.resolve(text);
  if (r.node != graph::kNoNode) return {r.node};
  return r.candidates;
}

bool has(const std::vector<NodeIndex>& nodes, NodeIndex node) {
  return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

std::vector<FactRef> facts_of(View view, const NameIndex& names, const Triple& triple) {
  const schema::RelationId relation = relation_of(view.ontology, triple.relation);
  const schema::RelationType& type = view.ontology[relation];
  std::vector<NodeIndex> subjects = nodes_named(names, triple.subject);
  std::vector<NodeIndex> objects = nodes_named(names, triple.object);
  const bool backwards = plain_word(triple.relation) == plain_word(type.inverse) && !type.symmetric;
  if (backwards) std::swap(subjects, objects);
  std::vector<FactRef> out;
  for (graph::EdgeIndex i = 0; i < view.graph.edges.size(); ++i) {
    const graph::Edge& e = view.graph.edges[i];
    if (e.relation != relation) continue;
    const bool straight = has(subjects, e.source) && has(objects, e.target);
    const bool turned = type.symmetric && has(subjects, e.target) && has(objects, e.source);
    if (straight || turned) out.push_back({true, i, 0, 0});
  }
  const std::string value = text::fold(triple.object);
  for (const NodeIndex n : subjects) {
    const auto& attributes = view.graph.nodes[n].attributes;
    for (size_t a = 0; a < attributes.size(); ++a)
      if (attributes[a].relation == relation &&
          text::fold(attributes[a].value).find(value) != std::string::npos)
        out.push_back({false, 0, n, a});
  }
  return out;
}

std::string no_such_fact(View view, const NameIndex& names, const Triple& t) {
  for (const std::string& end : {t.subject, t.object})
    if (nodes_named(names, end).empty() &&
        !view.ontology[relation_of(view.ontology, t.relation)].text_object) {
      const Resolution r = names.resolve(end);
      std::string out = "No entity is called \"" + end + "\".";
      if (!r.suggestions.empty())
        out += " Did you mean \"" + view.graph.nodes[r.suggestions.front()].label + "\"?";
      return out;
    }
  return "The graph holds no fact \"" + t.subject + " " + t.relation + " " + t.object +
         "\". `weft facts STORE --subject ... --object ...` lists those it holds.";
}

}  // namespace

std::vector<FactRef> find_facts(View view, const NameIndex& names,
                                const std::vector<std::string>& words, std::string& problem) {
  if (words.size() == 3) {
    const Triple triple{words[0], words[1], words[2]};
    std::vector<FactRef> out = facts_of(view, names, triple);
    if (out.empty()) problem = no_such_fact(view, names, triple);
    return out;
  }
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  for (graph::EdgeIndex i = 0; i < view.graph.edges.size(); ++i)
    if (view.graph.edges[i].id == text) return {{true, i, 0, 0}};
  const std::vector<Triple> triples = readings(view.ontology, text);
  for (const Triple& triple : triples) {
    std::vector<FactRef> out = facts_of(view, names, triple);
    if (!out.empty()) return out;
  }
  problem = triples.empty() ? "\"" + text +
                                  "\" is neither the id of an edge nor \"SUBJECT RELATION OBJECT\" "
                                  "with a relation of "
                                  "the ontology (`weft schema relations` lists them)."
                            : no_such_fact(view, names, triples.front());
  return {};
}

Table evidence(View view, const std::vector<FactRef>& facts) {
  Table table;
  table.columns = {{"subject", facts.size() > 1 ? Show::always : Show::on_request, "", true},
                   {"relation", facts.size() > 1 ? Show::always : Show::on_request, "", true},
                   {"object", facts.size() > 1 ? Show::always : Show::on_request, "", true},
                   {"document"},
                   {"date", Show::if_unusual},
                   {"title", Show::on_request},
                   {"begin"},
                   {"end"},
                   {"text"},
                   {"time", Show::if_unusual},
                   {"modality", Show::if_unusual, "asserted"},
                   {"polarity", Show::if_unusual, "positive"},
                   {"speaker", Show::if_unusual},
                   {"confidence"},
                   {"rule", Show::on_request},
                   {"edge", Show::on_request}};
  const graph::Graph& g = view.graph;
  const auto add = [&](const graph::Node& subject, schema::RelationId relation,
                       const std::string& object, const std::vector<graph::EvidenceItem>& items,
                       const std::string& edge) {
    for (const graph::EvidenceItem& e : items) {
      const auto found =
          std::lower_bound(g.documents.begin(), g.documents.end(), e.document,
                           [](const doc::Metadata& d, const std::string& id) { return d.id < id; });
      const bool known = found != g.documents.end() && found->id == e.document;
      table.rows.push_back({subject.label, view.ontology[relation].name, object, e.document,
                            text_or_nothing(known ? found->date : ""),
                            text_or_nothing(known ? found->title : ""), int64_t{e.span.begin},
                            int64_t{e.span.end}, e.text, text_or_nothing(e.time),
                            std::string(doc::name(e.modality)), std::string(doc::name(e.polarity)),
                            text_or_nothing(label_of(g, e.speaker)), real(e.confidence),
                            text_or_nothing(e.rule), text_or_nothing(edge)});
    }
  };
  for (const FactRef& f : facts) {
    if (f.is_edge) {
      const graph::Edge& e = g.edges[f.edge];
      add(g.nodes[e.source], e.relation, g.nodes[e.target].label, e.evidence, e.id);
    } else {
      const graph::Attribute& a = g.nodes[f.node].attributes[f.attribute];
      add(g.nodes[f.node], a.relation, a.value, a.evidence, "");
    }
  }
  return table;
}

}  // namespace weft::query
