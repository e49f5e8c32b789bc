// Cuts a text into paragraphs.
#pragma once

#include <string_view>
#include <vector>

#include "core/span.h"

namespace weft::read {

/// Paragraphs in text order, without white space (and byte order marks) at their ends. A paragraph
/// is a line, unless the text is hard-wrapped, when the lines that continue one another are one
/// paragraph. `lines_are_whole` switches the joining off.
std::vector<core::ByteSpan> split_paragraphs(std::string_view text, bool lines_are_whole);

/// True if the text ends like a sentence, closing quotes and brackets aside.
bool ends_sentence(std::string_view text);

/// How many words text::words() gives.
size_t count_words(std::string_view text);

}  // namespace weft::read
