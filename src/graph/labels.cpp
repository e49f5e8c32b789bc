// How much room a label takes, without asking a font: widths of Latin letters are those of DejaVu
// Sans, the widest of the common sans-serif faces, so that a label never turns out wider. O(bytes).
#include <array>
#include <string>

#include "graph/looks.h"
#include "text/utf8.h"

namespace weft::graph {

namespace {

struct Widths {
  const char* letters;
  float width;
};
constexpr std::array kAscii = {
    Widths{"ijlI|!'.,:;", 0.33f}, Widths{"ft()[]{}- /\\\"", 0.4f},
    Widths{"rJcszkxvy", 0.57f},   Widths{"mWM%@", 1.0f},
    Widths{"w&", 0.84f},          Widths{"OQGDNHU", 0.78f},
};

float width_of(char32_t c) {
  if (c < 0x80) {
    for (const Widths& w : kAscii)
      for (const char* letter = w.letters; *letter; ++letter)
        if (static_cast<char32_t>(*letter) == c) return w.width;
    return 0.65f;
  }
  const bool mark = (c >= 0x300 && c < 0x370) || (c >= 0x200b && c <= 0x200f) ||
                    (c >= 0x202a && c <= 0x202e) || (c >= 0xfe00 && c <= 0xfe0f);
  if (mark) return 0;
  const bool square = (c >= 0x1100 && c < 0x1160) || (c >= 0x2e80 && c < 0xa4d0) ||
                      (c >= 0xac00 && c < 0xd7a4) || (c >= 0xf900 && c < 0xfb00) ||
                      (c >= 0xfe30 && c < 0xfe70) || (c >= 0xff00 && c < 0xff61) || c >= 0x1f000;
  return square ? 1.05f : 0.72f;
}

/// Length of the character at `pos`; a malformed byte counts as one.
size_t step(std::string_view s, size_t pos) {
  const auto byte = static_cast<unsigned char>(s[pos]);
  size_t size = byte < 0xc2 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 1;
  if (pos + size > s.size()) return 1;
  return text::first_invalid_utf8(s.substr(pos, size)) == text::kValid ? size : 1;
}

}  // namespace

float label_height(const NodeLook& look) { return 8 + 0.45f * look.size; }

float label_width(const NodeLook& look, std::string_view label) {
  return label_height(look) * (text_width(label) + 1.3f);
}

float text_width(std::string_view s) {
  float sum = 0;
  for (size_t pos = 0; pos < s.size();) {
    const size_t size = step(s, pos);
    size_t at = pos;
    const bool malformed = size == 1 && static_cast<unsigned char>(s[pos]) >= 0x80;
    sum += malformed ? 0.72f : width_of(text::next_char(s, at));
    pos += size;
  }
  return sum;
}

std::string short_label(std::string_view label, size_t most) {
  size_t count = 0, cut = 0, word = 0;
  for (size_t pos = 0; pos < label.size(); pos += step(label, pos)) {
    if (count + 2 <= most) cut = pos;
    if (label[pos] == ' ' && count + 2 <= most) word = pos;
    ++count;
  }
  if (count <= most) return std::string(label);
  // A word is left whole unless that would leave less than half.
  return std::string(label.substr(0, word > cut / 2 ? word : cut)) + " \xE2\x80\xA6";
}

}  // namespace weft::graph
