// What a net says of one word: part of speech, Penn tag and the flags of doc::Morph, as one
// label.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "doc/document.h"

namespace weft::nlp {

struct TagLabel {
  doc::Upos upos = doc::Upos::X;
  doc::Xpos xpos = doc::Xpos::XX;
  uint16_t morph = 0;

  /// "NOUN NNS 1", and back (nothing if it isn't one).
  std::string text() const;
  static std::optional<TagLabel> parse(std::string_view text);
  friend auto operator<=>(const TagLabel&, const TagLabel&) = default;
};

}  // namespace weft::nlp
