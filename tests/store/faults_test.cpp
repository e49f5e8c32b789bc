#include <doctest/doctest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "core/error.h"
#include "graph/load.h"
#include "graph/record_builder.h"
#include "graph/verify.h"
#include "store/store.h"

using namespace weft;
namespace fs = std::filesystem;
using testing::Corpus;
using testing::RecordBuilder;
using testing::shipped_ontology;

namespace {

/// An SQLite VFS over the usual one whose writes, syncs and truncations fail from the n-th on
/// (sqlite.org/vfs.html, "shim"). Only this file uses it.
class FailingDisk {
 public:
  static inline long left = -1;  // operations that still work; below 0: all
  static inline bool failed = false;

  FailingDisk() : usual_(sqlite3_vfs_find(nullptr)), vfs_(*usual_) {
    vfs_.zName = "failing";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + usual_->szOsFile;
    vfs_.pAppData = usual_;
    vfs_.xOpen = [](sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags,
                    int* out) {
      auto* usual = static_cast<sqlite3_vfs*>(vfs->pAppData);
      auto* self = reinterpret_cast<File*>(file);
      const int code = usual->xOpen(usual, name, self->real(), flags, out);
      self->base.pMethods = self->real()->pMethods ? methods(self->real()->pMethods) : nullptr;
      return code;
    };
    sqlite3_vfs_register(&vfs_, 1);
  }
  ~FailingDisk() {
    left = -1;
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(usual_, 1);
  }

 private:
  struct File {
    sqlite3_file base;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };
  static sqlite3_file* real(sqlite3_file* f) { return reinterpret_cast<File*>(f)->real(); }
  static bool fails() {
    if (left < 0) return false;
    if (left > 0) {
      --left;
      return false;
    }
    return failed = true;
  }

  static const sqlite3_io_methods* methods(const sqlite3_io_methods* usual) {
    static sqlite3_io_methods m;
    m = *usual;
    m.xClose = [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); };
    m.xRead = [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
      return real(f)->pMethods->xRead(real(f), to, n, at);
    };
    m.xWrite = [](sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
      if (!fails()) return real(f)->pMethods->xWrite(real(f), from, n, at);
      // A disk that fills up may take a part of the write.
      if (n > 1) real(f)->pMethods->xWrite(real(f), from, n / 2, at);
      return SQLITE_FULL;
    };
    m.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
      return fails() ? SQLITE_IOERR_TRUNCATE : real(f)->pMethods->xTruncate(real(f), size);
    };
    m.xSync = [](sqlite3_file* f, int flags) {
      return fails() ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags);
    };
    m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
      return real(f)->pMethods->xFileSize(real(f), size);
    };
    m.xLock = [](sqlite3_file* f, int n) { return real(f)->pMethods->xLock(real(f), n); };
    m.xUnlock = [](sqlite3_file* f, int n) { return real(f)->pMethods->xUnlock(real(f), n); };
    m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
      return real(f)->pMethods->xCheckReservedLock(real(f), out);
    };
    m.xFileControl = [](sqlite3_file* f, int op, void* data) {
      return real(f)->pMethods->xFileControl(real(f), op, data);
    };
    m.xSectorSize = [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); };
    m.xDeviceCharacteristics = [](sqlite3_file* f) {
      return real(f)->pMethods->xDeviceCharacteristics(real(f));
    };
    m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
      return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
    };
    m.xShmLock = [](sqlite3_file* f, int at, int n, int flags) {
      return real(f)->pMethods->xShmLock(real(f), at, n, flags);
    };
    m.xShmBarrier = [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); };
    m.xShmUnmap = [](sqlite3_file* f, int del) {
      return real(f)->pMethods->xShmUnmap(real(f), del);
    };
    m.xFetch = [](sqlite3_file* f, sqlite3_int64 at, int n, void** out) {
      return real(f)->pMethods->xFetch(real(f), at, n, out);
    };
    m.xUnfetch = [](sqlite3_file* f, sqlite3_int64 at, void* p) {
      return real(f)->pMethods->xUnfetch(real(f), at, p);
    };
    return &m;
  }

  sqlite3_vfs* usual_;
  sqlite3_vfs vfs_;
};

Corpus corpus_of(int first, int last) {
  Corpus corpus;
  for (int i = first; i < last; ++i) {
    RecordBuilder b("doc" + std::to_string(i));
    const auto p = b.entity("Person", "Ann Lee " + std::to_string(i % 3) + " Jones");
    const auto o = b.entity("Place", "Oslo");
    b.fact(p, "visited", o, {b.evidence("Ann visited Oslo " + std::string(900, 'x'))});
    corpus.add(std::move(b));
  }
  return corpus;
}

/// What a build does: two batches, then the graph.
void build(const fs::path& file, const Corpus& corpus) {
  auto store = store::Store::open_for_writing(file, std::chrono::milliseconds(0));
  size_t n = 0;
  for (const doc::Record& r : corpus.records) {
    store.put(r, corpus.texts.at(r.meta.id), {r.meta.id, r.meta.sha256, 0}, "v1",
              shipped_ontology());
    store.finish_container(r.meta.id);
    if (++n == corpus.records.size() / 2) store.commit_batch();
  }
  store.settle(false);
  const auto records = store.records(shipped_ontology());
  graph::save(store, graph::resolve(records, nullptr, shipped_ontology(), nullptr),
              shipped_ontology());
  store.finish();
}

std::string graph_of(const fs::path& file) {
  return testing::dump(graph::load(file, shipped_ontology()));
}

}  // namespace

TEST_CASE(
    "a disk that fails at any write leaves the old graph or the new one, and going on works") {
  const fs::path folder = fs::temp_directory_path() / ("weft_faults_" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder);
  const fs::path good = folder / "good", old = folder / "old", file = folder / "x";
  build(good, corpus_of(0, 12));
  build(old, corpus_of(0, 6));
  const std::string before = graph_of(old);
  build(old, corpus_of(3, 12));
  const std::string after = graph_of(old);
  CHECK(after == graph_of(good));
  fs::remove(old);
  build(old, corpus_of(0, 6));

  const FailingDisk disk;
  unsigned rounds = 0, kept = 0;
  // Every operation of the first hundred, then every seventh.
  for (long n = 0; n < 3000; n += n < 100 ? 1 : 7, ++rounds) {
    CAPTURE(n);
    fs::copy_file(old, file, fs::copy_options::overwrite_existing);
    FailingDisk::failed = false;
    FailingDisk::left = n;
    bool threw = false;
    try {
      build(file, corpus_of(3, 12));
    } catch (const core::SetupError& e) {
      threw = true;
      CHECK(std::string(e.what()).find(file.string()) != std::string::npos);
    }
    FailingDisk::left = -1;
    const std::string now = graph_of(file);
    const bool whole = now == before || now == after;
    CHECK(whole);
    if (!threw) CHECK(now == after);
    kept += now == before;
    CHECK(graph::verify(store::Store::open(file), shipped_ontology()).faults ==
          std::vector<std::string>{});
    build(file, corpus_of(3, 12));
    CHECK(graph_of(file) == after);
    if (!FailingDisk::failed) break;
  }
  CHECK(rounds > 10);
  CHECK(kept > 5);
  CHECK_FALSE(FailingDisk::failed);

  // The same for a store that is not there yet.
  for (long n = 0; n < 60; ++n) {
    CAPTURE(n);
    fs::remove(file);
    FailingDisk::left = n;
    try {
      build(file, corpus_of(0, 12));
    } catch (const core::SetupError&) {
    }
    FailingDisk::left = -1;
    build(file, corpus_of(0, 12));
    CHECK(graph_of(file) == after);
  }
  fs::remove_all(folder);
}
