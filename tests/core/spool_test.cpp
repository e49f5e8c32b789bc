#include "core/spool.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/external_sort.h"

using namespace weft;

namespace {

/// Records of all sizes: empty ones, short ones, some longer than any buffer.
std::vector<std::string> records(size_t count) {
  std::mt19937 dice(7);
  std::vector<std::string> out;
  for (size_t i = 0; i < count; ++i) {
    const size_t size = i % 97 == 0 ? dice() % 200'000 : dice() % 40;
    std::string record(size, '\0');
    for (char& c : record) c = static_cast<char>(dice());
    out.push_back(std::move(record));
  }
  return out;
}

/// TMPDIR as long as it lives.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& folder) {
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    ::setenv("TMPDIR", folder.c_str(), 1);
  }
  ~TemporaryFolder() {
    before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

 private:
  std::string before_;
};

}  // namespace

TEST_CASE("what is put into a spool comes out again, from memory, from a file, from both") {
  const std::vector<std::string> all = records(2000);
  for (const size_t memory : {size_t{0}, size_t{100'000}, size_t{1} << 30}) {
    core::Spool spool(memory);
    std::vector<uint64_t> places;
    for (const std::string& record : all) {
      places.push_back(spool.end());
      spool.add(std::string_view(record).substr(0, record.size() / 2),
                std::string_view(record).substr(record.size() / 2));
    }
    for (const size_t buffer : {size_t{16}, size_t{1000}, size_t{1} << 20}) {
      auto cursor = spool.read(0, spool.end(), buffer);
      size_t at = 0;
      bool same = true;
      for (; cursor.next(); ++at) same = same && at < all.size() && cursor.record() == all[at];
      CHECK(same);
      CHECK(at == all.size());
      CHECK_FALSE(cursor.next());
      auto part = spool.read(places[500], places[502], buffer);
      CHECK((part.next() && part.record() == all[500]));
      CHECK((part.next() && part.record() == all[501]));
      CHECK_FALSE(part.next());
    }
    const core::Spool moved = std::move(spool);
    auto cursor = moved.read(places[1999], moved.end());
    CHECK((cursor.next() && cursor.record() == all[1999]));
  }
  const core::Spool empty(10);
  CHECK_FALSE(empty.read(0, empty.end()).next());
}

TEST_CASE("a spool leaves no file, and goes elsewhere if TMPDIR is no folder") {
  const auto folder = std::filesystem::temp_directory_path() / "weft-spool-test";
  std::filesystem::create_directories(folder);
  {
    const TemporaryFolder set(folder.string());
    core::Spool spool(0);
    for (int i = 0; i < 3000; ++i) spool.add(std::string(1000, 'x'));
    CHECK(std::filesystem::is_empty(folder));
  }
  const TemporaryFolder set((folder / "missing").string());
  core::Spool spool(0);
  for (int i = 0; i < 3000; ++i) spool.add(std::string(1000, 'y'));
  auto cursor = spool.read(0, spool.end());
  CHECK((cursor.next() && cursor.record() == std::string(1000, 'y')));
  std::filesystem::remove_all(folder);
}

TEST_CASE("packed numbers and texts come out as they went in, and nothing after the end") {
  core::Packer packer;
  const std::vector<uint64_t> numbers = {0, 1, 127, 128, 300, 0xffffffff, ~uint64_t{0}};
  for (const uint64_t n : numbers) packer.number(n);
  packer.text("").text(std::string(300, 'a')).real(0.25f).real(-3e30f);
  core::Unpacker unpacker(packer.bytes());
  for (const uint64_t n : numbers) CHECK(unpacker.number() == n);
  CHECK(unpacker.text().empty());
  CHECK(unpacker.text() == std::string(300, 'a'));
  CHECK(unpacker.real() == 0.25f);
  CHECK(unpacker.real() == -3e30f);
  CHECK(unpacker.rest().empty());
  CHECK(unpacker.number() == 0);
  CHECK(unpacker.text().empty());
  // What is cut off or was never packed reads as something, within its bytes.
  for (const std::string_view bad : {"\xff", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
                                     "\x7f"
                                     "a"}) {
    core::Unpacker broken(bad);
    CHECK(broken.text().size() <= bad.size());
  }
}

TEST_CASE("an external sort gives what a stable sort gives, however little memory it has") {
  std::mt19937 dice(11);
  std::vector<std::pair<std::string, std::string>> all;
  for (int i = 0; i < 5000; ++i) {
    std::string key(dice() % 4, '\0');  // many keys are alike, some are empty, some a beginning
    for (char& c : key) c = static_cast<char>(dice() % 3 == 0 ? 0xff : dice() % 3);
    all.emplace_back(std::move(key), std::to_string(i) + std::string(dice() % 50, ' '));
  }
  for (const size_t memory : {size_t{1}, size_t{5000}, size_t{100'000}, size_t{1} << 30}) {
    core::ExternalSort sort(memory);
    for (const auto& [key, value] : all) sort.add(key, value);
    auto expected = all;
    std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) {
      return std::string_view(a.first) < std::string_view(b.first);
    });
    size_t at = 0;
    bool same = true;
    for (; sort.next(); ++at)
      same = same && at < expected.size() && sort.key() == expected[at].first &&
             sort.value() == expected[at].second;
    CHECK(same);
    CHECK(at == all.size());
    CHECK_FALSE(sort.next());
  }
  core::ExternalSort empty(100);
  CHECK_FALSE(empty.next());
}
