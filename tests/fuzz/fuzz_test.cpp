#include <doctest/doctest.h>

#include <iterator>
#include <map>

#include "fuzz/targets.h"
#include "read/reading.h"

using namespace weft;
namespace fs = std::filesystem;

namespace {

std::string slurp(const fs::path& file, size_t most) {
  std::ifstream in(file, std::ios::binary);
  std::string all{std::istreambuf_iterator<char>(in), {}};
  return all.substr(0, most);
}

/// A good input of each target.
std::string seed_of(std::string_view name) {
  const fs::path schema = WEFT_SCHEMA_DIR;
  const std::string json =
      "{\"id\": \"7\", \"text\": \"" + reading::kProse + "\", \"date\": \"2024-03-05\"}\n";
  const std::string warc =
      "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: "
      "66\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The quay opens</p>\n\r\n\r\n";
  if (name == "text") return "Mayor opens quay\n\nRotterdam, March 5, 2024 - " + reading::kProse;
  if (name == "html")
    return "<html><head><title>Quay</title><meta charset=\"utf-8\"></head><body><p>" +
           reading::kProse + "</p><table><tr><td>a &amp; b</td></tr></table></body></html>";
  if (name == "json" || name == "stream") return json + (name == "stream" ? json : "");
  if (name == "packed") return reading::gzip(reading::kProse) + reading::gzip(reading::kProse);
  if (name == "web_archive") return warc + warc;
  if (name == "archive") {
    // An empty zip and the head of a tar: libarchive knows the rest.
    std::string tar(1536, '\0');
    tar.replace(0, 5, "a.txt");
    tar.replace(100, 7, "0000644");
    tar.replace(124, 11, "00000000005");
    tar.replace(148, 7, "0006117");
    tar[156] = '0';
    tar.replace(257, 8, std::string("ustar\00000", 8));
    tar.replace(512, 5, "hello");
    return tar;
  }
  if (name == "record")
    return R"({"format":1,"document":{"id":"a","sha256":"00"},"entities":[{"type":"Person","label":"Ann","aliases":[["Ann",1]],"mentions":[[0,3]]},{"type":"Place","label":"Oslo","aliases":[],"mentions":[]}],"facts":[{"subject":0,"relation":"visited","object":1,"evidence":[{"span":[0,17],"sentence":0,"rule":"r","confidence":8000,"modality":"planned","polarity":"negative","time":"2024","speaker":0}]}],"sentences":[[0,17]],"sketch":"00ff"})";
  if (name == "model") return slurp(schema / "models/en/lemmatizer.bin", 200'000);
  if (name == "ontology") return slurp(schema / "ontology.json", 100'000);
  if (name == "lexicon") return slurp(schema / "lexicons/time.json", 100'000);
  return slurp(schema / "gazetteers/products.tsv", 4'000);
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
  static constexpr std::string_view kPieces[] = {"\0",
                                                 "\xff\xff\xff\xff",
                                                 "{",
                                                 "[[[[[[",
                                                 "\"",
                                                 "\r\n\r\n",
                                                 "4294967295",
                                                 "-1",
                                                 "<",
                                                 "\xf0\x9f\x98\x80",
                                                 "\xed\xa0\x80",
                                                 "\t",
                                                 "1e999"};
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
  for (const fuzz::Target& target : fuzz::kTargets) {
    CAPTURE(target.name);
    const std::string seed = seed_of(target.name);
    REQUIRE_FALSE(seed.empty());
    Dice dice;
    unsigned runs = 0;
    for (const std::string& bytes : {seed, std::string(), std::string(1000, '\0')})
      fuzz::run(target, bytes);
    // Large seeds cost milliseconds a run.
    for (const unsigned most = seed.size() > 10'000 ? 60 : 400; runs < most; ++runs)
      fuzz::run(target, mutate(seed, dice));
    CHECK(runs > 0);
  }
}
