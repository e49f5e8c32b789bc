// Text on its way to a terminal: harmless, measured in cells, and cut into lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weft::cli {

/// `s` with everything that could steer a terminal or hide text made visible: control characters
/// and ANSI escapes as \x1b, direction and other invisible format characters as \u202e, malformed
/// bytes as \xff. Line breaks and tabs become one space (or stay, with `keep_lines`, for messages
/// of several lines).
std::string visible(std::string_view s, bool keep_lines = false);

/// Appends `s` as part of one line: control characters and line breaks become blanks, and nothing
/// else changes, so that the words stay those of the document.
void append_plain(std::string& out, std::string_view s);

/// Cells that valid UTF-8 without control characters takes on a terminal: 2 for wide East Asian
/// characters and emoji, 0 for combining marks.
unsigned display_width(std::string_view s);

/// Lines of at most `width` cells, broken at spaces, and inside a word only if it is longer than a
/// line. Nothing is lost but the spaces at breaks. At least one line; `width` 0 never breaks.
std::vector<std::string> wrap(std::string_view s, unsigned width);

}  // namespace weft::cli
