#include "graph/text_list.h"

#include <doctest/doctest.h>

using namespace weft;

TEST_CASE("a list of texts finds what is in it") {
  graph::TextList list;
  CHECK(list.find("") == 0);
  for (const char* text : {"", "a", "ab", "b", "ba"}) list.add(text);
  CHECK(list.size() == 5);
  for (uint32_t i = 0; i < 5; ++i) CHECK(list.find(list[i]) == i);
  for (const char* text : {"A", "aa", "c", "bb"}) CHECK(list.find(text) == 5);
}
