// A chunk is cut into atoms (runs of letters with the digits behind them, of digits, of one sign; a
// word that may be two is cut where it would be). Between two atoms a token ends or goes on,
// decided from left to right by the sum of the weights of what stands there: the atoms, their
// classes, the token so far, the whole chunk, the neighbouring chunks and what the rules say.
// Weights are 16-bit numbers in one hashed table (Weinberger et al. 2009), learnt by an averaged
// perceptron (Collins 2002). Cost: constant for each place; chunks that are one atom, which most
// are, cost one look-up.
#include "nlp/token_borders.h"

#include <algorithm>

#include "nlp/feature.h"
#include "nlp/word.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::nlp {

namespace {

constexpr size_t kLongestJoined = 16;  // bytes of a word that may be two

bool is_blank(char32_t c) { return text::is_space(c) || text::is_control(c); }

enum class Class : uint8_t { letter, digit, sign };

Class class_of(char32_t c) {
  if (c < 0x80) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Class::letter;
    return c >= '0' && c <= '9' ? Class::digit : Class::sign;
  }
  // Combining marks and joiners belong to the word they stand in.
  if (text::is_letter(c) || (c >= 0x300 && c <= 0x36f) || c == 0xad || c == 0x200d)
    return Class::letter;
  return text::is_digit(c) ? Class::digit : Class::sign;
}

/// Signs whose runs are one token, whatever stands around them.
bool makes_runs(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == '-' || c == '*' || c == '=' || c == '_' ||
         c == '~' || c == 0x2014 || c == 0x2026;
}

/// Hash of the lower-cased form with plain quotes and dashes.
uint64_t lower_hash(std::string_view s) {
  std::string lower;
  if (std::any_of(s.begin(), s.end(), [](char c) { return (c & 0x80) != 0; })) {
    lower_case(text::plain_punctuation(s), lower);
  } else {
    lower_case(s, lower);
  }
  return hash_bytes(lower);
}

/// Small, Title, CAPITALS or mIxed letters; short and long digits; the sign and whether it repeats.
uint64_t kind_hash(std::string_view s) {
  size_t pos = 0;
  const char32_t first = text::next_char(s, pos);
  switch (class_of(first)) {
    case Class::digit:
      return feature(1, std::min<size_t>(s.size(), 5));
    case Class::sign:
      return feature(2, lower_hash(s.substr(0, pos)), pos < s.size());
    case Class::letter:
      break;
  }
  bool upper = false, lower = false;
  for (size_t at = pos; at < s.size();) {
    const char32_t c = text::next_char(s, at);
    upper = upper || text::is_upper(c);
    lower = lower || text::is_lower(c);
  }
  return feature(3, text::is_upper(first), upper, lower, pos == s.size());
}

}  // namespace

core::ByteSpan next_chunk(std::string_view text, uint32_t at, uint32_t end) {
  size_t next = at;
  while (at < end && is_blank(text::next_char(text, next))) at = static_cast<uint32_t>(next);
  uint32_t behind = at;
  while (behind < end) {
    next = behind;
    if (is_blank(text::next_char(text, next))) break;
    behind = static_cast<uint32_t>(next);
  }
  return {at, behind};
}

void ChunkBorders::describe(Atom& atom, uint32_t end) const {
  const std::string_view form = text_.substr(atom.begin, end - atom.begin);
  atom.lower = lower_hash(form);
  atom.kind = kind_hash(form);
}

/// Adds a run of one class; a run of letters as two atoms where it may be two words.
void ChunkBorders::add_atom(core::ByteSpan span, const JoinedWords& joined) {
  atoms_.push_back({.begin = span.begin});
  const std::string_view form = text_.substr(span.begin, span.size());
  uint32_t cut = 0;
  const auto found = form.size() <= kLongestJoined ? joined.find(lower_hash(form)) : joined.end();
  if (found != joined.end()) {
    cut = found->second;
  } else if (span.size() > 1 && (form.back() == 'n' || form.back() == 'N') &&
             span.end < chunk_.end) {  // "don't"
    size_t pos = span.end;
    const char32_t sign = text::next_char(text_, pos);
    const bool apostrophe = sign == '\'' || sign == 0x2019;
    if (apostrophe && pos < chunk_.end && (text_[pos] == 't' || text_[pos] == 'T'))
      cut = span.size() - 1;
  }
  if (cut > 0 && cut < span.size() && text::is_char_border(form, cut))
    atoms_.push_back({.begin = span.begin + cut});
}

bool ChunkBorders::read(std::string_view text, core::ByteSpan limits, core::ByteSpan chunk,
                        std::span<const uint32_t> rule_begins, const JoinedWords& joined) {
  atoms_.clear();
  if (chunk.size() > kLongestDoubt) return false;
  text_ = text;
  chunk_ = chunk;
  size_t pos = chunk.begin;
  while (pos < chunk.end) {
    const auto begin = static_cast<uint32_t>(pos);
    const char32_t first = text::next_char(text, pos);
    const Class kind = class_of(first);
    bool digits = false;
    while (pos < chunk.end && (kind != Class::sign || makes_runs(first))) {
      size_t next = pos;
      const char32_t c = text::next_char(text, next);
      // "Q3", "C919": digits belong to the letters before them.
      const Class here = class_of(c);
      if (kind == Class::letter && here == Class::digit) digits = true;
      if (kind == Class::sign ? c != first : here != kind && !(digits && here == Class::digit))
        break;
      if (digits && here == Class::letter) break;
      pos = next;
    }
    if (kind == Class::letter) {
      add_atom({begin, static_cast<uint32_t>(pos)}, joined);
    } else {
      atoms_.push_back({.begin = begin});
    }
  }
  for (const uint32_t begin : rule_begins)
    if (std::none_of(atoms_.begin(), atoms_.end(), [&](const Atom& a) { return a.begin == begin; }))
      atoms_.push_back({.begin = begin});
  if (atoms_.size() < 2) return false;
  std::sort(atoms_.begin(), atoms_.end(),
            [](const Atom& a, const Atom& b) { return a.begin < b.begin; });
  size_t rule = 0;
  whole_kinds_ = 0;
  for (size_t a = 0; a < atoms_.size(); ++a) {
    Atom& atom = atoms_[a];
    describe(atom, a + 1 < atoms_.size() ? atoms_[a + 1].begin : chunk.end);
    while (rule < rule_begins.size() && rule_begins[rule] < atom.begin) ++rule;
    atom.rule_begin = rule < rule_begins.size() && rule_begins[rule] == atom.begin;
    whole_kinds_ = combine(whole_kinds_, atom.kind);
  }
  whole_ = lower_hash(text.substr(chunk.begin, chunk.size()));

  before_ = before_kind_ = behind_ = behind_kind_ = 0;
  const core::ByteSpan behind = next_chunk(text, chunk.end, std::min(limits.end, chunk.end + 64));
  if (behind.size() > 0) {
    behind_ = lower_hash(text.substr(behind.begin, behind.size()));
    pos = behind.begin;
    const char32_t first = text::next_char(text, pos);
    behind_kind_ = class_of(first) == Class::sign
                       ? first
                       : 1 + static_cast<uint64_t>(class_of(first)) * 2 + text::is_upper(first);
  }
  uint32_t from = chunk.begin;
  while (from > limits.begin && chunk.begin - from < 32 && text[from - 1] == ' ') --from;
  uint32_t begin = from;
  while (begin > limits.begin && from - begin < 32 && text[begin - 1] != ' ' &&
         text[begin - 1] != '\n')
    --begin;
  while (begin < from && !text::is_char_border(text, begin)) ++begin;
  if (begin < from) {
    before_ = lower_hash(text.substr(begin, from - begin));
    before_kind_ = static_cast<unsigned char>(text[from - 1]);
    if (class_of(static_cast<char32_t>(before_kind_)) != Class::sign) before_kind_ = 1;
  }
  return true;
}

void ChunkBorders::features(size_t k, uint32_t token_begin, Features& out) const {
  const Atom none;
  const Atom &a = atoms_[k], &b = atoms_[k + 1];
  const Atom& aa = k > 0 ? atoms_[k - 1] : none;
  const Atom& bb = k + 2 < atoms_.size() ? atoms_[k + 2] : none;
  const uint32_t at = b.begin;
  const uint64_t rule = b.rule_begin, fresh = token_begin == a.begin;
  const uint64_t next_rule =
      k + 2 < atoms_.size() ? 1 + static_cast<uint64_t>(bb.rule_begin) : uint64_t{0};
  const uint64_t so_far = lower_hash(text_.substr(token_begin, at - token_begin));
  const uint64_t rest = lower_hash(text_.substr(at, chunk_.end - at));
  const uint64_t last = atoms_.back().kind, first = atoms_.front().kind;
  size_t n = 0;
  const auto put = [&](auto... values) {
    out[n] = static_cast<uint32_t>(feature(n + 1, values...) & (TokenBorders::kRows - 1));
    ++n;
  };
  put(rule);
  put(rule, a.kind, b.kind);
  put(rule, a.lower, b.kind);
  put(rule, b.lower, a.kind);
  put(a.lower, b.lower);
  put(rule, aa.kind, a.kind, b.kind);
  put(rule, a.kind, b.kind, bb.kind);
  put(rule, aa.kind, a.kind, b.kind, bb.kind);
  put(whole_, k);
  put(rule, whole_kinds_, k);
  put(rule, so_far, b.kind);
  put(so_far, b.lower);
  put(rule, rest, a.kind);
  put(rule, a.kind, b.kind, behind_kind_);
  put(a.lower, b.lower, behind_);
  put(a.lower, b.lower, before_);
  put(rule, a.kind, b.kind, before_kind_);
  put(rule, first, last, a.kind, b.kind);
  put(rule, fresh, a.kind, b.kind);
  put(rule, next_rule, a.kind, b.kind);
  put(rule, fresh, aa.lower, a.kind, b.kind);
  put(rule, a.kind, b.kind, bb.lower);
  put(rule, whole_kinds_, behind_kind_, k);
  put(a.lower, b.lower, behind_kind_, bb.kind);
  put(rule, so_far, bb.kind, behind_kind_);
  put(rule, a.kind, b.kind, k == 0, k + 2 == atoms_.size());
  static_assert(kFeatures == 26);
}

TokenBorders::TokenBorders(const std::filesystem::path& path) : file_(path, "tokens") {
  weights_ = file_.section<int16_t>("weights");
  if (weights_.size() != kRows) file_.refuse("its table of weights has an impossible size");
}

bool TokenBorders::splits(const ChunkBorders::Features& features) const {
  int32_t sum = 0;
  for (const uint32_t row : features) sum += weights_[row];
  return sum > 0;
}

}  // namespace weft::nlp
