// One item to one Document: bytes, encoding, format, text, layout, language. Each step can end the
// document with a diagnostic; nothing in a file can throw out of here. Linear in the document's
// bytes.
#include <algorithm>

#include "core/sha256.h"
#include "read/byte_source.h"
#include "read/encoding.h"
#include "read/format.h"
#include "read/html.h"
#include "read/json_document.h"
#include "read/language.h"
#include "read/layout.h"
#include "read/paragraphs.h"
#include "read/pdf.h"
#include "read/source.h"
#include "text/date.h"
#include "text/utf8.h"

namespace weft::read {

namespace {

using core::Severity;

/// Offsets are 32 bits wide, and extracted text may be a little longer than what it came from.
constexpr uint64_t kLargest = 0x7fffffff;
constexpr uint64_t kPdfFactor = 16;

struct Reading {
  const Item& item;
  const ReadOptions& options;
  const schema::WordList& boilerplate;
  core::Diagnostics& diagnostics;
  doc::Document document;
  bool lines_are_whole = false;  // the text was extracted from HTML

  bool reject(std::string message, Severity severity = Severity::error) {
    diagnostics.push_back({severity, item.source, std::move(message)});
    return false;
  }
  void warn(std::string message) {
    if (!message.empty())
      diagnostics.push_back({Severity::warning, item.source, std::move(message)});
  }
  uint64_t limit() const { return std::min(options.max_document_bytes, kLargest); }
  /// A PDF file is mostly fonts and pictures: what counts is its text.
  uint64_t file_limit() const {
    return item.format == Format::pdf ? std::min(limit() * kPdfFactor, kLargest) : limit();
  }
  bool too_large() {
    return reject("It is longer than " + std::to_string(limit()) +
                  " bytes, the limit of one document, and was skipped. Cut it into documents or "
                  "raise the limit with --max-document.");
  }

  bool load(std::string& bytes);
  bool check(std::string_view bytes);
  bool fill_from_json(std::string bytes);
  bool fill_from_html(std::string_view html);
  bool fill_from_pdf(std::string_view pdf);
  bool fill_from_bytes(std::string bytes, Format format);
};

bool Reading::load(std::string& bytes) {
  if (item.file.empty()) {
    bytes = item.bytes;
    return bytes.size() <= file_limit() || too_large();
  }
  ByteSource source(item.file, options.max_ratio);
  if (!read_all(source, file_limit(), bytes)) return too_large();
  if (source.stop()) return reject(source.stop().message);
  return true;
}

bool Reading::check(std::string_view bytes) {
  if (bytes.empty()) return reject("It is empty.");
  if (looks_binary(bytes)) return reject("It looks like a binary file, not text, and was skipped.");
  return true;
}

/// The day in whatever way a machine or person wrote it, as ISO 8601; empty if it is none.
std::string normal_date(std::string_view written) {
  written = text::trim(written);
  size_t pos = 0;
  if (const auto date = text::parse_date(written, pos); date && date->full())
    return text::to_iso(*date);
  if (const auto date = text::from_iso(written); date && date->full()) return text::to_iso(*date);
  // "Tue, 05 Mar 2024 09:22:00 GMT" (RFC 5322).
  if (const size_t comma = written.find(", "); comma != std::string_view::npos && comma < 12) {
    pos = comma + 2;
    if (const auto date = text::parse_date(written, pos); date && date->full())
      return text::to_iso(*date);
  }
  return {};
}

bool Reading::fill_from_html(std::string_view html) {
  HtmlPage page = read_html(html, boilerplate);
  warn(std::move(page.warning));
  document.text = std::move(page.text);
  lines_are_whole = true;
  if (document.text.size() > limit()) return too_large();
  doc::Metadata& meta = document.meta;
  const auto keep = [](std::string& known, std::string& found) {
    if (known.empty()) known = std::move(found);
  };
  keep(meta.title, page.title);
  page.date = normal_date(page.date);
  keep(meta.date, page.date);
  keep(meta.source, page.source);
  keep(meta.author, page.author);
  keep(meta.url, page.url);
  return true;
}

bool Reading::fill_from_json(std::string bytes) {
  if (looks_binary(bytes))
    return reject("It looks like binary data, not a JSON object, and was skipped.");
  Decoded decoded = to_utf8(std::move(bytes), options.encoding);
  warn(std::move(decoded.warning));
  warn(mend_json(decoded.text));
  std::string_view json = decoded.text;
  if (json.substr(0, 3) == "\xef\xbb\xbf") json.remove_prefix(3);
  JsonFields fields;
  std::string fault;
  if (!parse_json_document(json, fields, fault)) return reject(fault);
  doc::Metadata& meta = document.meta;
  if (!fields.id.empty()) meta.id = std::move(fields.id);
  meta.title = std::move(fields.title);
  meta.url = std::move(fields.url);
  meta.source = std::move(fields.source);
  meta.author = std::move(fields.author);
  meta.date = normal_date(fields.date);
  if (meta.date.empty() && !fields.date.empty())
    warn("Its date \"" + fields.date.substr(0, 40) +
         "\" is no date that weft can read. Write it as 2024-03-13.");
  if (!fields.text.empty()) {
    document.text = std::move(fields.text);
    return check(document.text);
  }
  return check(fields.html) && fill_from_html(fields.html);
}

bool Reading::fill_from_pdf(std::string_view pdf) {
  PdfLimits limits;
  limits.seconds = options.pdf_seconds;
  limits.max_text = limit();
  std::string fault;
  if (!pdf_text(pdf, limits, document.text, fault)) return reject(fault);
  document.text = to_utf8(std::move(document.text), "utf-8").text;
  if (text::trim(document.text).empty())
    return reject(
        "It is a PDF file without text: its pages are pictures. Read them with an OCR "
        "program first.");
  return true;
}

bool Reading::fill_from_bytes(std::string bytes, Format format) {
  if (bytes.compare(0, 5, "%PDF-") == 0) return fill_from_pdf(bytes);
  if (!check(bytes)) return false;
  std::string declared =
      options.encoding.empty() && knows_encoding(item.charset) ? item.charset : options.encoding;
  if (format == Format::automatic || format == Format::text) {
    if (format == Format::automatic || options.format == Format::automatic)
      format = format_of_bytes(bytes) == Format::html ? Format::html : Format::text;
  }
  if (format == Format::html && declared.empty()) declared = html_charset(bytes);
  Decoded decoded = to_utf8(std::move(bytes), declared);
  warn(std::move(decoded.warning));
  // What was UTF-8 was looked at already.
  if (decoded.encoding != "UTF-8" && looks_binary(decoded.text))
    return reject("It looks like a binary file, not text, and was skipped.");
  if (decoded.text.size() > kLargest) return too_large();
  if (format == Format::html) return fill_from_html(decoded.text);
  document.text = std::move(decoded.text);
  return true;
}

}  // namespace

struct DocumentReader::Tools {
  ReadOptions options;
  Layout layout;
  const schema::WordList& boilerplate;

  /// Cuts the text into paragraphs; false if there are none.
  static bool find_blocks(doc::Document& document, bool lines_are_whole) {
    for (const core::ByteSpan span : split_paragraphs(document.text, lines_are_whole))
      document.blocks.push_back({span, doc::BlockRole::body});
    return !document.blocks.empty();
  }
};

DocumentReader::DocumentReader(ReadOptions options, const schema::Lexicons& lexicons)
    : tools_(new Tools{std::move(options), Layout(lexicons), lexicons.list("html_boilerplate")}) {}

DocumentReader::~DocumentReader() = default;

std::optional<std::string> DocumentReader::load(const Item& item,
                                                core::Diagnostics& diagnostics) const {
  Reading reading{item, tools_->options, tools_->boilerplate, diagnostics, {}, false};
  std::string bytes;
  if (!reading.load(bytes)) return std::nullopt;
  return bytes;
}

std::string DocumentReader::content_hash(const Item& item, std::string_view bytes) const {
  constexpr size_t kDigits = 32;
  const ReadOptions& o = tools_->options;
  std::string all = std::to_string(static_cast<int>(item.format)) + ' ' +
                    std::to_string(static_cast<int>(o.format)) + ' ' +
                    (o.any_language ? "any " : "english ") + o.encoding + '\n';
  all += item.url + '\n' + item.charset + '\n';
  all += bytes;
  return core::sha256_hex(all).substr(0, kDigits);
}

std::optional<doc::Document> DocumentReader::read(const Item& item,
                                                  core::Diagnostics& diagnostics) const {
  std::optional<std::string> bytes = load(item, diagnostics);
  if (!bytes) return std::nullopt;
  return read(item, std::move(*bytes), diagnostics, nullptr);
}

std::optional<doc::Document> DocumentReader::read(const Item& item, std::string bytes,
                                                  core::Diagnostics& diagnostics,
                                                  uint32_t* given) const {
  Reading reading{item, tools_->options, tools_->boilerplate, diagnostics, {}, false};
  doc::Document& document = reading.document;
  document.meta.id = item.id;
  document.meta.path = item.file.empty() ? item.source : item.file.string();
  document.meta.url = item.url;
  const bool read = item.format == Format::json_lines
                        ? reading.fill_from_json(std::move(bytes))
                        : reading.fill_from_bytes(std::move(bytes), item.format);
  if (!read) return std::nullopt;
  if (given) {
    const doc::Metadata& m = document.meta;
    *given = (m.title.empty() ? 0u : kGivenTitle) | (m.date.empty() ? 0u : kGivenDate) |
             (m.source.empty() ? 0u : kGivenSource) | (m.author.empty() ? 0u : kGivenAuthor) |
             (m.id == item.id ? 0u : kGivenId) | (reading.lines_are_whole ? kWholeLines : 0u);
  }

  const Language language = detect_language(document.text);
  if (!language.english && !tools_->options.any_language) {
    reading.reject("It is in " + language.name +
                       ", not English, and was skipped. Keep such documents with --any-language.",
                   Severity::warning);
    return std::nullopt;
  }
  // A web page's lines are whole by construction; only plain text may be wrapped.
  if (!tools_->find_blocks(document, reading.lines_are_whole)) {
    reading.reject(reading.lines_are_whole ? "It has no visible text."
                                           : "It is empty: there is nothing but white space.");
    return std::nullopt;
  }
  document.meta.language = language.code;
  tools_->layout.analyse(document);
  document.meta.sha256 = core::sha256_hex(document.text);
  return std::move(document);
}

std::optional<doc::Document> DocumentReader::read_again(doc::Metadata meta, std::string text,
                                                        uint32_t given) const {
  doc::Document document;
  document.text = std::move(text);
  document.meta = std::move(meta);
  if (!(given & kGivenTitle)) document.meta.title.clear();
  if (!(given & kGivenDate)) document.meta.date.clear();
  if (!(given & kGivenSource)) document.meta.source.clear();
  if (!(given & kGivenAuthor)) document.meta.author.clear();
  if (!tools_->find_blocks(document, (given & kWholeLines) != 0)) return std::nullopt;
  document.meta.language = detect_language(document.text).code;
  tools_->layout.analyse(document);
  document.meta.sha256 = core::sha256_hex(document.text);
  return document;
}

}  // namespace weft::read
