// The table of targets.
#include "fuzz/targets.h"

#include <cstdlib>

#include "core/error.h"

namespace weft::fuzz {

namespace {

constexpr Target kTargets[] = {
    {"text", "A document as plain text or Markdown, in any encoding.", read_text},
    {"html", "A document as HTML.", read_html},
    {"json", "A file of JSON Lines, or of one JSON value, and the documents in it.", read_json},
    {"packed", "A stream of gzip or zstd.", read_packed},
    {"web_archive", "A WARC or WET file and the pages in it.", read_web_archive},
    {"archive", "A tar or zip archive, with archives in it, and the documents in them.",
     read_archive},
    {"record", "A record as JSON.", read_record},
    {"model", "A model file of any kind.", read_model},
    {"schema", "A file of the folder schema/.", read_schema},
    {"query", "A query, or a parameter's value.", ask},
    {"store_bytes", "A store with changed bytes.", open_flipped_store},
    {"store_rows", "A store with changed values, rows and columns.", open_changed_store},
};

}  // namespace

std::span<const Target> targets() { return kTargets; }

const Target* find_target(std::string_view name) {
  for (const Target& target : kTargets)
    if (target.name == name) return &target;
  return nullptr;
}

void run(const Target& target, std::string_view bytes) {
  try {
    target.run(bytes);
  } catch (const core::SetupError& error) {
    if (std::string_view(error.what()).empty()) std::abort();
  }
}

}  // namespace weft::fuzz
