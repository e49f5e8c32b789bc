#include "graph/load.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "core/error.h"
#include "record_builder.h"

using namespace weft;
namespace fs = std::filesystem;
using testing::Corpus;
using testing::RecordBuilder;
using testing::shipped_ontology;

namespace {

Corpus hostile_corpus() {
  Corpus corpus;
  for (const char* id : {"b/\xE2\x80\xAE.txt", "a'; DROP TABLE edges; --", "c"}) {
    RecordBuilder b(id);
    b.record.meta.title = "\"<b>&'\n" + std::string(1, '\0') + "x";
    const auto p = b.entity("Person", "Ann \"O'Lee\" <x>", {"\xF0\x9F\x98\x80", "null"});
    const auto o = b.entity("Place", "\xD8\xA7\xD9\x84\xD9\x82\xD8\xA7\xD9\x87\xD8\xB1\xD8\xA9", {},
                            "", "city");
    auto e = b.evidence("Ann \xE2\x80\x9Cvisited\xE2\x80\x9D.\x01");
    e.speaker = p;
    e.time = "2024";
    b.fact(p, "visited", o, {e, b.evidence("Again.")});
    b.value(p, "serves_as", "\x7f\n|null", {e});
    corpus.add(std::move(b));
  }
  return corpus;
}

/// The documents and their graph, not yet committed.
void write(store::Store& store, const Corpus& corpus) {
  for (const auto& r : corpus.records)
    store.put(r, corpus.texts.at(r.meta.id), {r.meta.id, r.meta.sha256, 0}, "v1",
              shipped_ontology());
  store.settle(false);
  graph::save(store, corpus.graph(), shipped_ontology());
}

}  // namespace

TEST_CASE("a graph comes back from a store as it went in") {
  const fs::path file = fs::temp_directory_path() / "weft_load_test.weft";
  const Corpus corpus = hostile_corpus();
  const auto g = corpus.graph();
  {
    auto store = store::Store::open_for_writing(file);
    write(store, corpus);
    store.finish();
  }
  CHECK(testing::dump(graph::load(file, shipped_ontology())) == testing::dump(g));
  // What is resolved from the stored records is the same graph.
  const auto store = store::Store::open(file);
  const auto records = store.records(shipped_ontology());
  const auto again = graph::resolve(
      records, [&](const std::string& id) { return *store.text(id); }, shipped_ontology(), nullptr);
  CHECK(testing::dump(again) == testing::dump(g));
  // The view that people read shows the same words.
  store::Statement row(store.database(),
                       "SELECT text, object FROM v_evidence WHERE edge IS NOT NULL");
  REQUIRE(row.step());
  CHECK(row.text(0) == g.edges[0].evidence[0].text);
  CHECK(row.text(1) == g.nodes[g.edges[0].target].label);
  fs::remove(file);
}

TEST_CASE("a part that is read alone is the part of what is read whole") {
  const fs::path file = fs::temp_directory_path() / "weft_load_part_test.weft";
  fs::remove(file);
  const Corpus corpus = hostile_corpus();
  {
    auto store = store::Store::open_for_writing(file);
    write(store, corpus);
    store.finish();
  }
  const auto store = store::Store::open(file);
  const graph::Graph whole = graph::load(store, shipped_ontology());
  REQUIRE(whole.edges.size() > 0);
  const auto nodes = static_cast<uint32_t>(whole.nodes.size());
  const graph::Edge& last = whole.edges.back();
  const graph::Subgraph parts[] = {
      {},
      {{nodes - 1}, {}},
      {{std::min(last.source, last.target), std::max(last.source, last.target)},
       {static_cast<uint32_t>(whole.edges.size() - 1)}},
  };
  for (const graph::Subgraph& part : parts) {
    graph::Selection only;
    only.only = part;
    CHECK(testing::dump(graph::load_part(store, shipped_ontology(), part)) ==
          testing::dump(graph::select(whole, only)));
  }
  fs::remove(file);
}

TEST_CASE("a schema without a type of the store is refused with a sentence") {
  const fs::path dir = fs::temp_directory_path();
  const fs::path file = dir / "weft_other_schema.weft";
  const Corpus corpus = hostile_corpus();
  auto store = store::Store::open_for_writing(file);
  write(store, corpus);
  store.database().execute("UPDATE entities SET type = 'Alien' WHERE number = 1");
  store.finish();
  CHECK_THROWS_WITH_AS(graph::load(file, shipped_ontology()), doctest::Contains("\"Alien\""),
                       core::SetupError);
  fs::remove(file);
}
