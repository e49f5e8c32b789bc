// Match keys and id parts. Nearly all names are plain ASCII, so each function has a loop of its own
// for that case and asks ICU (NFKD, full case folding, transliteration) only for the rest; both
// ways give the same result. Cost: about 50 ns for an ASCII name, some microseconds for others.
// References: Unicode UAX #15 (normalisation), UTS #21 (case folding), ICU transforms "Any-Latin;
// Latin-ASCII".
#include "text/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <vector>

#include "core/sha256.h"
#include "text/utf8.h"

namespace weft::text {

namespace {

constexpr size_t kMaxSlug = 80;

bool is_ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool ascii_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// The plain character for a curly quote, prime, dash or exotic space; 0 for any other.
char plain(char32_t c) {
  if (c < 0x80) return 0;
  if ((c >= 0x2018 && c <= 0x201B) || c == 0x2032 || c == 0x2035 || c == 0x02BC || c == 0x02B9 ||
      c == 0x00B4 || c == 0x2039 || c == 0x203A || c == 0xFF07)
    return '\'';
  if ((c >= 0x201C && c <= 0x201F) || c == 0x2033 || c == 0x2036 || c == 0x00AB || c == 0x00BB ||
      c == 0xFF02)
    return '"';
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D)
    return '-';
  return is_space(c) ? ' ' : 0;
}

/// NFKD with full case folding and without marks. Folding can undo the decomposition, hence NFKD
/// twice.
std::string fold_by_icu(std::string_view s, bool fold_case) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(error);
  icu::UnicodeString u =
      icu::UnicodeString::fromUTF8(icu::StringPiece(s.data(), static_cast<int32_t>(s.size())));
  u = nfkd->normalize(u, error);
  if (fold_case) u = nfkd->normalize(u.foldCase(), error);
  if (U_FAILURE(error))
    throw std::runtime_error("ICU's normalisation data is missing; reinstall ICU.");
  std::string out;
  for (int32_t i = 0; i < u.length(); i = u.moveIndex32(i, 1)) {
    const UChar32 c = u.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK) continue;
    append_utf8(out, static_cast<char32_t>(c));
  }
  return out;
}

std::string single_spaces(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (size_t pos = 0; pos < s.size();) {
    const size_t begin = pos;
    if (!is_space(next_char(s, pos))) {
      out.append(s.substr(begin, pos - begin));
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string to_ascii(std::string_view s) {
  // Making a transliterator takes milliseconds and using one is not thread-safe.
  thread_local const std::unique_ptr<icu::Transliterator> latin = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> t(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, error));
    if (U_FAILURE(error))
      throw std::runtime_error("ICU's transliteration data is missing; reinstall ICU.");
    return t;
  }();
  icu::UnicodeString u =
      icu::UnicodeString::fromUTF8(icu::StringPiece(s.data(), static_cast<int32_t>(s.size())));
  latin->transliterate(u);
  std::string out;
  u.toUTF8String(out);
  return out;
}

/// Lower-case ASCII letters and digits of `s` with single hyphens between; apostrophes vanish
/// ("Xi'an" gives "xian").
std::string ascii_slug(std::string_view s) {
  std::string out;
  bool gap = false;
  for (const char raw : s) {
    const char c = ascii_lower(raw);
    if (c == '\'') continue;
    if (!ascii_alnum(c)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out.push_back('-');
    gap = false;
    out.push_back(c);
    if (out.size() >= kMaxSlug) break;
  }
  if (out.size() > kMaxSlug) out.resize(kMaxSlug);
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

bool is_edge_punctuation(char32_t c) { return u_ispunct(static_cast<UChar32>(c)) || is_space(c); }

std::string_view without_edge_punctuation(std::string_view s) {
  while (!s.empty()) {
    size_t pos = 0;
    if (!is_edge_punctuation(next_char(s, pos))) break;
    s.remove_prefix(pos);
  }
  while (!s.empty()) {
    size_t pos = s.size();
    if (!is_edge_punctuation(previous_char(s, pos))) break;
    s = s.substr(0, pos);
  }
  return s;
}

std::u32string characters(std::string_view s) {
  std::u32string out;
  for (size_t pos = 0; pos < s.size();) out.push_back(next_char(s, pos));
  return out;
}

}  // namespace

std::string plain_punctuation(std::string_view s) {
  if (is_ascii(s)) return std::string(s);
  std::string out;
  out.reserve(s.size());
  for (size_t pos = 0; pos < s.size();) {
    const size_t begin = pos;
    const char32_t c = next_char(s, pos);
    if (const char p = plain(c)) {
      out.push_back(p);
    } else {
      out.append(s.substr(begin, pos - begin));
    }
  }
  return out;
}

std::string fold(std::string_view s) {
  if (!is_ascii(s)) return single_spaces(fold_by_icu(plain_punctuation(s), true));
  std::string out;
  out.reserve(s.size());
  for (const char c : s) {
    if (!ascii_space(c)) {
      out.push_back(ascii_lower(c));
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string name_key(std::string_view s) {
  std::string folded = fold(s);
  std::string_view key = without_edge_punctuation(folded);
  if (key.size() > 2 && key.ends_with("'s"))
    key = without_edge_punctuation(key.substr(0, key.size() - 2));
  if (key.size() > 4 && key.starts_with("the ")) key = without_edge_punctuation(key.substr(4));
  if (key.empty()) return folded;  // a name of punctuation alone
  return std::string(key);
}

std::string slug(std::string_view s) {
  std::string out;
  if (is_ascii(s)) {
    out = ascii_slug(s);
  } else {
    // Accented Latin letters, the common case, need no transliterator.
    const std::string unaccented = fold_by_icu(plain_punctuation(s), false);
    out = ascii_slug(is_ascii(unaccented) ? unaccented : to_ascii(unaccented));
  }
  if (out.empty()) out = "x" + core::sha256_hex(s).substr(0, 8);
  return out;
}

unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit) {
  const std::u32string x = characters(a), y = characters(b);
  const size_t longer = std::max(x.size(), y.size()), shorter = std::min(x.size(), y.size());
  if (longer - shorter > limit) return limit + 1;
  std::vector<unsigned> before(y.size() + 1), last(y.size() + 1), row(y.size() + 1);
  for (size_t j = 0; j <= y.size(); ++j) last[j] = static_cast<unsigned>(j);
  for (size_t i = 1; i <= x.size(); ++i) {
    row[0] = static_cast<unsigned>(i);
    unsigned best = row[0];
    for (size_t j = 1; j <= y.size(); ++j) {
      const unsigned substitute = last[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitute});
      if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
    before.swap(last);
    last.swap(row);
  }
  return std::min(last[y.size()], limit + 1);
}

}  // namespace weft::text
