// The graph from its tables. Rows stand in the graph's own order and are numbered from 1
// (graph/save.cpp), so reading by number gives the same graph without sorting. Evidence is read in
// order of documents, with one text in memory at a time, and its words are cut out of that text.
// O(rows).
#include "graph/load.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/error.h"
#include "graph/fuse.h"
#include "store/snapshot.h"
#include "text/utf8.h"

namespace weft::graph {

namespace {

using store::Statement;

int64_t row_of(size_t index) { return static_cast<int64_t>(index) + 1; }

class Reader {
 public:
  /// `part`: nothing else is read; null: everything.
  Reader(const store::Store& store, const schema::Ontology& ontology, const Subgraph* part)
      : store_(store), ontology_(ontology), part_(part) {}

  Graph read() {
    if (part_) name_parts();
    read_nodes();
    read_edges();
    read_attributes();
    read_evidence();
    read_places();
    read_maybe_same();
    if (!part_) graph_.documents = store_.documents();
    return std::move(graph_);
  }

 private:
  /// "{NODES column}" stands for a condition that is true of the wanted nodes, "{EDGES column}" of
  /// the wanted edges.
  Statement select(std::string sql) const {
    for (size_t at = sql.find('{'); at != std::string::npos; at = sql.find('{', at)) {
      const size_t end = sql.find('}', at);
      const std::string table = sql.substr(at + 1, 5), column = sql.substr(at + 7, end - at - 7);
      sql.replace(at, end + 1 - at,
                  part_ ? column + " IN (SELECT number FROM temp.wanted_" + table + ")" : "1");
    }
    return {store_.database(), sql};
  }

  /// Temporary tables of what is wanted; they are no part of the store.
  void name_parts() const {
    const auto name = [&](const std::string& table, const std::vector<uint32_t>& wanted) {
      Statement(store_.database(), "DROP TABLE IF EXISTS temp." + table).run();
      Statement(store_.database(), "CREATE TEMP TABLE " + table + " (number INTEGER PRIMARY KEY)")
          .run();
      Statement row(store_.database(), "INSERT INTO temp." + table + " VALUES (?)");
      for (const uint32_t index : wanted) row.bind(1, row_of(index)).run();
    };
    name("wanted_NODES", part_->nodes);
    name("wanted_EDGES", part_->edges);
  }

  /// The number that the next row of a table has, of which `have` were read.
  int64_t next_number(const std::vector<uint32_t> Subgraph::*wanted, size_t have) const {
    if (!part_) return row_of(have);
    return have < (part_->*wanted).size() ? row_of((part_->*wanted)[have]) : 0;
  }

  /// A row's reference to a node or an edge, as an index into what is read.
  uint32_t index(const Statement& row, int column, const std::vector<uint32_t> Subgraph::*wanted,
                 size_t size, const char* what) const {
    int64_t number = row.integer(column);
    if (part_ && number > 0) {
      const auto& all = part_->*wanted;
      const auto at = std::lower_bound(all.begin(), all.end(), number - 1);
      number = at != all.end() && *at == number - 1 ? at - all.begin() + 1 : 0;
    }
    if (number < 1 || static_cast<uint64_t>(number) > size)
      throw damage(store_, std::string(what) + " is missing");
    return static_cast<uint32_t>(number - 1);
  }
  uint32_t node_index(const Statement& row, int column) const {
    return index(row, column, &Subgraph::nodes, graph_.nodes.size(), "an entity");
  }

  schema::RelationId relation(std::string_view name) const {
    const schema::RelationId id = ontology_.relation(name);
    if (!id) throw unknown_name(store_, "relation", name);
    return id;
  }

  static Qualifiers qualifiers(const Statement& row, int first) {
    Qualifiers q;
    q.modality = doc::modality_from(row.text(first));
    q.polarity = doc::polarity_from(row.text(first + 1));
    q.time = row.text(first + 2);
    q.speaker = row.text(first + 3);
    q.confidence = rounded_confidence(row.real(first + 4));
    return q;
  }

  void read_nodes() {
    Statement row = select(
        "SELECT number, id, type, kind, label, mentions, documents FROM entities"
        " WHERE {NODES number} ORDER BY number");
    while (row.step()) {
      Node n;
      if (row.integer(0) != next_number(&Subgraph::nodes, graph_.nodes.size()))
        throw damage(store_, "an entity is missing");
      n.id = row.text(1);
      n.type = ontology_.type(row.text(2));
      if (!n.type) throw unknown_name(store_, "type", row.text(2));
      n.kind = row.text(3);
      n.label = row.text(4);
      n.mentions = static_cast<uint32_t>(row.integer(5));
      n.documents = static_cast<uint32_t>(row.integer(6));
      graph_.nodes.push_back(std::move(n));
    }
    Statement alias = select(
        "SELECT entity, form, count FROM aliases WHERE {NODES entity} ORDER BY entity, position");
    while (alias.step())
      graph_.nodes[node_index(alias, 0)].aliases.push_back(
          {std::string(alias.text(1)), static_cast<uint32_t>(alias.integer(2))});
  }

  void read_places() {
    Statement row = select(
        "SELECT entity, geonames, iso, within FROM places WHERE {NODES entity} ORDER BY entity");
    while (row.step()) {
      PlaceReference& place = graph_.nodes[node_index(row, 0)].place;
      place.geonames = row.text(1);
      place.iso = row.text(2);
      place.within = listed_places(row.text(3));
    }
  }

  void read_maybe_same() {
    Statement row =
        select("SELECT a, b, reason FROM maybe_same WHERE {NODES a} AND {NODES b} ORDER BY number");
    while (row.step())
      graph_.maybe_same.push_back(
          {node_index(row, 0), node_index(row, 1), std::string(row.text(2))});
  }

  void read_edges() {
    Statement row = select(
        "SELECT number, id, source, relation, target, modality, polarity, time, speaker, "
        "confidence,"
        " weight FROM edges WHERE {EDGES number} ORDER BY number");
    while (row.step()) {
      Edge e;
      if (row.integer(0) != next_number(&Subgraph::edges, graph_.edges.size()))
        throw damage(store_, "an edge is missing");
      e.id = row.text(1);
      e.source = node_index(row, 2);
      e.relation = relation(row.text(3));
      e.target = node_index(row, 4);
      e.summary = qualifiers(row, 5);
      e.weight = static_cast<uint32_t>(row.integer(10));
      graph_.edges.push_back(std::move(e));
    }
  }

  void read_attributes() {
    Statement row = select(
        "SELECT number, entity, relation, value, modality, polarity, time, speaker, confidence"
        " FROM attributes WHERE {NODES entity} ORDER BY number");
    while (row.step()) {
      const int64_t number = row.integer(0);
      if (!part_ && number != row_of(attributes_.size()))
        throw damage(store_, "an attribute is missing");
      const uint32_t node = node_index(row, 1);
      auto& list = graph_.nodes[node].attributes;
      attributes_[number] = {node, static_cast<uint32_t>(list.size())};
      list.push_back({relation(row.text(2)), std::string(row.text(3)), qualifiers(row, 4), {}});
    }
  }

  void read_evidence() {
    Statement row = select(
        "SELECT d.id, v.edge, v.attribute, v.\"begin\", v.\"end\", v.rule, v.modality, v.polarity,"
        " v.time, v.speaker, v.confidence FROM evidence v JOIN documents d ON d.number = v.document"
        " WHERE {EDGES v.edge} OR v.attribute IN (SELECT number FROM attributes WHERE {NODES "
        "entity})"
        " ORDER BY d.id, v.number");
    std::string document, text;
    bool any = false;
    while (row.step()) {
      if (!any || document != row.text(0)) {
        document = row.text(0);
        text = store_.text(document).value_or("");
        any = true;
        if (part_)
          if (auto known = store_.document(document)) graph_.documents.push_back(std::move(*known));
      }
      EvidenceItem item;
      item.document = document;
      const int64_t begin = row.integer(3), end = row.integer(4);
      if (begin < 0 || begin > end || static_cast<uint64_t>(end) > text.size())
        throw damage(store_, "evidence lies outside its document " + document);
      item.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
      item.text = text.substr(item.span.begin, item.span.size());
      item.rule = row.text(5);
      const Qualifiers q = qualifiers(row, 6);
      item.modality = q.modality;
      item.polarity = q.polarity;
      item.time = q.time;
      item.speaker = q.speaker;
      item.confidence = q.confidence;
      if (!row.is_null(1)) {
        graph_.edges[index(row, 1, &Subgraph::edges, graph_.edges.size(), "an edge")]
            .evidence.push_back(std::move(item));
      } else {
        const auto attribute = attributes_.find(row.integer(2));
        if (attribute == attributes_.end()) throw damage(store_, "an attribute is missing");
        const auto [node, place] = attribute->second;
        graph_.nodes[node].attributes[place].evidence.push_back(std::move(item));
      }
    }
  }

  const store::Store& store_;
  const schema::Ontology& ontology_;
  const Subgraph* part_;
  Graph graph_;
  // By number: node and place in its list.
  std::unordered_map<int64_t, std::pair<NodeIndex, uint32_t>> attributes_;
};

/// One line, and short: what a damaged store has in place of a name may be anything, pages long.
std::string shown(std::string_view name) {
  constexpr size_t kLongest = 100;
  size_t end = std::min(name.size(), kLongest);
  while (end > 0 && !text::is_char_border(name, end)) --end;
  std::string out(name.substr(0, end));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return end < name.size() ? out + "..." : out;
}

}  // namespace

core::SetupError damage(const store::Store& store, const std::string& what) {
  return core::SetupError(
      store.path().string() + " is damaged: " + shown(what) + ". Build it again.",
      core::ExitCode::broken_file);
}

core::SetupError unknown_name(const store::Store& store, const char* what, std::string_view name) {
  return core::SetupError(
      store.path().string() + " has the " + what + " \"" + shown(name) +
          "\", which the schema in use does not know. Use the schema it was built with "
          "(--schema DIR), or build it again.",
      core::ExitCode::broken_file);
}

std::vector<std::string> listed_places(std::string_view keys) {
  std::vector<std::string> out;
  while (!keys.empty()) {
    const size_t end = std::min(keys.find('|'), keys.size());
    out.emplace_back(keys.substr(0, end));
    keys.remove_prefix(std::min(end + 1, keys.size()));
  }
  return out;
}

void refuse_without_graph(const store::Store& store) {
  if (store.document_count() == 0 && store.waiting_count() > 0)
    throw core::SetupError(
        store.path().string() + " holds " + std::to_string(store.waiting_count()) +
            " documents but no graph yet: its build was stopped. Go on with: weft "
            "build -o STORE",
        core::ExitCode::broken_file);
}

Graph load(const store::Store& store, const schema::Ontology& ontology) {
  const store::Snapshot state(store);
  refuse_without_graph(store);
  return Reader(store, ontology, nullptr).read();
}

Graph load_part(const store::Store& store, const schema::Ontology& ontology, const Subgraph& part) {
  const store::Snapshot state(store);
  return Reader(store, ontology, &part).read();
}

Graph load_around(const store::Store& store, const schema::Ontology& ontology, NodeIndex node) {
  const store::Snapshot state(store);
  std::set<uint32_t> nodes{node}, edges;
  std::set<std::string> speakers;
  Statement row(store.database(),
                "SELECT number, source, target, speaker FROM edges WHERE source = ?1 OR target = ?1"
                " UNION ALL SELECT 0, 0, 0, speaker FROM evidence WHERE edge IN (SELECT number FROM"
                " edges WHERE source = ?1 OR target = ?1) OR attribute IN (SELECT number FROM"
                " attributes WHERE entity = ?1) UNION ALL SELECT 0, a, b, NULL FROM maybe_same"
                " WHERE a = ?1 OR b = ?1");
  row.bind(1, row_of(node));
  const auto add = [&](std::set<uint32_t>& set, int column) {
    if (row.integer(column) > 0) set.insert(static_cast<uint32_t>(row.integer(column) - 1));
  };
  while (row.step()) {
    add(edges, 0);
    add(nodes, 1);
    add(nodes, 2);
    if (!row.is_null(3)) speakers.emplace(row.text(3));
  }
  Statement speaker(store.database(), "SELECT number FROM entities WHERE id = ?");
  for (const std::string& id : speakers) {
    speaker.bind(1, id);
    if (!speaker.step()) continue;
    nodes.insert(static_cast<uint32_t>(speaker.integer(0) - 1));
    speaker.reset();
  }
  return load_part(store, ontology, {{nodes.begin(), nodes.end()}, {edges.begin(), edges.end()}});
}

Graph load(const std::filesystem::path& path, const schema::Ontology& ontology) {
  return load(store::Store::open(path), ontology);
}

}  // namespace weft::graph
