// What the neural models see of a word: rows of embedding tables and bits. Made here alone, so that
// training (weft-train prepare) and running can't differ.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/name_knowledge.h"
#include "nlp/tokenizer.h"
#include "nlp/word_vectors.h"

namespace weft::nlp {

/// The tables of the surface embedding, in the order of SurfaceInput::rows.
enum SurfaceTable : uint8_t { kVectorTable, kLower, kPrefix3, kSuffix3, kSuffix2, kShape };
inline constexpr size_t kSurfaceTables = 6;
/// Rows of each table (a hashed word's row is its hash modulo this); the vectors' number stands in
/// their file.
inline constexpr std::array<uint32_t, kSurfaceTables> kTableRows = {0,    16384, 4096,
                                                                    8192, 2048,  1024};

/// White space before a token: nothing, blanks, one line break, a blank line (also before the first
/// token of a document).
enum class Gap : uint8_t { none, space, line, blank };

/// Layout of SurfaceInput::bits.
inline constexpr int kFlagBits = 0;        // 8: WordFlag
inline constexpr int kGapBits = 8;         // 4, one of them is set: Gap
inline constexpr int kStopBits = 12;       // 5, at most one is set: Stop::end … Stop::initial
inline constexpr int kGazetteerBits = 17;  // 32: NameKnowledge's gazetteer
inline constexpr int kListBits = 49;       // 15: NameKnowledge's lists

struct SurfaceInput {
  std::array<uint32_t, kSurfaceTables> rows{};
  uint64_t bits = 0;
};

/// The gap that the text between two tokens (or before the first) makes.
Gap gap_of(std::string_view between);
constexpr uint64_t gap_bit(Gap gap) { return 1ull << (kGapBits + static_cast<int>(gap)); }
/// 0 for Stop::none.
constexpr uint64_t stop_bit(Stop stop) {
  return stop == Stop::none ? 0 : 1ull << (kStopBits + static_cast<int>(stop) - 1);
}

/// Rows, flags and (with `knowledge`, which looks at the words as one sentence) gazetteer and list
/// bits of words with plain punctuation; the caller adds the gap and, for the sentence net, the
/// stop (which also goes without knowledge). Reusable buffers; one a thread.
class SurfaceReader {
 public:
  /// `knowledge` may be null. Both must outlive the reader.
  SurfaceReader(const WordVectors& vectors, const NameKnowledge* knowledge)
      : vectors_(vectors), knowledge_(knowledge) {}
  /// `out` gets norms.size() entries.
  void read(std::span<const std::string_view> norms, std::vector<SurfaceInput>& out);

 private:
  const WordVectors& vectors_;
  const NameKnowledge* knowledge_;
  std::vector<uint32_t> gazetteer_;
  std::vector<uint16_t> lists_;
  std::string buffer_;
};

}  // namespace weft::nlp
