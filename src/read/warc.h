// Web archives: WARC (ISO 28500) and Common Crawl's WET, record by record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "read/byte_source.h"
#include "read/source.h"

namespace weft::read {

/// One page of a web archive.
struct WarcPage {
  std::string url;
  std::string charset;  // as HTTP declared it; empty: it did not
  Format format = Format::text;
  std::string bytes;  // of the page itself, transfer encodings undone
};

/// Use by one thread. Memory: one record of at most `max_record` bytes.
class WarcReader {
 public:
  WarcReader(ByteSource source, uint64_t max_record)
      : source_(std::move(source)), max_record_(max_record) {}

  /// The next page: a text conversion (WET), a web resource, or a successful response with HTML or
  /// plain text. Other records are passed over. What is damaged or too long is passed over with a
  /// sentence in `fault`; then the page may have no bytes. Nothing at the end.
  std::optional<WarcPage> next(std::string& fault);
  /// Position of the last page among all records, from 1.
  uint64_t number() const { return number_; }
  const Stop& stop() const { return source_.stop(); }

 private:
  struct Header {
    std::string type, url, content_type;
    uint64_t length = 0;
    bool whole = false;
  };
  bool read_line(std::string& line);
  bool read_header(Header& header, std::string& fault);
  bool read_block(uint64_t length, bool wanted, std::string& block);

  ByteSource source_;
  uint64_t max_record_;
  uint64_t number_ = 0;
  std::string_view piece_;
};

}  // namespace weft::read
