#include "store/snapshot.h"

#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "core/error.h"
#include "graph/load.h"
#include "graph/record_builder.h"
#include "graph/verify.h"

using namespace weft;
using testing::Corpus;
using testing::RecordBuilder;
using testing::shipped_ontology;

namespace {

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / "weft-snapshot-test") {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path store() const { return path_ / "s.weft"; }

 private:
  std::filesystem::path path_;
};

/// Puts a document in and makes the graph of all, as a build does.
void add(store::Store& store, const std::string& id) {
  RecordBuilder b(id);
  const auto person = b.entity("Person", "Ann Lee of " + id);
  const auto place = b.entity("Place", "Oslo");
  b.fact(person, "visited", place, {b.evidence("Ann Lee of " + id + " visited Oslo.")});
  const doc::Record record = b.done();
  store.put(record, b.text, {id, "content of " + id, 0}, "test", shipped_ontology());
  store.settle(false);
  const auto records = store.records(shipped_ontology());
  graph::save(store, graph::resolve(records, nullptr, shipped_ontology(), nullptr),
              shipped_ontology());
  store.finish();
}

}  // namespace

TEST_CASE("between two reads of a snapshot a writer's commit is not seen, after it it is") {
  const Folder folder;
  auto writer = store::Store::open_for_writing(folder.store());
  add(writer, "a");
  const auto reader = store::Store::open(folder.store());
  {
    const store::Snapshot state(reader);
    CHECK(reader.document_count() == 1);
    const std::string digest = reader.meta(graph::kGraphDigest);
    add(writer, "b");
    CHECK(reader.document_count() == 1);
    CHECK(reader.documents().size() == 1);
    CHECK_FALSE(reader.text("b"));
    CHECK(reader.meta(graph::kGraphDigest) == digest);
    CHECK(graph::graph_digest(reader) == digest);  // the tables are those of the checksum
    const graph::Graph seen = graph::load(reader, shipped_ontology());  // within the same state
    CHECK(seen.edges.size() == 1);
    CHECK(seen.documents.size() == 1);
    CHECK(graph::verify(reader, shipped_ontology()).faults.empty());
    CHECK(reader.document_count() == 1);  // what load() and verify() held was part of it
  }
  CHECK(reader.document_count() == 2);
  const graph::Graph seen = graph::load(reader, shipped_ontology());
  CHECK(seen.edges.size() == 2);
  CHECK(seen.documents.size() == 2);
}

TEST_CASE("a graph is read in one state though a writer commits all the time") {
  const Folder folder;
  auto writer = store::Store::open_for_writing(folder.store());
  add(writer, "0");
  std::atomic<bool> done = false;
  std::thread writing([&] {
    for (int i = 1; i < 40; ++i) add(writer, std::to_string(i));
    done = true;
  });
  // load() asks for nodes, edges, evidence and documents one after the other; each document of
  // these gives one of each. verify() compares them.
  size_t states = 0, mixed = 0, faults = 0, last = 0;
  do {
    const auto reader = store::Store::open(folder.store());
    const graph::Graph seen = graph::load(reader, shipped_ontology());
    mixed += seen.edges.size() != seen.documents.size() ||
             seen.nodes.size() != seen.documents.size() + 1;
    faults += graph::verify(reader, shipped_ontology()).faults.size();
    states += seen.documents.size() != last;
    last = seen.documents.size();
  } while (!done);
  writing.join();
  CHECK(states > 0);
  CHECK(mixed == 0);
  CHECK(faults == 0);
}

TEST_CASE("a snapshot within a writer's transaction leaves it open") {
  const Folder folder;
  auto writer = store::Store::open_for_writing(folder.store());
  add(writer, "a");
  writer.set_meta("test", "1");
  writer.database().execute("BEGIN");
  {
    const store::Snapshot state(writer);
    CHECK(writer.document_count() == 1);
  }
  CHECK(writer.database().in_transaction());
  writer.finish();
}
