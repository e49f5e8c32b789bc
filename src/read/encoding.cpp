// Recognises encodings and converts to UTF-8. Valid UTF-8 is as good as a signature (a text of
// another encoding that has characters beyond ASCII is hardly ever valid UTF-8), so it wins over a
// declaration; what else is left goes to ICU's detector (Unicode Consortium, ICU User Guide,
// "Character Set Detection"), which sees a window around the first byte that ASCII doesn't explain.
// ISO-8859-1 is read as windows-1252, its superset, as browsers do (WHATWG Encoding Standard).
#include "read/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>

#include "text/utf8.h"

namespace weft::read {

namespace {

struct CloseConverter {
  void operator()(UConverter* c) const { ucnv_close(c); }
};
struct CloseDetector {
  void operator()(UCharsetDetector* d) const { ucsdet_close(d); }
};

std::string canonical(std::string_view name) {
  std::string plain;
  for (char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)))
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (plain == "iso88591" || plain == "latin1" || plain == "usascii" || plain == "ascii")
    return "windows-1252";
  if (plain == "iso88599") return "windows-1254";
  if (plain == "gb2312" || plain == "gbk") return "gb18030";
  return std::string(name);
}

/// Writes U+FFFD for each malformed sequence and counts them (ICU's own callback writes U+001A for
/// some encodings).
void replace_malformed(const void* count, UConverterToUnicodeArgs* args, const char*, int32_t,
                       UConverterCallbackReason reason, UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;
  *status = U_ZERO_ERROR;
  ++*static_cast<size_t*>(const_cast<void*>(count));
  const UChar replacement = 0xfffd;
  ucnv_cbToUWriteUChars(args, &replacement, 1, 0, status);
}

/// UTF-8 of `bytes` in `encoding`; malformed sequences become U+FFFD and are counted. Nothing for
/// an unknown encoding.
std::optional<std::string> convert(std::string_view bytes, const std::string& encoding,
                                   size_t& malformed) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<UConverter, CloseConverter> from(ucnv_open(encoding.c_str(), &status));
  std::unique_ptr<UConverter, CloseConverter> to(ucnv_open("UTF-8", &status));
  if (U_FAILURE(status)) return std::nullopt;
  malformed = 0;
  ucnv_setToUCallBack(from.get(), replace_malformed, &malformed, nullptr, nullptr, &status);
  std::string out;
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  UChar pivot[4096];
  UChar *pivot_source = pivot, *pivot_target = pivot;
  char buffer[16384];
  bool first = true;
  for (;;) {
    status = U_ZERO_ERROR;
    char* target = buffer;
    ucnv_convertEx(to.get(), from.get(), &target, buffer + sizeof buffer, &source, end, pivot,
                   &pivot_source, &pivot_target, pivot + 4096, first, true, &status);
    first = false;
    out.append(buffer, static_cast<size_t>(target - buffer));
    if (status == U_BUFFER_OVERFLOW_ERROR) continue;
    if (U_FAILURE(status)) return std::nullopt;
    break;
  }
  return out;
}

/// The name of the Unicode encoding that a byte order mark, or the pattern of NUL bytes in ASCII
/// text, gives away.
std::string unicode_signature(std::string_view b) {
  if (b.substr(0, 4) == std::string_view("\xff\xfe\0\0", 4)) return "UTF-32LE";
  if (b.substr(0, 4) == std::string_view("\0\0\xfe\xff", 4)) return "UTF-32BE";
  if (b.substr(0, 2) == "\xff\xfe") return "UTF-16LE";
  if (b.substr(0, 2) == "\xfe\xff") return "UTF-16BE";
  const size_t n = std::min<size_t>(b.size(), 4096) & ~size_t{3};
  if (n < 8 || b.substr(0, n).find('\0') == std::string_view::npos) return {};
  size_t zero[4] = {};
  for (size_t i = 0; i < n; ++i) zero[i % 4] += b[i] == '\0';
  const size_t most = n / 4 * 9 / 10, least = n / 4 / 10;
  const auto high = [&](int i) { return zero[i] >= most; };
  const auto low = [&](int i) { return zero[i] <= least; };
  if (low(0) && high(1) && high(2) && high(3)) return "UTF-32LE";
  if (high(0) && high(1) && high(2) && low(3)) return "UTF-32BE";
  if (low(0) && high(1) && low(2) && high(3)) return "UTF-16LE";
  if (high(0) && low(1) && high(2) && low(3)) return "UTF-16BE";
  return {};
}

/// UTF-8 with a few damaged places (a cut-off sequence, one stray byte) rather than another
/// encoding.
bool nearly_utf8(std::string_view s) {
  size_t good = 0, bad = 0;
  for (size_t i = 0; i < s.size();) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (c < 0x80) {
      ++i;
      continue;
    }
    const size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 0;
    if (length && i + length <= s.size() &&
        text::first_invalid_utf8(s.substr(i, length)) == text::kValid) {
      ++good;
      i += length;
    } else {
      ++bad;
      ++i;
    }
  }
  return good > 0 && bad * 10 <= good;
}

std::string guess(std::string_view bytes, size_t first_odd) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&status));
  if (U_FAILURE(status)) return "windows-1252";
  const size_t begin = first_odd > 4000 ? first_odd - 4000 : 0;
  const std::string_view window = bytes.substr(begin, 16000);
  ucsdet_setText(detector.get(), window.data(), static_cast<int32_t>(window.size()), &status);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) || !match) return "windows-1252";
  const char* name = ucsdet_getName(match, &status);
  if (U_FAILURE(status) || !name || std::string_view(name).substr(0, 5) == "UTF-8")
    return "windows-1252";
  return canonical(name);
}

}  // namespace

bool knows_encoding(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(canonical(name).c_str(), &status);
  ucnv_close(converter);  // does nothing for a null pointer
  return U_SUCCESS(status);
}

Decoded to_utf8(std::string bytes, std::string_view declared_name) {
  const std::string declared = declared_name.empty() ? std::string() : canonical(declared_name);
  size_t malformed = 0;
  Decoded out;
  if (const std::string signature = unicode_signature(bytes); !signature.empty()) {
    if (auto text = convert(bytes, signature, malformed)) {
      out.text = std::move(*text);
      if (out.text.substr(0, 3) == "\xef\xbb\xbf")
        out.text.erase(0, 3);  // of UTF-16: not of the file's own bytes
      out.encoding = signature;
      if (malformed)
        out.warning = "Some bytes are malformed " + signature + " and were replaced by U+FFFD.";
      return out;
    }
  }
  const size_t first_odd = text::first_invalid_utf8(bytes);
  const bool declared_utf8 = !declared.empty() && ucnv_compareNames(declared.c_str(), "UTF-8") == 0;
  if (first_odd == text::kValid) {
    // Beyond ASCII, valid UTF-8 contradicts any other declaration; encodings made of ASCII bytes
    // alone are obeyed.
    const bool ascii = std::all_of(bytes.begin(), bytes.end(), [](char c) { return !(c & 0x80); });
    const bool seven_bit = ascii && bytes.find('\x1b') != std::string::npos && !declared.empty();
    if (!seven_bit) {
      if (!ascii && !declared.empty() && !declared_utf8)
        out.warning = "It was declared as " + std::string(declared_name) +
                      " but is valid UTF-8, and was read as UTF-8.";
      out.text = std::move(bytes);
      out.encoding = "UTF-8";
      return out;
    }
  }
  std::string complaint;
  if (declared_utf8) {
    complaint =
        "It was declared as UTF-8, which byte " + std::to_string(first_odd) + " contradicts";
  } else if (!declared.empty()) {
    if (auto text = convert(bytes, declared, malformed);
        text && malformed == 0 && !looks_binary(*text)) {
      out.text = std::move(*text);
      out.encoding = declared;
      return out;
    } else {
      complaint = "It was declared as " + std::string(declared_name) +
                  (text ? ", which its bytes contradict" : ", an encoding that ICU doesn't know");
    }
  }
  out.encoding =
      first_odd == text::kValid || nearly_utf8(bytes) ? "UTF-8" : guess(bytes, first_odd);
  auto text = convert(bytes, out.encoding, malformed);
  if (!text) {
    out.encoding = "windows-1252";
    text = convert(bytes, out.encoding, malformed);
  }
  if (text) out.text = std::move(*text);
  if (!complaint.empty())
    out.warning = complaint + "; it was read as " + out.encoding +
                  " instead. Give the right one with --encoding.";
  else if (malformed)
    out.warning =
        "It was read as " + out.encoding + ", but " + std::to_string(malformed) +
        " places are malformed and were replaced by U+FFFD. Give another encoding with --encoding.";
  return out;
}

bool looks_binary(std::string_view bytes) {
  if (bytes.substr(0, 5) == "%PDF-") return true;
  if (!unicode_signature(bytes).empty()) return false;
  if (bytes.find('\0') != std::string_view::npos) return true;
  size_t controls = 0;
  // Without branches, so that compilers take many bytes at once.
  for (const char c : bytes)
    controls += ((static_cast<unsigned char>(c) < 0x20) & (c != '\n') & (c != '\r') & (c != '\t') &
                 (c != '\f') & (c != '\x1b')) |
                (c == 0x7f);
  return controls > 4 && controls * 10 > bytes.size();
}

std::string html_charset(std::string_view html) {
  std::string head(html.substr(0, 4096));
  for (char& c : head) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  size_t at = std::string::npos;
  for (size_t meta = head.find("<meta"); meta != std::string::npos && at == std::string::npos;
       meta = head.find("<meta", meta + 5)) {
    const size_t end = head.find('>', meta);
    const size_t charset = head.find("charset", meta);
    if (charset != std::string::npos && charset < end) at = charset + 7;
  }
  if (at == std::string::npos && head.find("<?xml") < 8) {
    const size_t end = head.find("?>");
    const size_t encoding = head.find("encoding");
    if (encoding < end) at = encoding + 8;
  }
  if (at == std::string::npos) return {};
  at = head.find_first_not_of(" =\t\"'", at);
  if (at == std::string::npos) return {};
  const size_t end = head.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_:.", at);
  return head.substr(at,
                     std::min<size_t>(end == std::string::npos ? head.size() : end, at + 40) - at);
}

}  // namespace weft::read
