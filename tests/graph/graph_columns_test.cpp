// Columns of a store: what they say is what the tables say, read as they are touched; and no store,
// however damaged, makes them answer nonsense.
#include "graph/graph_columns.h"

#include <doctest/doctest.h>

#include "core/error.h"
#include "query/small_graph.h"
#include "query/store_graph.h"

using namespace weft;
using test::ontology;

namespace {

std::shared_ptr<store::Store> open_again(const std::filesystem::path& file) {
  return std::make_shared<store::Store>(store::Store::open(file));
}

/// The small graph in a file that stays until the end of the test.
struct File {
  File() {
    std::filesystem::remove(path);
    auto store = test::stored(test::small_graph());
    store::Statement(store.database(), "VACUUM INTO '" + path.string() + "'").run();
  }
  ~File() { std::filesystem::remove(path); }
  void execute(const char* sql) const {
    auto store = store::Store::open_for_writing(path);
    store.database().execute(sql);
    store.finish();
  }
  std::filesystem::path path = std::filesystem::temp_directory_path() /
                               ("weft_columns_" + std::to_string(::getpid()) + ".weft");
};

/// All that the columns hold; throws for what can't be.
std::string everything(const graph::GraphColumns& c) {
  std::string out;
  graph::GraphColumns::each_column(c, [&](const char* name, const auto& column) {
    const auto bytes = std::as_bytes(column.all());
    out += std::string(name) + " " + std::to_string(column.size()) + ": ";
    out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  });
  for (uint32_t n = 0; n < c.adjacency.nodes(); ++n)
    out += std::to_string(c.adjacency.out(n).size() + c.adjacency.in(n).size()) +
           std::string(c.label[n]);
  return out;
}

bool is_read(const graph::GraphColumns& c) { return c.type.is_read(); }

}  // namespace

TEST_CASE("columns read from a store are those made from its tables") {
  const File file;
  const auto read = graph::open_columns(open_again(file.path), ontology());
  CHECK(is_read(read));
  file.execute("DELETE FROM meta WHERE key = 'graph_columns'");
  const auto made = graph::open_columns(open_again(file.path), ontology());
  CHECK_FALSE(is_read(made));
  CHECK(everything(read) == everything(made));
  const graph::Graph g = test::small_graph();
  CHECK(made.adjacency.edges() == g.edges.size());
  for (uint32_t e = 0; e < g.edges.size(); ++e) {
    CHECK(made.words[made.time[e]] == g.edges[e].summary.time);
    CHECK(made.adjacency.source(e) == g.edges[e].source);
    CHECK(made.adjacency.kind(e) == g.edges[e].relation.value);
  }
}

TEST_CASE("columns of another state of the graph or another schema are never read") {
  const File file;
  file.execute("UPDATE meta SET value = 'another' WHERE key = 'graph_digest'");
  CHECK_FALSE(is_read(graph::open_columns(open_again(file.path), ontology())));
  file.execute(
      "UPDATE meta SET value = replace(value, 'Person ', 'Human ') WHERE key = "
      "'graph_columns'");
  CHECK_FALSE(is_read(graph::open_columns(open_again(file.path), ontology())));
  file.execute("DROP TABLE graph_columns");
  CHECK_FALSE(is_read(graph::open_columns(open_again(file.path), ontology())));
  CHECK(graph::columns_fault(*open_again(file.path), ontology()).empty());
}

TEST_CASE("damaged columns are refused with a sentence, and verify finds them") {
  const char* damages[] = {
      "UPDATE graph_columns SET data = zeroblob(length(data)) WHERE number = 0",
      "UPDATE graph_columns SET data = CAST(data || x'00' AS BLOB) WHERE number = 0",
      "UPDATE graph_columns SET checksum = checksum + 1",
      "DELETE FROM graph_columns WHERE number = (SELECT max(number) FROM graph_columns)",
      "UPDATE meta SET value = replace(value, 'source 6', 'source 7') WHERE key = 'graph_columns'",
      "UPDATE meta SET value = replace(value, 'label 1', 'label 99999999991') WHERE key = "
      "'graph_columns'",
      "UPDATE meta SET value = replace(value, 'words_first', 'x') WHERE key = 'graph_columns'",
  };
  for (const char* sql : damages) {
    CAPTURE(sql);
    const File file;
    file.execute(sql);
    CHECK_FALSE(graph::columns_fault(*open_again(file.path), ontology()).empty());
    CHECK_THROWS_WITH_AS(everything(graph::open_columns(open_again(file.path), ontology())),
                         doctest::Contains("is damaged"), core::SetupError);
  }
}

TEST_CASE("numbers that lead out of the graph are refused even if their checksum fits") {
  const File file;
  // CRC-32 of 24 bytes 0xff, which are six nodes that there are not.
  file.execute(
      "UPDATE graph_columns SET data = x'ffffffffffffffffffffffffffffffffffffffffffffffff',"
      " checksum = 3705476802 WHERE number = 0");
  const auto columns = graph::open_columns(open_again(file.path), ontology());
  CHECK_THROWS_WITH_AS(columns.adjacency.source(0), doctest::Contains("is damaged"),
                       core::SetupError);
}

TEST_CASE("a store graph sees the state that it was opened in, and when it has changed") {
  const File file;
  query::StoreGraph graph(store::Store::open(file.path), ontology());
  graph.pause();
  CHECK(graph.resume());
  graph.pause();
  file.execute("UPDATE meta SET value = 'another' WHERE key = 'graph_digest'");
  CHECK_FALSE(graph.resume());
}

TEST_CASE("an entity is named by its id, its label or an alias that only it bears") {
  const query::StoreGraph graph(test::stored(test::small_graph()), ontology());
  const auto named = [&](const char* name) {
    const auto node = graph.named(name);
    return node ? std::string(graph.id_of(*node)) : "";
  };
  CHECK(named("person/xi-jinping") == "person/xi-jinping");
  CHECK(named("xi JINPING") == "person/xi-jinping");
  CHECK(named("ana munoz") == "person/ana-munoz");
  CHECK(named("President Xi") == "person/xi-jinping");
  CHECK(named("\u91cd\u5e86") == "place/chongqing");
  CHECK(named("Xi").empty());            // two bear it
  CHECK(named("the province").empty());  // so do they
  CHECK(named("Jianxi").empty());
  CHECK(named("").empty());
}
