// weft-large-graph FILE NODES EDGES: writes a store with a random graph of that size, for measuring
// queries where no documents are at hand that give so large a one.
//
// Nodes have types, relations fit them (domain and range of the ontology), each fact has one
// sentence as its evidence, and few nodes bear many facts (the target is drawn with a density that
// falls with the square root). One person, "Hub of Measures", has 1,000 facts. Rows go straight
// into the tables, in the order in which graph::save() would write them; records, sentences and
// their full-text search are left out. The same arguments give the same rows. O(edges log edges)
// for SQLite's indices, memory for the columns.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "core/error.h"
#include "graph/graph_columns.h"
#include "graph/load.h"
#include "schema/ontology.h"
#include "store/store.h"
#include "store/tables.h"

using namespace weft;

namespace {

constexpr uint32_t kHubDegree = 1000;
constexpr size_t kSentences = 500;  // of a document

/// How many of a hundred nodes are of a type.
constexpr std::pair<const char*, uint32_t> kShares[] = {
    {"Event", 10},     {"Facility", 5},      {"Group", 3},   {"Industry", 2},
    {"Initiative", 4}, {"Organization", 25}, {"Person", 30}, {"Place", 12},
    {"Position", 4},   {"Product", 2},       {"Theme", 2},   {"Work", 1}};

/// Numbers that are the same everywhere: the standard's distributions are not.
class Dice {
 public:
  uint32_t below(uint32_t n) { return static_cast<uint32_t>((engine_() >> 32) * n >> 32); }
  double one() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

 private:
  std::mt19937_64 engine_{20240313};
};

struct Stretch {
  uint32_t first = 0, count = 0;
};

class Generator {
 public:
  Generator(store::Store& store, const schema::Ontology& ontology, uint32_t nodes, uint32_t edges)
      : store_(store), ontology_(ontology), nodes_(nodes), edges_(edges) {}

  void run() {
    store::Database& d = store_.database();
    d.execute("PRAGMA cache_size=-400000; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN");
    d.execute(store::kDropGraph);
    write_nodes();
    write_edges();
    end_document();
    d.execute(store::kGraphIndices);
    store_.set_meta(graph::kGraphDigest, graph::graph_digest(store_));
    graph::save_columns(store_, ontology_);
    store_.finish();
  }

 private:
  static std::string digits(uint32_t number) {
    std::string out = std::to_string(number);
    return std::string(7 - std::min<size_t>(7, out.size()), '0') + out;
  }

  std::string label(uint32_t node) const {
    if (node == hub_) return "Hub of Measures";
    static constexpr const char* kSyllables[] = {"ka", "lo",  "mi", "ren", "sa",  "tor",
                                                 "ve", "zhu", "an", "be",  "chi", "dou",
                                                 "el", "fra", "gu", "hei"};
    std::string out;
    for (uint32_t bits = node * 2654435761u, word = 0; word < 2; ++word) {
      std::string part;
      for (int i = 0; i < 2; ++i, bits >>= 4) part += kSyllables[bits & 15];
      part[0] = static_cast<char>(part[0] - 'a' + 'A');
      out += part + " ";
    }
    return out + std::to_string(node);
  }

  void write_nodes() {
    store::Statement entity(store_.database(),
                            "INSERT INTO entities VALUES (?, ?, ?, NULL, ?, ?, 1)");
    store::Statement alias(store_.database(), "INSERT INTO aliases VALUES (?, 1, ?, 1)");
    uint64_t shares = 0;
    uint32_t number = 0;
    by_type_.resize(ontology_.types().size());
    for (const auto& [name, share] : kShares) {
      shares += share;
      const auto end = static_cast<uint32_t>(uint64_t{nodes_} * shares / 100);
      Stretch& stretch = by_type_[ontology_.type(name).value];
      stretch = {number, end - number};
      std::string slug(name);
      slug[0] = static_cast<char>(slug[0] - 'A' + 'a');
      if (slug == "person") hub_ = number + stretch.count / 2;
      for (; number < end; ++number) {
        type_of_.push_back(ontology_.type(name));
        const std::string text = label(number);
        entity.bind(1, row(number)).bind(2, slug + "/" + digits(number)).bind(3, name);
        entity.bind(4, text).bind(5, int64_t{1 + number % 50}).run();
        if (number % 2 == 0) alias.bind(1, row(number)).bind(2, text + " junior").run();
      }
    }
  }

  using Fact = std::pair<std::string_view, uint32_t>;  // relation and target

  Fact draw(uint32_t source) {
    const auto& fitting = fitting_[type_of_[source].value];
    const schema::RelationType& relation =
        *fitting[dice_.below(static_cast<uint32_t>(fitting.size()))];
    const schema::TypeId type =
        relation.range[dice_.below(static_cast<uint32_t>(relation.range.size()))];
    const Stretch stretch = by_type_[type.value];
    const double u = dice_.one();
    const auto place = static_cast<uint32_t>(u * u * stretch.count);
    return {relation.name, stretch.first + std::min(place, stretch.count - 1)};
  }

  void write_edges() {
    fitting_.resize(ontology_.types().size());
    for (const schema::RelationType& r : ontology_.relations())
      if (!r.text_object)
        for (const schema::TypeId t : r.domain) fitting_[t.value].push_back(&r);
    store::Statement edge(store_.database(),
                          "INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)");
    store::Statement proof(store_.database(),
                           "INSERT INTO evidence VALUES (NULL, ?, NULL, ?, ?, ?, 'generated', ?, ?,"
                           " ?, ?, NULL)");
    uint32_t written = 0;
    std::vector<Fact> facts;
    for (uint32_t source = 0; source < nodes_ && written < edges_; ++source) {
      const auto due = static_cast<uint32_t>(uint64_t{edges_} * (source + 1) / nodes_);
      uint32_t wanted = due > written ? 1 + dice_.below(2 * (due - written)) : 0;
      if (source == hub_) wanted = kHubDegree;
      if (source + 1 == nodes_) wanted = edges_ - written;
      wanted = std::min(wanted, edges_ - written);
      facts.clear();
      if (fitting_[type_of_[source].value].empty()) wanted = 0;
      // Small graphs may have fewer different facts than are wanted.
      for (int tries = 0; facts.size() < wanted && tries < 20; ++tries) {
        while (facts.size() < wanted) facts.push_back(draw(source));
        std::sort(facts.begin(), facts.end());
        facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
      }
      for (const auto& [relation, target] : facts) {
        const std::string time = dice_.below(3) == 0 ? "" : date();
        const double confidence = 0.5 + dice_.below(50) / 100.0;
        const std::string_view modality = doc::name(
            doc::Modality{static_cast<uint8_t>(dice_.below(10) < 7 ? 0 : 1 + dice_.below(3))});
        const std::string_view polarity =
            doc::name(dice_.below(20) == 0 ? doc::Polarity::negative : doc::Polarity::positive);
        char id[17];
        std::snprintf(id, sizeof id, "%016llx",
                      static_cast<unsigned long long>((written + 1) * 0x9e3779b97f4a7c15u));
        edge.bind(1, row(written)).bind(2, std::string_view(id)).bind(3, row(source));
        edge.bind(4, relation).bind(5, row(target)).bind(6, modality).bind(7, polarity);
        edge.bind_optional(8, time).bind_null(9).bind(10, confidence).run();
        const auto [begin, end] = sentence(source, relation, target);
        proof.bind(1, row(written)).bind(2, document_).bind(3, begin).bind(4, end);
        proof.bind(5, confidence).bind(6, modality).bind(7, polarity).bind_optional(8, time).run();
        ++written;
      }
    }
  }

  std::string date() {
    char out[11];
    std::snprintf(out, sizeof out, "20%02u-%02u-%02u", 10 + dice_.below(15), 1 + dice_.below(12),
                  1 + dice_.below(28));
    return out;
  }

  /// Writes "Kalo Miren visited Torve." into the document at hand and gives its bytes.
  std::pair<int64_t, int64_t> sentence(uint32_t source, std::string_view relation,
                                       uint32_t target) {
    if (sentences_ == kSentences) end_document();
    ++sentences_;
    const auto begin = static_cast<int64_t>(text_.size());
    std::string verb(relation);
    std::replace(verb.begin(), verb.end(), '_', ' ');
    text_ += label(source) + " " + verb + " " + label(target) + ".";
    const auto end = static_cast<int64_t>(text_.size());
    text_ += " ";
    return {begin, end};
  }

  void end_document() {
    if (text_.empty()) return;
    const std::string id = "generated-" + digits(static_cast<uint32_t>(document_)) + ".txt";
    store::Statement(
        store_.database(),
        "INSERT INTO documents VALUES (?1, ?2, 0, ?2, ?2, '', 0, ?2, '', '2024-03-13', '',"
        " '', '', 'en', '')")
        .bind(1, document_)
        .bind(2, id)
        .run();
    store::Statement(store_.database(), "INSERT INTO texts VALUES (?, ?)")
        .bind(1, document_)
        .bind(2, text_)
        .run();
    text_.clear();
    sentences_ = 0;
    ++document_;
  }

  static int64_t row(uint32_t index) { return int64_t{index} + 1; }

  store::Store& store_;
  const schema::Ontology& ontology_;
  uint32_t nodes_, edges_, hub_ = 0xffffffffu;
  Dice dice_;
  std::vector<Stretch> by_type_;
  std::vector<schema::TypeId> type_of_;
  std::vector<std::vector<const schema::RelationType*>> fitting_;
  std::string text_;
  size_t sentences_ = 0;
  int64_t document_ = 1;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: weft-large-graph FILE NODES EDGES\n", stderr);
    return 2;
  }
  try {
    const auto ontology =
        schema::Ontology::load(std::filesystem::path(WEFT_SCHEMA_DIR) / "ontology.json");
    std::filesystem::remove(argv[1]);
    auto store = store::Store::open_for_writing(argv[1]);
    Generator(store, ontology, static_cast<uint32_t>(std::atoi(argv[2])),
              static_cast<uint32_t>(std::atoi(argv[3])))
        .run();
  } catch (const core::SetupError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.code());
  }
  return 0;
}
