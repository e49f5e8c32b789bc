#include "core/string_pool.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace weft;

TEST_CASE("a pool of texts: equal texts have one number, numbers are those of first appearance") {
  core::StringPool pool;
  CHECK(pool.find("a") == core::StringPool::kNone);
  std::vector<std::string> texts = {"", "a", std::string(100'000, 'l'), std::string("\0x", 2)};
  for (int i = 0; i < 5000; ++i) texts.push_back(std::to_string(i * 7919));
  std::vector<std::string_view> views;
  for (uint32_t i = 0; i < texts.size(); ++i) {
    REQUIRE(pool.intern(texts[i]) == i);
    views.push_back(pool[i]);
  }
  bool same = true;
  for (uint32_t i = 0; i < texts.size(); ++i)
    same = same && pool.intern(texts[i]) == i && pool.find(texts[i]) == i && views[i] == texts[i] &&
           pool[i].data() == views[i].data();
  CHECK(same);
  CHECK(pool.size() == texts.size());
  const core::StringPool moved = std::move(pool);
  CHECK(moved[2].data() == views[2].data());
  CHECK(pool.size() == 0);  // empty, and of use again
  CHECK(pool.intern("again") == 0);
  CHECK(pool[0] == "again");
}
