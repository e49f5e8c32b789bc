// Labels as lines of text in the model file: the numbers of the enums may change, the names don't.
#include "nlp/tag_label.h"

#include <charconv>

namespace weft::nlp {

std::string TagLabel::text() const {
  return std::string(doc::name(upos)) + " " + std::string(doc::name(xpos)) + " " +
         std::to_string(morph);
}

std::optional<TagLabel> TagLabel::parse(std::string_view text) {
  const size_t first = text.find(' ');
  const size_t second = first == text.npos ? text.npos : text.find(' ', first + 1);
  if (second == text.npos) return std::nullopt;
  TagLabel label;
  const std::string_view upos = text.substr(0, first),
                         xpos = text.substr(first + 1, second - first - 1);
  label.upos = doc::upos_from(upos);
  label.xpos = doc::xpos_from(xpos);
  if (doc::name(label.upos) != upos || doc::name(label.xpos) != xpos) return std::nullopt;
  const auto [end, error] =
      std::from_chars(text.data() + second + 1, text.data() + text.size(), label.morph);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return label;
}

}  // namespace weft::nlp
