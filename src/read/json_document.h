// JSON objects as documents: which members mean what, and how a JSON file is cut into objects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weft::read {

/// The members of one object that weft knows; others are ignored. Numbers as ids are taken as
/// written.
struct JsonFields {
  std::string id, text, html, title, date, url, source, author;
};

/// Halves of surrogate pairs that stand alone, as programs that cut text by UTF-16 units leave
/// them, become U+FFFD. Returns a warning, a full sentence, if there were some. Linear.
std::string mend_json(std::string& json);

/// Reads one JSON object (valid UTF-8, mended). False with `fault`, full sentences, if it is cut
/// off, no object or has no text.
bool parse_json_document(std::string_view json, JsonFields& fields, std::string& fault);

/// True if the text, in UTF-8 or another encoding that has ASCII in it, is one complete JSON
/// object.
bool is_json_object(std::string text);

/// The object that `text` (valid UTF-8, mended) is, or the objects of the array that it is, each as
/// JSON. A fault leaves the list empty.
std::vector<std::string> json_objects(std::string_view text, std::string& fault);

}  // namespace weft::read
