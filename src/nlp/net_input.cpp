// Hashed rows instead of vocabularies: a table of 16,384 rows for the words that training shapes,
// smaller ones for their ends and shapes (Serra and Karatzoglou 2017, "Getting deep recommenders
// fit"; spaCy's MultiHashEmbed does the same with four hashes a word), beside the pretrained
// vectors, which know the rare words. Cost: one description and six look-ups a word, one pass of
// the gazetteer's matcher.
#include "nlp/net_input.h"

#include "nlp/word.h"

namespace weft::nlp {

static_assert(kListBits == kGazetteerBits + 32 && kGazetteerBits == kStopBits + 5);

Gap gap_of(std::string_view between) {
  size_t breaks = 0;
  for (const char c : between) breaks += c == '\n';
  if (breaks > 0) return breaks == 1 ? Gap::line : Gap::blank;
  return between.empty() ? Gap::none : Gap::space;
}

void SurfaceReader::read(std::span<const std::string_view> norms, std::vector<SurfaceInput>& out) {
  out.resize(norms.size());
  if (knowledge_ != nullptr) knowledge_->look_up(norms, gazetteer_, lists_);
  for (size_t i = 0; i < norms.size(); ++i) {
    const Word word = describe(norms[i], buffer_);
    const std::array<uint64_t, kSurfaceTables> hashes = {
        0, word.lower, word.prefix[2], word.suffix[2], word.suffix[1], word.shape};
    SurfaceInput& input = out[i];
    input.rows[kVectorTable] = vectors_.row_of(word.lower);
    for (size_t table = kLower; table < kSurfaceTables; ++table)
      input.rows[table] = static_cast<uint32_t>(hashes[table] & (kTableRows[table] - 1));
    input.bits = static_cast<uint64_t>(word.flags) << kFlagBits;
    if (knowledge_ != nullptr)
      input.bits |= static_cast<uint64_t>(gazetteer_[i]) << kGazetteerBits |
                    static_cast<uint64_t>(lists_[i]) << kListBits;
  }
}

}  // namespace weft::nlp
