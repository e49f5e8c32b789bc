// A WARC file is a sequence of records: a version line, header lines, an empty line, as many bytes
// as Content-Length says, two line ends (ISO 28500:2017). Files come as one gzip member a record,
// which ByteSource reads as one stream. A response holds an HTTP message: its status, type and
// charset are read, chunks and gzip undone (RFC 9112, section 7.1). Where a record does not begin
// as it should, lines are passed over until one does. Linear.
#include "read/warc.h"

#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "text/utf8.h"

namespace weft::read {

namespace {

constexpr size_t kLongestLine = 1u << 16;
constexpr size_t kMostHeaderLines = 200;

std::string lowered(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view next_line(std::string_view& rest) {
  const size_t end = std::min(rest.find('\n'), rest.size());
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

/// "name: value", the name in lower case.
bool split_field(std::string_view line, std::string& name, std::string_view& value) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  name = lowered(text::trim(line.substr(0, colon)));
  value = text::trim(line.substr(colon + 1));
  return true;
}

/// The kind of page that a media type says; nothing if it is none that can be read.
std::optional<Format> page_format(std::string_view content_type) {
  const std::string type = lowered(content_type.substr(0, content_type.find(';')));
  const std::string_view bare = text::trim(type);
  if (bare == "text/html" || bare == "application/xhtml+xml") return Format::html;
  if (bare == "text/plain") return Format::text;
  return std::nullopt;
}

std::string charset_of(std::string_view content_type) {
  const std::string low = lowered(content_type);
  const size_t at = low.find("charset=");
  if (at == std::string::npos) return {};
  std::string_view value = std::string_view(low).substr(at + 8);
  if (!value.empty() && value[0] == '"') value.remove_prefix(1);
  return std::string(value.substr(0, value.find_first_of("\"; ")));
}

/// The body without its chunks; what follows a broken one is left out.
std::string unchunk(std::string_view body) {
  std::string out;
  while (!body.empty()) {
    const std::string_view line = next_line(body);
    size_t size = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    if (error != std::errc() || size == 0) break;
    out += body.substr(0, size);
    body.remove_prefix(std::min(size, body.size()));
    if (!body.empty()) next_line(body);
  }
  return out;
}

/// Unpacks gzip or zlib data up to `limit` bytes; false if they are damaged or longer.
bool unzip(std::string_view packed, uint64_t limit, std::string& out) {
  z_stream z{};
  if (inflateInit2(&z, 32 + MAX_WBITS) != Z_OK) return false;
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  z.avail_in = static_cast<uInt>(packed.size());
  char buffer[1 << 15];
  int result = Z_OK;
  while (result == Z_OK && out.size() <= limit) {
    z.next_out = reinterpret_cast<Bytef*>(buffer);
    z.avail_out = sizeof buffer;
    result = inflate(&z, Z_NO_FLUSH);
    out.append(buffer, sizeof buffer - z.avail_out);
  }
  inflateEnd(&z);
  return result == Z_STREAM_END && out.size() <= limit;
}

/// Fills the page from an HTTP response; false if it is no page that can be read.
bool read_response(std::string_view message, uint64_t limit, WarcPage& page) {
  const std::string_view status = next_line(message);
  if (!status.starts_with("HTTP/") || status.find(" 200") == std::string_view::npos) return false;
  std::optional<Format> format;
  bool chunked = false, packed = false;
  for (;;) {
    if (message.empty()) return false;
    const std::string_view line = next_line(message);
    if (line.empty()) break;
    std::string name;
    std::string_view value;
    if (!split_field(line, name, value)) continue;
    if (name == "content-type") {
      format = page_format(value);
      page.charset = charset_of(value);
    } else if (name == "transfer-encoding") {
      chunked = lowered(value).find("chunked") != std::string::npos;
    } else if (name == "content-encoding") {
      packed = !value.empty() && lowered(value) != "identity";
    }
  }
  if (!format) return false;
  page.format = *format;
  page.bytes = chunked ? unchunk(message) : std::string(message);
  if (!packed) return true;
  std::string unpacked;
  if (!unzip(page.bytes, limit, unpacked)) return false;
  page.bytes = std::move(unpacked);
  return true;
}

}  // namespace

/// False at the end. Of a line that is too long the beginning is kept.
bool WarcReader::read_line(std::string& line) {
  line.clear();
  bool any = false;
  for (;;) {
    if (piece_.empty()) piece_ = source_.next();
    if (piece_.empty()) return any;
    any = true;
    const size_t end = std::min(piece_.find('\n'), piece_.size());
    if (line.size() < kLongestLine) line += piece_.substr(0, end);
    const bool found = end < piece_.size();
    piece_.remove_prefix(std::min(end + 1, piece_.size()));
    if (!found) continue;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return true;
  }
}

/// Takes `length` bytes; false at the end. What is not wanted or too long is not held.
bool WarcReader::read_block(uint64_t length, bool wanted, std::string& block) {
  block.clear();
  while (length > 0) {
    if (piece_.empty()) piece_ = source_.next();
    if (piece_.empty()) return false;
    const size_t n = static_cast<size_t>(std::min<uint64_t>(length, piece_.size()));
    if (wanted) block += piece_.substr(0, n);
    piece_.remove_prefix(n);
    length -= n;
  }
  return true;
}

/// False at the end of the file.
bool WarcReader::read_header(Header& header, std::string& fault) {
  header = {};
  std::string line;
  bool strange = false;
  do {
    if (!read_line(line)) {
      if (strange) fault = "Its end is no WARC record and was skipped.";
      return false;
    }
    if (!line.empty() && !line.starts_with("WARC/")) strange = true;
  } while (!line.starts_with("WARC/"));
  if (strange)
    fault = "Something that is no WARC record was skipped: it stands before record " +
            std::to_string(number_ + 1) + ".";
  ++number_;
  bool length = false;
  for (size_t n = 0; n < kMostHeaderLines; ++n) {
    if (!read_line(line)) return true;
    if (line.empty()) {
      header.whole = length;
      return true;
    }
    std::string name;
    std::string_view value;
    if (!split_field(line, name, value)) continue;
    if (name == "warc-type") header.type = lowered(value);
    if (name == "warc-target-uri") header.url = value;
    if (name == "content-type") header.content_type = value;
    if (name == "content-length")
      length = std::from_chars(value.data(), value.data() + value.size(), header.length).ec ==
               std::errc();
  }
  return true;
}

std::optional<WarcPage> WarcReader::next(std::string& fault) {
  fault.clear();
  Header header;
  std::string block;
  while (read_header(header, fault)) {
    if (!header.whole) {
      fault = "A record has a damaged header and was skipped: it is number " +
              std::to_string(number_) + ".";
      return WarcPage{};
    }
    const bool response =
        header.type == "response" && lowered(header.content_type).starts_with("application/http");
    const std::optional<Format> plain = header.type == "conversion" || header.type == "resource"
                                            ? page_format(header.content_type)
                                            : std::nullopt;
    const bool wanted = response || plain;
    const bool fits = header.length <= max_record_;
    if (!read_block(header.length, wanted && fits, block)) {
      fault = "A record is cut off: it is number " + std::to_string(number_) +
              ". Fetch the whole file again.";
      return WarcPage{};
    }
    if (wanted && !fits) {
      fault = "A record is longer than " + std::to_string(max_record_) +
              " bytes, the limit of one document (--max-document), and was skipped: it is number " +
              std::to_string(number_) + ".";
      return WarcPage{};
    }
    WarcPage page;
    page.url = header.url;
    if (plain) {
      page.format = *plain;
      page.charset = charset_of(header.content_type);
      page.bytes = std::move(block);
    } else if (!response || !read_response(block, max_record_, page)) {
      if (!fault.empty()) return WarcPage{};
      continue;
    }
    return page;
  }
  return fault.empty() ? std::nullopt : std::optional<WarcPage>(WarcPage{});
}

}  // namespace weft::read
