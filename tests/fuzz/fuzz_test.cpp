// A moment of fuzzing with fixed dice, in every test run: each input that is kept, and changes of
// it. The long run is tools/fuzz.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "fuzz/targets.h"

using namespace weft;
namespace fs = std::filesystem;

namespace {

struct Input {
  std::string name, bytes;
};

/// What is kept for a target, in order of name.
std::vector<Input> kept(std::string_view target) {
  std::vector<Input> out;
  const fs::path folder = fs::path(WEFT_TEST_DIR) / "fuzz" / "corpus" / target;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    out.push_back(
        {entry.path().filename().string(), std::string{std::istreambuf_iterator<char>(in), {}}});
  }
  std::sort(out.begin(), out.end(), [](const Input& a, const Input& b) { return a.name < b.name; });
  return out;
}

/// xorshift64 (Marsaglia 2003): the same on every machine.
struct Dice {
  uint64_t state = 88172645463325252u;
  uint64_t roll(uint64_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % below;
  }
};

std::string mutate(std::string bytes, Dice& dice) {
  static constexpr std::string_view kPieces[] = {std::string_view("\0", 1),
                                                 "\xff\xff\xff\xff",
                                                 "{",
                                                 "[[[[[[",
                                                 "\"",
                                                 "\r\n\r\n",
                                                 "4294967295",
                                                 "-1",
                                                 "<",
                                                 "\t",
                                                 "1e999",
                                                 "\xf0\x9f\x98\x80",
                                                 "\xed\xa0\x80"};
  for (uint64_t n = 1 + dice.roll(4); n > 0 && !bytes.empty(); --n) {
    const size_t at = dice.roll(bytes.size());
    switch (dice.roll(5)) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << dice.roll(8)));
        break;
      case 1:
        bytes.resize(at);
        break;
      case 2:
        bytes.insert(at, kPieces[dice.roll(std::size(kPieces))]);
        break;
      case 3:
        bytes.erase(at, 1 + dice.roll(20));
        break;
      default:
        bytes.insert(dice.roll(bytes.size()), bytes.substr(at, 1 + dice.roll(50)));
    }
  }
  return bytes;
}

}  // namespace

TEST_CASE("whatever bytes come from outside, there is an answer or a sentence") {
  for (const fuzz::Target& target : fuzz::targets()) {
    CAPTURE(target.name);
    const std::vector<Input> inputs = kept(target.name);
    REQUIRE_FALSE(inputs.empty());
    Dice dice;
    fuzz::run(target, "");
    fuzz::run(target, std::string(1000, '\0'));
    // A store takes some milliseconds, everything else far less.
    const size_t all = target.name.starts_with("store") ? 60 : 500;
    unsigned runs = 0;
    for (const Input& input : inputs) {
      CAPTURE(input.name);
      fuzz::run(target, input.bytes);
      for (size_t i = 0; i < std::max<size_t>(all / inputs.size(), 3); ++i, ++runs)
        fuzz::run(target, mutate(input.bytes, dice));
    }
    CHECK(runs >= 3);
  }
}
