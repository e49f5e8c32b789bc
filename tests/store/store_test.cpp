#include "store/store.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/error.h"
#include "graph/load.h"
#include "graph/record_builder.h"

using namespace weft;
namespace fs = std::filesystem;
using testing::Corpus;
using testing::RecordBuilder;
using testing::shipped_ontology;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("weft_store_test_" + std::to_string(::getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  size_t files() const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }
};

std::string slurp(const fs::path& p) {
  std::ifstream in(p, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void spill(const fs::path& p, std::string_view bytes) {
  std::ofstream(p, std::ios::binary | std::ios::trunc) << bytes;
}

Corpus small_corpus(int documents = 3) {
  Corpus corpus;
  for (int i = 0; i < documents; ++i) {
    RecordBuilder b("doc" + std::to_string(i));
    const auto p = b.entity("Person", "Ann Lee " + std::to_string(i % 7) + " Jones");
    const auto o = b.entity("Place", "Oslo");
    b.fact(p, "visited", o, {b.evidence("Ann visited Oslo " + std::string(200, 'x'))});
    b.value(p, "serves_as", "guide", {b.evidence("Ann is a guide.")});
    corpus.add(std::move(b));
  }
  return corpus;
}

void write(const fs::path& file, const Corpus& corpus, bool backwards = false) {
  auto store = store::Store::create(file);
  auto records = corpus.records;
  if (backwards) std::reverse(records.begin(), records.end());
  for (const auto& r : records) store.put(r, corpus.texts.at(r.meta.id), "v1", shipped_ontology());
  graph::save(store, corpus.graph(), shipped_ontology());
  store.commit();
}

std::string sentence_of(const fs::path& file) {
  try {
    store::Store::open(file);
  } catch (const core::SetupError& e) {
    CHECK(e.code() == core::ExitCode::broken_file);
    return e.what();
  }
  return "opened";
}

}  // namespace

TEST_CASE("a store is one file that gives back what was put in, whatever the order") {
  const Folder folder;
  const fs::path file = folder.path / "a b'\"\xE2\x80\xAE%20?.weft";
  const Corpus corpus = small_corpus();
  write(file, corpus, true);
  CHECK(folder.files() == 1);
  const auto store = store::Store::open(file);
  CHECK(folder.files() == 1);
  CHECK(store.document_count() == 3);
  const auto documents = store.documents();
  REQUIRE(documents.size() == 3);
  for (size_t i = 0; i < 3; ++i) {
    CHECK(documents[i] == corpus.records[i].meta);
    CHECK(store.record(documents[i].id, shipped_ontology()) == corpus.records[i]);
    CHECK(store.text(documents[i].id) == corpus.texts.at(documents[i].id));
  }
  CHECK(store.records(shipped_ontology()) == corpus.records);
  CHECK(store.meta("format") == "1");
  CHECK(store.meta("nothing").empty());
  CHECK_FALSE(store.text("nobody"));
  CHECK_FALSE(store.record("' OR 1=1 --", shipped_ontology()));
  CHECK(store.has("doc0"));
}

TEST_CASE("the same input gives the same bytes") {
  const Folder folder;
  const Corpus corpus = small_corpus(40);
  write(folder.path / "a", corpus);
  write(folder.path / "b", corpus);
  const std::string a = slurp(folder.path / "a");
  CHECK(a.size() > 10000);
  CHECK(a == slurp(folder.path / "b"));
}

TEST_CASE("texts with zero bytes, empty texts and a document without date") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  doc::Record r;
  r.meta.id = std::string("nul\0id", 6);
  const std::string text("a\0b\xF0\x9F\x98\x80", 7);
  {
    auto store = store::Store::create(file);
    store.put(r, text, "", shipped_ontology());
    r.meta.id = "empty";
    store.put(r, "", "", shipped_ontology());
    store.commit();
  }
  const auto store = store::Store::open(file);
  CHECK(store.text(std::string("nul\0id", 6)) == text);
  CHECK(store.text("empty") == "");
}

TEST_CASE("an abandoned or failing build leaves the older store") {
  const Folder folder;
  const fs::path file = folder.path / "x.weft";
  write(file, small_corpus());
  const std::string before = slurp(file);
  {
    auto store = store::Store::create(file);
    store.put(small_corpus().records[0], "text", "", shipped_ontology());
  }
  CHECK(slurp(file) == before);

  // A full disk, by SQLite's own limit on pages.
  try {
    auto store = store::Store::create(file);
    store.database().execute("PRAGMA max_page_count=30");
    const Corpus corpus = small_corpus(2000);
    for (const auto& r : corpus.records)
      store.put(r, corpus.texts.at(r.meta.id), "v1", shipped_ontology());
    store.commit();
    FAIL("30 pages can't hold this");
  } catch (const core::SetupError& e) {
    CHECK(std::string(e.what()).find("disk is full") != std::string::npos);
    CHECK(std::string(e.what()).find(file.string()) != std::string::npos);
    CHECK(std::string(e.what()).find(".tmp") == std::string::npos);
    CHECK(e.code() == core::ExitCode::broken_file);
  }
  CHECK(slurp(file) == before);
  CHECK(folder.files() == 1);

  auto store = store::Store::create(file);
  const auto record = small_corpus().records[0];
  store.put(record, "text", "", shipped_ontology());
  CHECK_THROWS_WITH_AS(store.put(record, "text", "", shipped_ontology()),
                       doctest::Contains("\"doc0\""), core::SetupError);
}

TEST_CASE("targets that can't be a store") {
  const Folder folder;
  CHECK_THROWS_WITH_AS(store::Store::create(folder.path), doctest::Contains("is a folder"),
                       core::SetupError);
  CHECK_THROWS_WITH_AS(store::Store::create(folder.path / "no" / "x"),
                       doctest::Contains("no folder"), core::SetupError);
  CHECK_THROWS_WITH_AS(store::Store::create("/dev/full"), doctest::Contains("regular file"),
                       core::SetupError);
  CHECK_THROWS_AS(store::Store::create(""), core::SetupError);
  CHECK(folder.files() == 0);
}

TEST_CASE("what is no store is refused in a sentence that says why") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  CHECK(sentence_of(file).find("no store at") != std::string::npos);
  CHECK(sentence_of(":memory:").find("no store at") != std::string::npos);
  CHECK(sentence_of("").find("no store at") != std::string::npos);
  CHECK(sentence_of(folder.path).find("is a folder") != std::string::npos);
  CHECK(sentence_of("/dev/null").find("regular file") != std::string::npos);
  for (const char* text : {"", "hello", "SQLite format 2 and more"}) {
    spill(file, text);
    CHECK(sentence_of(file).find("not a weft store") != std::string::npos);
  }
  {
    store::Database other(folder.path / "other", store::Database::Mode::create, "other");
    other.execute("CREATE TABLE t (x)");
  }
  CHECK(sentence_of(folder.path / "other").find("SQLite database, but not a weft store") !=
        std::string::npos);

  write(file, small_corpus());
  std::string bytes = slurp(file);
  bytes[63] = 99;
  spill(file, bytes);
  CHECK(sentence_of(file).find("newer weft") != std::string::npos);
  bytes[63] = 0;
  spill(file, bytes);
  CHECK(sentence_of(file).find("unfinished") != std::string::npos);
}

TEST_CASE("a store that is cut off is refused at any length") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  write(file, small_corpus());
  const std::string bytes = slurp(file);
  for (size_t n = 0; n < bytes.size(); n += n < 200 ? 1 : 509) {
    spill(file, std::string_view(bytes).substr(0, n));
    const std::string sentence = sentence_of(file);
    CHECK(sentence.find(file.string()) != std::string::npos);
    CHECK(sentence.back() != ' ');
  }
}

TEST_CASE("a store with wrong bytes opens with a sentence or works, and never crashes") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  const Corpus corpus = small_corpus(20);
  write(file, corpus);
  const std::string bytes = slurp(file);
  unsigned refused = 0;
  uint32_t random = 12345;
  for (int round = 0; round < 400; ++round) {
    std::string changed = bytes;
    for (int k = 0; k < 8; ++k) {
      random = random * 1664525 + 1013904223;
      changed[100 + (random >> 8) % (bytes.size() - 100)] = static_cast<char>(random >> 3);
    }
    spill(file, changed);
    try {
      const auto store = store::Store::open(file);
      (void)graph::load(store, shipped_ontology());
      (void)store.records(shipped_ontology());
      for (const auto& d : store.documents()) (void)store.text(d.id);
    } catch (const core::SetupError& e) {
      CHECK(std::string(e.what()).size() > 20);
      ++refused;
    }
  }
  CHECK(refused > 10);
}

TEST_CASE("unchanged documents are taken over from the older store") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  const Corpus corpus = small_corpus();
  write(file, corpus);
  const doc::Record& r = corpus.records[1];
  {
    const auto old = store::Store::open(file);
    CHECK(old.unchanged(r.meta.id, r.meta.sha256, "v1", shipped_ontology()) == r);
    CHECK_FALSE(old.unchanged(r.meta.id, r.meta.sha256, "v2", shipped_ontology()));
    auto fresh = store::Store::create(file);
    CHECK(fresh.copy_unchanged(old, r.meta.id, r.meta.sha256, "v1"));
    CHECK_FALSE(fresh.copy_unchanged(old, "doc0", r.meta.sha256, "v1"));
    CHECK_FALSE(fresh.copy_unchanged(old, "doc0", corpus.records[0].meta.sha256, "v2"));
    fresh.commit();
  }
  const auto store = store::Store::open(file);
  CHECK(store.document_count() == 1);
  CHECK(store.record(r.meta.id, shipped_ontology()) == r);
  CHECK(store.unchanged(r.meta.id, r.meta.sha256, "v1", shipped_ontology()) == r);
  CHECK(store.text(r.meta.id) == corpus.texts.at(r.meta.id));
}
