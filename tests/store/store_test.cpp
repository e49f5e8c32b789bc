#include "store/store.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/error.h"
#include "graph/load.h"
#include "graph/record_builder.h"
#include "graph/verify.h"

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

store::Origin from(const std::string& container, const std::string& content = "c") {
  return {container, content, 0};
}

void put(store::Store& store, const doc::Record& r, const std::string& text,
         const std::string& fingerprint = "v1") {
  store.put(r, text, from(r.meta.id, r.meta.sha256), fingerprint, shipped_ontology());
}

void write(const fs::path& file, const Corpus& corpus, bool backwards = false) {
  auto store = store::Store::open_for_writing(file);
  auto records = corpus.records;
  if (backwards) std::reverse(records.begin(), records.end());
  for (const auto& r : records) put(store, r, corpus.texts.at(r.meta.id));
  store.settle(false);
  graph::save(store, corpus.graph(), shipped_ontology());
  store.finish();
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
  CHECK(store.meta("format") == "3");
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
    auto store = store::Store::open_for_writing(file);
    put(store, r, text);
    r.meta.id = "empty";
    put(store, r, "");
    store.settle(false);
    store.finish();
  }
  const auto store = store::Store::open(file);
  CHECK(store.text(std::string("nul\0id", 6)) == text);
  CHECK(store.text("empty") == "");
}

TEST_CASE("a store that fails before it holds anything leaves nothing, an older one stays") {
  const Folder folder;
  const fs::path file = folder.path / "x.weft";
  {
    auto store = store::Store::open_for_writing(file);
    put(store, small_corpus().records[0], "text");
  }
  CHECK(folder.files() == 0);
  write(file, small_corpus());
  {
    auto store = store::Store::open_for_writing(file);
    put(store, small_corpus(4).records[3], "text");
  }
  CHECK(folder.files() == 1);
  CHECK(store::Store::open(file).document_count() == 3);
  CHECK(store::Store::open(file).waiting_count() == 0);
}

TEST_CASE("a full disk ends in a sentence; what was committed stays") {
  const Folder folder;
  const fs::path file = folder.path / "x.weft";
  const Corpus corpus = small_corpus(2000);
  size_t committed = 0;
  try {
    auto store = store::Store::open_for_writing(file);
    store.database().execute("PRAGMA max_page_count=100");  // SQLite's own limit
    for (const auto& r : corpus.records) {
      put(store, r, corpus.texts.at(r.meta.id));
      store.commit_batch();
      ++committed;
    }
    FAIL("100 pages can't hold this");
  } catch (const core::SetupError& e) {
    CHECK(std::string(e.what()).find("disk is full") != std::string::npos);
    CHECK(std::string(e.what()).find(file.string()) != std::string::npos);
    CHECK(e.code() == core::ExitCode::broken_file);
  }
  CHECK(committed > 0);
  CHECK(folder.files() == 1);
  const auto store = store::Store::open(file);
  CHECK(store.waiting_count() == committed);
  CHECK(store.document_count() == 0);
}

TEST_CASE("targets that can't be a store") {
  const Folder folder;
  CHECK_THROWS_WITH_AS(store::Store::open_for_writing(folder.path),
                       doctest::Contains("is a folder"), core::SetupError);
  CHECK_THROWS_WITH_AS(store::Store::open_for_writing(folder.path / "no" / "x"),
                       doctest::Contains("no folder"), core::SetupError);
  CHECK_THROWS_WITH_AS(store::Store::open_for_writing("/dev/full"),
                       doctest::Contains("regular file"), core::SetupError);
  CHECK_THROWS_AS(store::Store::open_for_writing(""), core::SetupError);
  CHECK(folder.files() == 0);
  spill(folder.path / "letter.txt", "Dear reader, this is no store and must not become one.");
  CHECK_THROWS_WITH_AS(store::Store::open_for_writing(folder.path / "letter.txt"),
                       doctest::Contains("not a weft store"), core::SetupError);
  CHECK(slurp(folder.path / "letter.txt").starts_with("Dear reader"));
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
    store::Database other(folder.path / "other", store::Database::Mode::write);
    other.execute("CREATE TABLE t (x)");
  }
  CHECK(sentence_of(folder.path / "other").find("SQLite database, but not a weft store") !=
        std::string::npos);

  fs::remove(file);
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

TEST_CASE("what is put waits until it is settled, and replaces what came from the same file") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  write(file, small_corpus(3));
  Corpus changed = small_corpus(3);
  doc::Record& r = changed.records[1];
  {
    auto store = store::Store::open_for_writing(file);
    put(store, r, "another text");
    store.commit_batch();
    CHECK(store::Store::open(file).text("doc1") != "another text");  // readers see the old one
    CHECK(store::Store::open(file).waiting_count() == 1);
  }
  {
    auto store = store::Store::open_for_writing(file);  // as after a killed run
    const auto settlement = store.settle(false);
    CHECK(settlement.added == 1);
    CHECK(settlement.removed == 1);
    store.finish();
  }
  const auto store = store::Store::open(file);
  CHECK(store.text("doc1") == "another text");
  CHECK(store.document_count() == 3);
}

TEST_CASE(
    "a file that was read to its end loses what is no longer in it; --sync removes the rest") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  const auto add = [&](store::Store& store, const std::string& id, const std::string& container) {
    RecordBuilder b(id);
    b.entity("Place", "Oslo " + id);
    const doc::Record r = b.done();
    store.put(r, b.text, from(container, r.meta.sha256), "v1", shipped_ontology());
  };
  const auto ids = [&] {
    std::string out;
    for (const auto& d : store::Store::open(file).documents()) out += d.id + " ";
    return out;
  };
  {
    auto store = store::Store::open_for_writing(file);
    for (const char* id : {"1", "2", "3"}) add(store, id, "a.jsonl");
    add(store, "4", "b.txt");
    store.settle(false);
    store.finish();
  }
  CHECK(ids() == "1 2 3 4 ");
  {
    auto store = store::Store::open_for_writing(file);
    for (const store::Row& row :
         store.rows_with_content(store::Store::open(file).documents()[1].sha256, "v1"))
      store.keep(row.number);
    add(store, "5", "a.jsonl");
    store.finish_container("a.jsonl");
    store.settle(false);
    store.finish();
  }
  CHECK(ids() == "2 4 5 ");
  {
    auto store = store::Store::open_for_writing(file);
    add(store, "6", "c.txt");
    store.settle(true);
    store.finish();
  }
  CHECK(ids() == "6 ");
}

TEST_CASE("ids follow from the set of documents, not from the order in which they came") {
  struct Doc {
    const char *id, *path, *text;
  };
  // Two files of one name and different texts; a copy; an id that looks like one that is given out.
  std::vector<Doc> docs = {{"a.txt", "x/a.txt", "one"},
                           {"a.txt", "y/a.txt", "two"},
                           {"a.txt", "z/a.txt", "one"},
                           {"b.txt", "x/b.txt", "one"},
                           {"a.txt", "w/a.txt", "three"}};
  std::string first;
  for (int round = 0; round < 20; ++round) {
    const Folder folder;
    {
      auto store = store::Store::open_for_writing(folder.path / "s");
      size_t n = 0;
      for (const Doc& d : docs) {
        doc::Record r;
        r.meta.id = d.id;
        r.meta.path = d.path;
        r.meta.sha256 = core::sha256_hex(d.text);
        store.put(r, d.text, from(d.path, r.meta.sha256), "v1", shipped_ontology());
        if (++n == static_cast<size_t>(round) % docs.size()) store.settle(false);
      }
      store.settle(false);
      store.finish();
    }
    std::string all;
    const auto store = store::Store::open(folder.path / "s");
    for (const auto& m : store.documents())
      all += m.id + " " + m.path + " " + *store.text(m.id) + "\n";
    if (first.empty()) first = all;
    CHECK(all == first);
    CHECK(store.document_count() == 4);
    std::next_permutation(docs.begin(), docs.end(), [](const Doc& a, const Doc& b) {
      return std::strcmp(a.path, b.path) < 0;
    });
  }
}

TEST_CASE("one writer at a time, and readers beside it") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  write(file, small_corpus());
  auto store = store::Store::open_for_writing(file);
  put(store, small_corpus(4).records[3], "text");
  CHECK_THROWS_WITH_AS(store::Store::open_for_writing(file, std::chrono::milliseconds(50)),
                       doctest::Contains("another run of weft"), core::SetupError);
  CHECK(store::Store::open(file).document_count() == 3);
}

TEST_CASE("an older store is migrated: in memory for a reader, in the file for a writer") {
  const Folder folder;
  const fs::path file = folder.path / "old.weft";
  {
    store::Database db(file, store::Database::Mode::write);
    for (const std::string& sql : {slurp(fs::path(WEFT_TEST_DIR) / "store" / "format_1.sql")})
      db.execute(sql.c_str());
  }
  const std::string before = slurp(file);
  {
    const auto store = store::Store::open(file);
    CHECK(store.document_count() == 2);
    CHECK(store.text("b.txt") == "Ann visited Oslo.");
    CHECK(store.record("a.txt", shipped_ontology())->entities.size() == 1);
    const graph::Graph g = graph::load(store, shipped_ontology());
    CHECK(g.nodes.size() == 2);
    REQUIRE(g.edges.size() == 1);
    CHECK(g.edges[0].evidence.at(0).text == "Ann visited Oslo.");
  }
  CHECK(slurp(file) == before);
  { auto store = store::Store::open_for_writing(file); }
  CHECK(slurp(file) != before);
  CHECK(folder.files() == 1);
  const auto store = store::Store::open(file);
  CHECK(store.meta("format") == "3");
  CHECK(store.document_count() == 2);
  CHECK(graph::verify(store, shipped_ontology()).faults == std::vector<std::string>{});
  // Both documents are to be read again: their records were made by another weft.
  CHECK(store.stale_rows("v9") == std::vector<int64_t>{1, 2});
}

TEST_CASE("a store of format 2 gets the tables of places and of pairs that may be the same") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  write(file, small_corpus());
  {
    store::Database db(file, store::Database::Mode::write);
    db.execute(
        "DROP VIEW v_places; DROP VIEW v_maybe_same; DROP TABLE places; DROP TABLE maybe_same;"
        " PRAGMA user_version=2");
  }
  CHECK(!graph::load(store::Store::open(file), shipped_ontology()).nodes.empty());
  { auto store = store::Store::open_for_writing(file); }
  const auto store = store::Store::open(file);
  CHECK(store.meta("format") == "3");
  CHECK(graph::verify(store, shipped_ontology()).faults == std::vector<std::string>{});
}

TEST_CASE("sentences are found by their words") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  write(file, small_corpus(2));
  const auto store = store::Store::open(file);
  const auto found = store.search_sentences("visited oslo", 10);
  REQUIRE(found.size() == 2);
  CHECK(found[0].document == "doc0");
  CHECK(store.text("doc0")->substr(static_cast<size_t>(found[0].begin),
                                   static_cast<size_t>(found[0].end - found[0].begin)) ==
        found[0].text);
  CHECK(store.search_sentences("\"oslo visited\"", 10).empty());
  CHECK(store.search_sentences("visi* \"ann visited\"", 1).size() == 1);
  for (const char* odd :
       {"", "\"", "*", "a AND", "NEAR(", "text:x", "^", "-a", "'; DROP TABLE x", "\"\"\""})
    CHECK(store.search_sentences(odd, 10).size() <= 2);
}

TEST_CASE("rows that were changed behind weft's back are reported, and no run makes them whole") {
  const Folder folder;
  const fs::path good = folder.path / "x", broken = folder.path / "y";
  write(good, small_corpus(12));
  {
    auto store = store::Store::open_for_writing(good);
    store.add_decision(
        {0, store::DecisionKind::different, {"a", "Person", "A"}, {"b", "Person", "B"}});
    store.settle(false);
    store.finish();
  }
  REQUIRE(graph::verify(store::Store::open(good), shipped_ontology()).faults.empty());
  struct Case {
    std::string sql;
    bool stops_writers;
  };
  for (const Case& c : {
           Case{"UPDATE documents SET path = 'elsewhere' WHERE number = 1", true},
           Case{"UPDATE documents SET container = 'elsewhere' WHERE number = 2", true},
           Case{"UPDATE documents SET given = given + 1 WHERE number = 3", true},
           Case{"UPDATE documents SET waiting = 1 WHERE number = 3", true},
           Case{"UPDATE records SET fingerprint = 'v0' WHERE document = 3", true},
           Case{"UPDATE decisions SET kind = 'same'", true},
           Case{"DELETE FROM decisions", true},
           Case{"DELETE FROM sentences WHERE number = 2", false},
           Case{"UPDATE sentences SET \"end\" = \"end\" - 1 WHERE number = 2", false},
           Case{"UPDATE entities SET label = CAST(label AS BLOB) WHERE number = 1", false},
           Case{"DELETE FROM sentence_search_data WHERE id > 10", false},
           Case{"UPDATE sentence_search_docsize SET sz = x'05' WHERE id = 3", false},
           Case{"INSERT INTO sentence_search (rowid, text) VALUES (2, 'nobody said so')", false},
           Case{"INSERT INTO name_search (name_search) VALUES ('delete-all')", false},
       }) {
    CAPTURE(c.sql);
    fs::copy_file(good, broken, fs::copy_options::overwrite_existing);
    { store::Database(broken, store::Database::Mode::write).execute(c.sql.c_str()); }
    CHECK(!graph::verify(store::Store::open(broken), shipped_ontology()).faults.empty());
    std::string said;
    try {
      store::Store::open_for_writing(broken);
    } catch (const core::SetupError& e) {
      said = e.what();
    }
    CHECK((said.find("is damaged. The list of documents") != std::string::npos) == c.stops_writers);
  }
}

TEST_CASE("where a kept row stands now is written down when the run is over, not before") {
  const Folder folder;
  const fs::path file = folder.path / "x";
  write(file, small_corpus());
  const std::string old = store::Store::open(file).documents()[0].path;
  for (const bool finished : {false, true}) {
    {
      auto store = store::Store::open_for_writing(file);
      for (int64_t number = 1; number <= 3; ++number) store.keep(number);
      store.move(1, "elsewhere");
      store.commit_batch();
      if (finished) {
        CHECK_FALSE(store.settle(true).changed());
        store.finish();
      }
    }
    const auto store = store::Store::open(file);
    CHECK(store.documents()[0].path == (finished ? "elsewhere" : old));
    CHECK(graph::verify(store, shipped_ontology()).faults == std::vector<std::string>{});
  }
}

TEST_CASE("every flipped bit is reported or changes nothing that can be read") {
  const Folder folder;
  const fs::path file = folder.path / "x", broken = folder.path / "y";
  write(file, small_corpus(12));
  const std::string bytes = slurp(file);
  const auto everything = [&](const fs::path& path) {
    const auto store = store::Store::open(path);
    std::string out = testing::dump(graph::load(store, shipped_ontology()));
    for (const auto& d : store.documents())
      out += d.id + d.path + *store.text(d.id) +
             doc::to_json(*store.record(d.id, shipped_ontology()), shipped_ontology());
    return out;
  };
  const std::string good = everything(file);
  CHECK(graph::verify(store::Store::open(file), shipped_ontology()).faults.empty());
  uint32_t random = 4711;
  unsigned reported = 0;
  for (int round = 0; round < 500; ++round) {
    random = random * 1664525 + 1013904223;
    std::string changed = bytes;
    const size_t at = (random >> 4) % bytes.size();
    changed[at] = static_cast<char>(changed[at] ^ (1 << (random % 8)));
    spill(broken, changed);
    bool fault = false;
    try {
      fault = !graph::verify(store::Store::open(broken), shipped_ontology()).faults.empty();
    } catch (const core::SetupError& e) {
      fault = std::string(e.what()).size() > 20;
    }
    reported += fault;
    if (fault) continue;
    CAPTURE(at);
    CHECK(everything(broken) == good);
  }
  CHECK(reported > 50);
}
