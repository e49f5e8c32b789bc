#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/disjoint_sets.h"
#include "core/error.h"
#include "core/json_file.h"
#include "core/json_text.h"
#include "core/mapped_file.h"
#include "core/output_file.h"
#include "core/sha256.h"
#include "core/string_pool.h"

using namespace weft;
namespace fs = std::filesystem;

namespace {

/// A folder that goes away with everything in it.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("weft_core_test_" + std::to_string(::getpid()));
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

}  // namespace

TEST_CASE("an output file appears whole or not at all") {
  const Folder folder;
  const fs::path target = folder.path / "out \xE2\x80\xAE.txt";
  {
    core::OutputFile out(target);
    out.write("first");
    CHECK_FALSE(fs::exists(target));
    out.commit();
  }
  CHECK(slurp(target) == "first");
  {
    core::OutputFile out(target);
    out.write("second, abandoned");
  }
  CHECK(slurp(target) == "first");
  CHECK(folder.files() == 1);
}

TEST_CASE("a target that can't be written fails at once, with its name in the sentence") {
  const Folder folder;
  CHECK_THROWS_WITH_AS(core::OutputFile(folder.path), doctest::Contains("folder"),
                       core::SetupError);
  const fs::path nowhere = folder.path / "none" / "file";
  CHECK_THROWS_WITH_AS(core::OutputFile{nowhere}, doctest::Contains(nowhere.c_str()),
                       core::SetupError);
  CHECK(folder.files() == 0);
}

TEST_CASE("what killed runs left behind is cleared away by the next one, and nothing else") {
  const Folder folder;
  const fs::path target = folder.path / "x";
  const auto touch = [&](const std::string& name) { std::ofstream(folder.path / name) << "?"; };
  // The largest process number on Linux is 4194304.
  touch("x.tmp4999999");
  const std::string ours = "x.tmp" + std::to_string(::getppid());
  for (const std::string& name :
       {ours, std::string("x.tmp"), std::string("x.tmp12a"), std::string("y.tmp4999999")})
    touch(name);
  fs::create_directory(folder.path / "x.tmp4999998");
  core::OutputFile out(target);
  out.commit();
  CHECK_FALSE(fs::exists(folder.path / "x.tmp4999999"));
  CHECK(folder.files() == 6);
  CHECK(fs::exists(folder.path / ours));
}

TEST_CASE("devices are written to, not replaced") {
  const auto before = fs::status("/dev/null").type();
  core::OutputFile out("/dev/null");
  out.write("x");
  out.commit();
  CHECK(fs::status("/dev/null").type() == before);

  core::OutputFile full("/dev/full");
  full.write("x");
  CHECK_THROWS_WITH_AS(full.commit(), doctest::Contains("No space left"), core::SetupError);
  CHECK(fs::is_character_file("/dev/full"));
}

TEST_CASE("a symbolic link keeps pointing to the file") {
  const Folder folder;
  std::ofstream(folder.path / "real") << "old";
  fs::create_symlink("real", folder.path / "link");
  core::OutputFile out(folder.path / "link");
  out.write("new");
  out.commit();
  CHECK(fs::is_symlink(folder.path / "link"));
  CHECK(slurp(folder.path / "real") == "new");
}

TEST_CASE("mapped files: empty, missing, a folder") {
  const Folder folder;
  std::ofstream(folder.path / "empty");
  CHECK(core::MappedFile(folder.path / "empty").text().empty());
  CHECK_THROWS_AS(core::MappedFile(folder.path / "missing"), core::SetupError);
  CHECK_THROWS_WITH_AS(core::MappedFile{folder.path}, doctest::Contains("regular"),
                       core::SetupError);
  std::ofstream(folder.path / "x") << "abc";
  core::MappedFile a(folder.path / "x");
  const core::MappedFile b = std::move(a);
  CHECK(b.text() == "abc");
}

TEST_CASE("JSON faults name line and column") {
  const Folder folder;
  const fs::path file = folder.path / "x.json";
  std::ofstream(file) << "{\n  \"a\": tru\n}";
  CHECK_THROWS_WITH_AS(core::read_json_file(file), doctest::Contains("x.json:2:"),
                       core::SetupError);
  std::ofstream(file, std::ios::trunc) << std::string(100000, '[');
  CHECK_THROWS_AS(core::read_json_file(file), core::SetupError);
}

TEST_CASE("SHA-256 of the standard's examples") {
  CHECK(core::sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(core::sha256_hex("abc") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("interned strings keep their ids and their views") {
  core::StringPool pool;
  const auto a = pool.intern("a");
  const std::string_view view = pool[a];
  for (int i = 0; i < 1000; ++i) pool.intern(std::to_string(i));
  CHECK(pool.intern("a") == a);
  CHECK(view.data() == pool[a].data());
  CHECK(pool.find("never") == core::StringPool::kNone);
  const core::StringPool moved = std::move(pool);
  CHECK(moved[a] == "a");
  CHECK(view.data() == moved[a].data());
}

TEST_CASE("disjoint sets: in whatever order they are united, the smallest number is the root") {
  core::DisjointSets forth(6), back(6);
  forth.unite(5, 3);
  forth.unite(3, 1);
  forth.unite(4, 2);
  back.unite(2, 4);
  back.unite(1, 5);
  back.unite(5, 3);
  back.unite(3, 5);
  const std::vector<uint32_t> roots = {0, 1, 2, 1, 2, 1};
  for (uint32_t i = 0; i < roots.size(); ++i) {
    CHECK(forth.root(i) == roots[i]);
    CHECK(back.root(i) == roots[i]);
  }
}

TEST_CASE("halves of surrogate pairs in JSON") {
  const std::pair<std::string, size_t> cases[] = {
      {R"("\ud83d\ude00")", core::kNoSurrogate},
      {R"("\\ud83d")", core::kNoSurrogate},
      {R"("\u00e9\ud7ff\ue000")", core::kNoSurrogate},
      {R"("\\\ud83d")", 3},
      {R"("\uDE00\uD83D")", 1},
      {R"("\ud83d\ud83d\ude00")", 1},
      {R"("\ud83)", core::kNoSurrogate},
      {R"("\)", core::kNoSurrogate},
  };
  for (const auto& [json, offset] : cases) {
    CAPTURE(json);
    CHECK(core::first_lone_surrogate(json) == offset);
  }
  std::string json = R"("\ud83d\ud83d\ude00\ude00")";
  CHECK(core::replace_lone_surrogates(json) == 2);
  CHECK(json == R"("\ufffd\ud83d\ude00\ufffd")");
}
