// Readers: each turns bytes into documents, whose blocks must lie in order inside their text. A PDF
// is read by pdftotext in a process of its own, which is not ours to fuzz; its text is read as
// plain text.
#include <cstdlib>

#include "fuzz/scratch.h"
#include "fuzz/targets.h"
#include "read/archive.h"
#include "read/source.h"
#include "read/warc.h"
#include "text/utf8.h"

namespace weft::fuzz {

namespace {

read::ReadOptions options() {
  read::ReadOptions out;
  out.max_document_bytes = 1u << 20;
  out.max_unpacked_bytes = 8u << 20;
  out.any_language = true;
  return out;
}

const read::DocumentReader& reader() {
  static const auto lexicons = schema::Lexicons::load(fs::path(WEFT_SCHEMA_DIR) / "lexicons");
  static const read::DocumentReader reader(options(), lexicons);
  return reader;
}

read::ByteSource source_of(std::string_view bytes) {
  return {[bytes, at = size_t{0}](char* buffer, size_t size, std::string&) mutable {
            const size_t n = std::min(size, bytes.size() - at);
            bytes.copy(buffer, n, at);
            at += n;
            return static_cast<int64_t>(n);
          },
          100};
}

void require(bool holds) {
  if (!holds) std::abort();
}

void read_item(const read::Item& item) {
  core::Diagnostics diagnostics;
  const auto document = reader().read(item, diagnostics);
  for (const core::Diagnostic& d : diagnostics) require(!d.message.empty());
  require(document.has_value() || !diagnostics.empty());
  if (!document) return;
  require(text::first_invalid_utf8(document->text) == text::kValid);
  uint32_t behind = 0;
  for (const doc::Block& block : document->blocks) {
    require(block.span.begin >= behind && block.span.begin < block.span.end);
    require(block.span.end <= document->text.size());
    behind = block.span.end;
  }
}

void read_as(read::Format format, std::string_view bytes) {
  read::Item item;
  item.id = item.source = "x";
  item.format = format;
  item.bytes = bytes;
  read_item(item);
}

/// All that the walker cuts out of one file of this name.
void read_container(const std::string& name, std::string_view bytes) {
  const Scratch scratch(name, bytes);
  read::ItemStream stream({{scratch.file().string()}, {}}, options());
  core::Diagnostics diagnostics;
  while (const auto item = stream.next(diagnostics))
    if (item->format != read::Format::pdf) read_item(*item);
}

}  // namespace

void read_text(std::string_view bytes) { read_as(read::Format::text, bytes); }

void read_html(std::string_view bytes) { read_as(read::Format::html, bytes); }

void read_json(std::string_view bytes) {
  read_as(read::Format::json_lines, bytes);
  read_container("x.json", bytes);
}

void read_packed(std::string_view bytes) {
  std::string out;
  auto source = source_of(bytes);
  read::read_all(source, 4u << 20, out);
  require(out.size() <= 4u << 20);
  auto lines = read::LineReader(source_of(bytes), 1000);
  std::string line;
  while (lines.next(line) != read::LineReader::Result::end) require(line.size() <= 1000);
}

void read_web_archive(std::string_view bytes) {
  read::WarcReader pages(source_of(bytes), 1u << 20);
  std::string fault;
  while (const auto page = pages.next(fault)) {
    require(page->bytes.size() <= 2u << 20);
    read::Item item;
    item.id = item.source = "x";
    item.format = page->format;
    item.bytes = page->bytes;
    item.charset = page->charset;
    item.url = page->url;
    if (item.format != read::Format::pdf) read_item(item);
  }
}

void read_archive(std::string_view bytes) { read_container("x.zip", bytes); }

}  // namespace weft::fuzz
