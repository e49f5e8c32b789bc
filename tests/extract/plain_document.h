// Documents for tests without any model: words, punctuation and sentences by simple rules, no tags,
// no trees.
#pragma once

#include <set>
#include <string>

#include "doc/document.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::tests {

inline doc::Document plain_document(std::string text) {
  doc::Document d;
  d.text = std::move(text);
  const std::string& s = d.text;
  auto add_block = [&](size_t begin, size_t end) {
    while (begin < end && s[begin] == ' ') ++begin;
    if (begin < end)
      d.blocks.push_back(
          {{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, doc::BlockRole::body});
  };
  size_t line = 0;
  for (size_t i = 0; i <= s.size(); ++i) {
    if (i == s.size() || s[i] == '\n') {
      add_block(line, i);
      line = i + 1;
    }
  }
  static const std::set<std::string> abbreviations = {"Mr.",  "Mrs.",  "Ms.",  "Dr.",   "Co.",
                                                      "Ltd.", "Prof.", "Gov.", "Sen.",  "Oct.",
                                                      "No.",  "St.",   "Gen.", "Corp.", "Inc."};
  for (uint32_t b = 0; b < d.blocks.size(); ++b) {
    bool open = false;
    auto token = [&](size_t begin, size_t end) {
      if (!open) {
        d.sentence_begin.push_back(d.token_count());
        d.sentence_block.push_back(b);
        open = true;
      }
      d.token_begin.push_back(static_cast<uint32_t>(begin));
      d.token_end.push_back(static_cast<uint32_t>(end));
      d.norm.push_back(d.pool.intern(text::plain_punctuation(s.substr(begin, end - begin))));
    };
    size_t i = d.blocks[b].span.begin;
    const size_t end = d.blocks[b].span.end;
    auto word_char = [&](size_t p) {
      size_t q = p;
      const char32_t c = text::next_char(s, q);
      return text::is_letter(c) || text::is_digit(c) ||
             (c == '.' && q < end && text::is_digit(static_cast<unsigned char>(s[q])) && p > 0 &&
              text::is_digit(static_cast<unsigned char>(s[p - 1])));
    };
    while (i < end) {
      size_t q = i;
      const char32_t c = text::next_char(s, q);
      if (text::is_space(c)) {
        i = q;
        continue;
      }
      if (word_char(i)) {
        size_t e = i;
        while (e < end && word_char(e)) text::next_char(s, e);
        if (e < end && s[e] == '.') {
          const std::string with = s.substr(i, e + 1 - i);
          if (abbreviations.contains(with) || (e - i == 1 && s[i] >= 'A' && s[i] <= 'Z')) ++e;
        }
        token(i, e);
        i = e;
        continue;
      }
      if ((s.compare(i, 2, "'s") == 0 || s.compare(i, 4, "’s") == 0) && i > 0) {
        const size_t e = i + (s[i] == '\'' ? 2 : 4);
        if (e == end || !word_char(e)) {
          token(i, e);
          i = e;
          continue;
        }
      }
      token(i, q);
      if ((c == '.' || c == '!' || c == '?') && (q == end || s[q] == ' ')) open = false;
      i = q;
    }
  }
  d.sentence_begin.push_back(d.token_count());
  return d;
}

}  // namespace weft::tests
