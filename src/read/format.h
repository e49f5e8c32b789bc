// Which format an input has, by the ending of its name and by its first bytes.
#pragma once

#include <optional>
#include <string_view>

#include "read/source.h"

namespace weft::read {

/// Format by the ending of a file's name (".html.gz" counts as ".html"), in any case; nothing if
/// the ending says nothing.
/// ".zip" and ".tar" in all its packings are Format::archive, ".warc" and ".wet" web archives.
/// ".json" is Format::json_lines: one object, an array of objects or one object a line.
std::optional<Format> format_of_name(std::string_view name);

/// Format by the first bytes of the (unpacked) content: never Format::automatic.
Format format_of_bytes(std::string_view head);

/// "text", "html", "jsonl" or "warc"; any other name is automatic.
Format format_named(std::string_view name);

}  // namespace weft::read
