// Tokens by one scan over each stretch between white space: a run of letters and digits goes on
// over a connector (full stop, comma, colon, slash, apostrophe, hyphen) where what stands on its
// two sides says so, then clitics and units are cut off its end. Everything else is a token a
// character, but for runs of one and the same ("...", "--"). What is kept together was read off the
// training parts of EWT and GUM. Where that is in doubt, the model of token_borders.cpp has the
// last word. O(bytes).
#include "nlp/tokenizer.h"

#include <algorithm>
#include <cstdlib>

#include "nlp/feature.h"
#include "nlp/word.h"
#include "text/utf8.h"

namespace weft::nlp {

/// A stretch without white space, and how far it is cut up.
struct Tokenizer::Chunk {
  std::string_view text;  // the whole document
  uint32_t begin = 0, end = 0, at = 0;

  /// The character at `i`, or 0 outside the chunk.
  char32_t peek(uint32_t i) const {
    if (i < begin || i >= end) return 0;
    size_t pos = i;
    return text::next_char(text.substr(0, end), pos);
  }
  uint32_t behind(uint32_t i) const {
    size_t pos = i;
    text::next_char(text.substr(0, end), pos);
    return static_cast<uint32_t>(pos);
  }
  std::string_view bytes(uint32_t from, uint32_t to) const { return text.substr(from, to - from); }
};

namespace {

bool is_alpha(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  // Combining marks and joiners belong to the word they stand in.
  return text::is_letter(c) || (c >= 0x300 && c <= 0x36f) || c == 0xad || c == 0x200d;
}
bool is_number(char32_t c) { return c < 0x80 ? c >= '0' && c <= '9' : text::is_digit(c); }
bool is_word(char32_t c) { return is_alpha(c) || is_number(c) || c == '_'; }
bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2bc; }
bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

uint64_t lower_hash(std::string_view s) {
  std::string lower;
  lower_case(s.substr(0, 64), lower);
  return hash_bytes(lower);
}

/// "713-853-3989", "345-9945": digits in groups of three or four, the last of four.
bool is_phone(std::string_view s) {
  size_t group = 0, groups = 1;
  for (const char c : s) {
    if (c == '-') {
      if (group != 3) return false;
      group = 0;
      ++groups;
    } else if (c >= '0' && c <= '9') {
      ++group;
    } else {
      return false;
    }
  }
  return groups >= 2 && group == 4;
}

}  // namespace

Tokenizer::Tokenizer(const schema::Lexicons& lexicons, const std::filesystem::path& models_dir) {
  const schema::WordList& abbreviations = lexicons.list("abbreviations");
  for (const std::string& form : abbreviations.forms()) {
    const std::string& value = *abbreviations.value(form);
    abbreviations_[hash_bytes(form)] = value == "never"    ? Abbreviation::never
                                       : value == "number" ? Abbreviation::number
                                                           : Abbreviation::final;
  }
  const auto read_cuts = [&](const char* name, JoinedWords& words) {
    const schema::WordList& list = lexicons.list(name);
    for (const std::string& form : list.forms()) {
      const int cut = std::atoi(list.value(form)->c_str());
      if (cut > 0 && static_cast<size_t>(cut) < form.size())
        words[hash_bytes(form)] = static_cast<uint32_t>(cut);
    }
  };
  read_cuts("contractions", contractions_);
  joined_ = contractions_;
  read_cuts("joined_words", joined_);
  for (const std::string& form : lexicons.list("kept_prefixes").forms())
    prefixes_[hash_bytes(form)] = true;
  for (const std::string& form : lexicons.list("number_suffixes").forms())
    units_[hash_bytes(form)] = true;
  for (const std::string& form : lexicons.list("sentence_starters").forms())
    starters_[hash_bytes(form)] = true;
  std::error_code ignored;
  if (!models_dir.empty() && std::filesystem::exists(models_dir / "tokens.bin", ignored))
    model_.emplace(models_dir / "tokens.bin");
}

bool Tokenizer::starts_sentences(std::string_view lower) const {
  return starters_.count(hash_bytes(lower)) != 0;
}

bool Tokenizer::is_address(std::string_view chunk) {
  if (chunk.size() > 2000) return false;
  if (chunk.find("://") != chunk.npos || chunk.starts_with("www.")) return true;
  const size_t at = chunk.find('@');
  return at != chunk.npos && at > 0 && chunk.find('.', at + 2) != chunk.npos &&
         chunk.find('/') == chunk.npos;
}

void Tokenizer::tokenize(std::string_view text, core::ByteSpan span, std::vector<Token>& out,
                         std::vector<Token>* by_rules) const {
  ChunkBorders borders;
  uint32_t at = span.begin;
  for (core::ByteSpan found = next_chunk(text, at, span.end); found.size() > 0;
       found = next_chunk(text, at, span.end)) {
    const size_t first = out.size();
    Chunk chunk{text, found.begin, found.end, found.begin};
    while (chunk.at < chunk.end) chunk.at = take(chunk, out);
    out[first].space_before = found.begin > at;
    if (by_rules)
      by_rules->insert(by_rules->end(), out.begin() + static_cast<std::ptrdiff_t>(first),
                       out.end());
    if (model_) reconsider(text, span, found, first, borders, out);
    out[first].space_before = found.begin > at;
    at = found.end;
  }
}

namespace {

/// What the full stop of a token says that the rules did not make.
Stop stop_of(std::string_view form) {
  if (form.find_first_not_of(".!?") == form.npos)
    return form.size() == 1 || form.find_first_of("!?") != form.npos ? Stop::end : Stop::ellipsis;
  if (!form.ends_with('.')) return Stop::none;
  return form.size() == 2 && form[0] >= 'A' && form[0] <= 'Z' ? Stop::initial : Stop::may_end;
}

/// True if the bytes from `at` on are an apostrophe and a letter: "'s", "'ll".
bool begins_clitic(std::string_view text, size_t at, size_t end) {
  if (!is_apostrophe(text::next_char(text, at)) || at >= end) return false;
  return text::is_letter(text::next_char(text, at));
}

}  // namespace

/// Puts the tokens of a chunk, which stand in `out` from `first`, as the model has them.
void Tokenizer::reconsider(std::string_view text, core::ByteSpan limits, core::ByteSpan chunk,
                           size_t first, ChunkBorders& borders, std::vector<Token>& out) const {
  std::array<uint32_t, kLongestDoubt> begins;
  size_t count = 0;
  if (chunk.size() > begins.size()) return;
  for (size_t i = first; i < out.size(); ++i) begins[count++] = out[i].span.begin;
  if (!borders.read(text, limits, chunk, {begins.data(), count}, joined_)) return;
  ChunkBorders::Features features;
  bool same = true;
  uint32_t begin = chunk.begin;
  size_t kept = 1;
  for (size_t k = 0; k < borders.count(); ++k) {
    borders.features(k, begin, features);
    // The corpora leave some "Tuesday's" whole by mistake.
    const bool splits = (borders.by_rule(k) && begins_clitic(text, borders.place(k), chunk.end)) ||
                        model_->splits(features);
    same = same && splits == borders.by_rule(k);
    if (splits) begins[kept++] = begin = borders.place(k);
  }
  if (same) return;
  const std::vector<Token> by_rule(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
  out.resize(first);
  for (size_t i = 0; i < kept; ++i) {
    const core::ByteSpan span{begins[i], i + 1 < kept ? begins[i + 1] : chunk.end};
    const auto old = std::find_if(by_rule.begin(), by_rule.end(), [&](const Token& token) {
      return token.span.begin == span.begin && token.span.end == span.end;
    });
    out.push_back({span,
                   old != by_rule.end() ? old->stop : stop_of(text.substr(span.begin, span.size())),
                   false});
  }
}

/// Takes the next token or two and returns where they end.
uint32_t Tokenizer::take(Chunk& chunk, std::vector<Token>& out) const {
  const uint32_t begin = chunk.at;
  const char32_t c = chunk.peek(begin);
  const char32_t after = chunk.peek(chunk.behind(begin));
  if (is_word(c)) return take_word(chunk, out);

  // Years and clipped words ("'90s", "'em") keep their apostrophe.
  if (is_apostrophe(c) && is_number(after)) {
    const uint32_t one = chunk.behind(begin), two = chunk.behind(one);
    const char32_t last = chunk.peek(two);
    if (is_number(last)) {
      uint32_t end = chunk.behind(two);
      if (chunk.peek(end) == 's') ++end;
      if (!is_word(chunk.peek(end))) {
        out.push_back({{begin, end}, Stop::none, false});
        return end;
      }
    }
  }
  if (c == '.' && is_number(after)) return take_word(chunk, out);  // ".5"

  uint32_t end = chunk.behind(begin);
  const bool runs = c == '.' || c == '!' || c == '?' || c == '-' || c == '*' || c == '=' ||
                    c == '_' || c == '~' || c == 0x2014 || c == 0x2026 || c == '\'' || c == '`' ||
                    c == 0x2019 || c == 0x2018;
  if (runs)
    while (end < chunk.end && end - begin < kLongestToken - 4) {
      const char32_t again = chunk.peek(end);
      if (again != c && !((c == '!' || c == '?') && (again == '!' || again == '?'))) break;
      end = chunk.behind(end);
    }
  Stop stop = Stop::none;
  if (c == '!' || c == '?' || c == 0x3002) stop = Stop::end;
  if (c == '.') stop = end - begin == 1 ? Stop::end : Stop::ellipsis;
  if (c == 0x2026) stop = Stop::ellipsis;
  out.push_back({{begin, end}, stop, false});
  return end;
}

/// True if the word that began at `begin` goes on over the connector at `at`.
bool Tokenizer::goes_on(const Chunk& chunk, uint32_t begin, uint32_t at) const {
  const char32_t c = chunk.peek(at);
  const uint32_t next = chunk.behind(at);
  const char32_t right = chunk.peek(next);
  size_t pos = at;
  const char32_t left = at > begin ? text::previous_char(chunk.text, pos) : 0;
  const std::string_view so_far = chunk.bytes(begin, at);
  if (is_apostrophe(c)) return is_alpha(left) && is_alpha(right);
  if (c == '&') return so_far.size() <= 3 && text::is_upper(left) && text::is_upper(right);
  if (c == ',') {  // 100,000
    if (!is_number(left) || !is_number(right)) return false;
    uint32_t digits = 0, i = next;
    while (is_number(chunk.peek(i)) && digits < 4) ++digits, i = chunk.behind(i);
    return digits == 3;
  }
  if (c == ':') return is_number(left) && is_number(right);
  if (c == '/')
    return is_number(left) && is_number(right) &&
           so_far.find_first_not_of("0123456789/") == so_far.npos;
  if (c == '.') {
    if (is_number(right)) return is_number(left) || left == 0;
    if (!is_alpha(right) || !is_alpha(left)) return false;
    // "U.S", "e.g", "Ph.D": a single letter on either side; "amazon.com": small letters on both;
    // else a stop without a space.
    const size_t dot = so_far.rfind('.');
    const std::string_view part = dot == so_far.npos ? so_far : so_far.substr(dot + 1);
    const bool one_left = part.size() == 1;
    const bool one_right = !is_word(chunk.peek(chunk.behind(next)));
    if (one_left && one_right) return true;
    if (text::is_lower(left) && text::is_lower(right)) return true;
    return abbreviations_.count(lower_hash(chunk.bytes(begin, chunk.behind(next)))) != 0;
  }
  if (is_hyphen(c)) {
    if (is_alpha(left) && is_alpha(right)) return prefixes_.count(lower_hash(so_far)) != 0;
    if (!is_number(left) || !is_number(right)) return false;
    uint32_t end = next;
    while (end < chunk.end && end - begin < 16 &&
           (is_number(chunk.peek(end)) || is_hyphen(chunk.peek(end))))
      end = chunk.behind(end);
    return is_phone(chunk.bytes(begin, end)) || so_far.find('-') != so_far.npos;
  }
  return false;
}

/// How the full stop at `at` belongs to the word from `begin`: Stop::none if it is a token of its
/// own.
Stop Tokenizer::full_stop(const Chunk& chunk, uint32_t begin, uint32_t at) const {
  if (chunk.peek(chunk.behind(at)) == '.') return Stop::none;  // an ellipsis
  const std::string_view word = chunk.bytes(begin, at);
  const auto found = abbreviations_.find(lower_hash(word));
  if (found != abbreviations_.end()) {
    if (found->second == Abbreviation::never) return Stop::abbreviation;
    if (found->second == Abbreviation::final) return Stop::may_end;
    // "No. 5", "Art. 12": the digit stands behind the full stop, with or without a space.
    size_t next = at + 1;
    while (next < chunk.text.size() && chunk.text[next] == ' ') ++next;
    if (next < chunk.text.size() && is_number(static_cast<unsigned char>(chunk.text[next])))
      return Stop::abbreviation;
    return Stop::none;
  }
  // Letters with full stops between: "U.S", "D.C", "a.k.a".
  bool dotted = word.size() >= 3 && word.size() <= 11;
  for (size_t i = 0; dotted && i < word.size(); ++i)
    dotted = i % 2 == 1 ? word[i] == '.'
                        : is_alpha(static_cast<unsigned char>(word[i])) && !(word[i] & 0x80);
  if (dotted && word.size() % 2 == 1) return Stop::may_end;
  if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z' && word[0] != 'I') return Stop::initial;
  return Stop::none;
}

uint32_t Tokenizer::take_word(Chunk& chunk, std::vector<Token>& out) const {
  const uint32_t begin = chunk.at;
  // A web or mail address is one token, without the punctuation behind it.
  if (is_address(chunk.bytes(begin, chunk.end))) {
    uint32_t end = chunk.end;
    while (end > begin + 1 &&
           std::string_view(".,;:!?)]}>\"'").find(chunk.text[end - 1]) != std::string_view::npos)
      --end;
    while (!text::is_char_border(chunk.text, end)) --end;
    end = std::min(end, begin + kLongestToken);
    while (!text::is_char_border(chunk.text, end)) --end;
    out.push_back({{begin, end}, Stop::none, false});
    return end;
  }
  uint32_t at = begin;
  while (at < chunk.end && at - begin < kLongestToken - 4) {
    if (!is_word(chunk.peek(at)) && !goes_on(chunk, begin, at)) break;
    at = chunk.behind(at);
  }
  Stop stop = Stop::none;
  if (at < chunk.end && chunk.peek(at) == '.') stop = full_stop(chunk, begin, at);
  if (stop != Stop::none) ++at;
  split_word(chunk, {begin, at}, stop, out);
  return at;
}

/// Cuts clitics ("'s", "n't"), contractions and units off a word.
void Tokenizer::split_word(const Chunk& chunk, core::ByteSpan word, Stop stop,
                           std::vector<Token>& out) const {
  const auto two = [&](uint32_t cut) {
    out.push_back({{word.begin, cut}, Stop::none, false});
    out.push_back({{cut, word.end}, stop, false});
  };
  if (word.size() > 64) {
    out.push_back({word, stop, false});
    return;
  }
  const std::string_view form = chunk.bytes(word.begin, word.end);
  std::string lower;
  lower_case(form, lower);
  if (const auto found = contractions_.find(hash_bytes(lower)); found != contractions_.end())
    return two(word.begin + found->second);

  // The last apostrophe and what follows it.
  for (uint32_t i = word.begin; i < word.end; i = chunk.behind(i)) {
    if (!is_apostrophe(chunk.peek(i)) || i == word.begin) continue;
    std::string tail;
    lower_case(chunk.bytes(chunk.behind(i), word.end), tail);
    if (tail == "t" && i > word.begin + 1 && (chunk.text[i - 1] == 'n' || chunk.text[i - 1] == 'N'))
      return two(i - 1);
    if (tail == "s" || tail == "re" || tail == "ve" || tail == "ll" || tail == "d" || tail == "m")
      return two(i);
  }
  // "7pm", "35mm".
  uint32_t digits = word.begin;
  while (digits < word.end && (is_number(chunk.peek(digits)) || chunk.text[digits] == '.' ||
                               chunk.text[digits] == ':' || chunk.text[digits] == ','))
    digits = chunk.behind(digits);
  if (digits > word.begin && digits < word.end) {
    std::string_view unit = chunk.bytes(digits, word.end);
    if (stop != Stop::none && unit.ends_with('.')) unit.remove_suffix(1);
    if (units_.count(lower_hash(unit)) != 0) return two(digits);
  }
  out.push_back({word, stop, false});
}

}  // namespace weft::nlp
