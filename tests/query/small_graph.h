// A graph small enough to know by heart, for tests of questions: two people of one surname, places,
// a body, an event, a name in Chinese and one that holds an escape sequence.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "graph/graph.h"
#include "graph/load.h"
#include "query/functions.h"

namespace weft::test {

inline const schema::Ontology& ontology() {
  static const auto loaded =
      schema::Ontology::load(std::filesystem::path(WEFT_SCHEMA_DIR) / "ontology.json");
  return loaded;
}

class GraphMaker {
 public:
  void document(std::string id, std::string date) {
    doc::Metadata meta;
    meta.id = std::move(id);
    meta.date = std::move(date);
    graph_.documents.push_back(std::move(meta));
  }

  /// Ids must come in order.
  void node(std::string id, const char* type, std::string label, std::vector<doc::Alias> aliases,
            uint32_t mentions, std::string kind = "") {
    graph::Node n;
    n.id = std::move(id);
    n.type = ontology().type(type);
    n.kind = std::move(kind);
    n.label = std::move(label);
    n.aliases = std::move(aliases);
    n.mentions = mentions;
    n.documents = 1;
    graph_.nodes.push_back(std::move(n));
  }

  /// In order of (source, relation name, target).
  graph::Edge& edge(const char* source, const char* relation, const char* target, std::string time,
                    doc::Modality modality, std::string text) {
    graph::Edge e;
    e.id = std::string("edge") + std::to_string(graph_.edges.size());
    e.source = graph_.find(source);
    e.target = graph_.find(target);
    e.relation = ontology().relation(relation);
    e.evidence.push_back(proof(text, time, modality));
    e.summary.modality = modality;
    e.summary.time = std::move(time);
    e.summary.confidence = 0.9f;
    e.weight = 1;
    graph_.edges.push_back(std::move(e));
    return graph_.edges.back();
  }

  void attribute(const char* node, const char* relation, std::string value, std::string text) {
    graph::Attribute a;
    a.relation = ontology().relation(relation);
    a.value = std::move(value);
    a.evidence.push_back(proof(std::move(text), "", doc::Modality::asserted));
    graph_.nodes[graph_.find(node)].attributes.push_back(std::move(a));
  }

  graph::Graph take() { return std::move(graph_); }

 private:
  /// Sentences stand one behind the other in the document.
  graph::EvidenceItem proof(std::string text, std::string time, doc::Modality modality) {
    graph::EvidenceItem e;
    e.document = "a.txt";
    e.span = {end_, end_ + static_cast<uint32_t>(text.size())};
    end_ = e.span.end + 1;
    e.text = std::move(text);
    e.rule = "visited.verb";
    e.confidence = 0.9f;
    e.modality = modality;
    e.time = std::move(time);
    return e;
  }

  graph::Graph graph_;
  uint32_t end_ = 10;  // of the document so far
};

inline graph::Graph small_graph() {
  using doc::Modality;
  GraphMaker make;
  make.document("a.txt", "2024-03-13");
  make.node("event/npc-session", "Event", "second session of the 14th NPC", {{"the session", 2}},
            3);
  make.node("organization/npc", "Organization", "National People's Congress",
            {{"NPC", 5}, {"Xi", 1}}, 6);
  make.node("person/ana-munoz", "Person", "Ana Mu\u00f1oz", {{"Mu\u00f1oz", 2}}, 2);
  make.node("person/li-qiang", "Person", "Li Qiang", {{"Li", 3}}, 4);
  make.node("person/xi-jinping", "Person", "Xi Jinping", {{"Xi", 9}, {"President Xi", 2}}, 12);
  make.node("place/chongqing", "Place", "Chongqing", {{"the city", 1}, {"\u91cd\u5e86", 1}}, 7,
            "municipality");
  make.node("place/jiangsu", "Place", "Jiangsu", {{"the province", 2}}, 5, "province");
  make.node("place/jiangxi", "Place", "Jiangxi", {{"Jiangxi Province", 2}, {"the province", 1}}, 9,
            "province");
  make.node("theme/escape", "Theme", "bad\x1b[31m name", {}, 1);
  make.edge("person/li-qiang", "attended", "event/npc-session", "2024-03-05/2024-03-11",
            Modality::asserted, "Li Qiang attended the session.");
  make.edge("person/li-qiang", "met_with", "person/ana-munoz", "", Modality::planned,
            "Li Qiang will meet Ana Mu\u00f1oz.");
  make.edge("person/xi-jinping", "attended", "event/npc-session", "2024-03", Modality::asserted,
            "Xi Jinping attended the session.");
  make.edge("person/xi-jinping", "visited", "place/chongqing", "2024-04-22", Modality::asserted,
            "Xi Jinping visited Chongqing.");
  make.edge("person/xi-jinping", "visited", "place/jiangxi", "2023", Modality::asserted,
            "In 2023 Xi Jinping visited Jiangxi.");
  make.edge("place/jiangsu", "promotes", "theme/escape", "", Modality::directive,
            "Jiangsu should promote it.");
  make.attribute("person/li-qiang", "serves_as", "Premier of the State Council",
                 "Premier Li Qiang");
  return make.take();
}

/// Writes the graph as a store, with documents that hold its evidence and blanks.
inline void write_store(const graph::Graph& graph, const std::filesystem::path& file) {
  std::filesystem::remove(file);
  std::map<std::string, std::string> texts;
  const auto cite = [&](const std::vector<graph::EvidenceItem>& evidence) {
    for (const graph::EvidenceItem& e : evidence) {
      std::string& text = texts[e.document];
      text.resize(std::max<size_t>(text.size(), e.span.end), ' ');
      text.replace(e.span.begin, e.text.size(), e.text);
    }
  };
  for (const graph::Edge& e : graph.edges) cite(e.evidence);
  for (const graph::Node& n : graph.nodes)
    for (const graph::Attribute& a : n.attributes) cite(a.evidence);
  auto store = store::Store::open_for_writing(file);
  for (const doc::Metadata& meta : graph.documents) {
    doc::Record record;
    record.meta = meta;
    store.put(record, texts[meta.id], {meta.id, meta.id, 0}, "test", ontology());
  }
  store.settle(false);
  graph::save(store, graph, ontology());
  store.finish();
}

/// The graph in a store whose file is gone as soon as it is closed.
inline store::Store stored(const graph::Graph& graph) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("weft_stored_" + std::to_string(::getpid()) + ".weft");
  write_store(graph, file);
  store::Store out = store::Store::open(file);
  std::filesystem::remove(file);
  return out;
}

/// The text in a cell, "" for an empty one, a number in digits, a list joined by "|".
inline std::string cell(const query::Table& table, size_t row, std::string_view column) {
  const query::Cell& c = table.rows.at(row).at(table.column(column));
  if (const auto* text = std::get_if<std::string>(&c)) return *text;
  if (const auto* number = std::get_if<int64_t>(&c)) return std::to_string(*number);
  std::string out;
  if (const auto* list = std::get_if<std::vector<std::string>>(&c))
    for (const std::string& s : *list) out += (out.empty() ? "" : "|") + s;
  return out;
}

}  // namespace weft::test
