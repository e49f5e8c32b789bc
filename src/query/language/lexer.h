// A query's text as tokens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft::query::language {

enum class TokenKind : uint8_t {
  name,         // identifier or keyword
  quoted_name,  // `any text`
  integer,
  real,
  string,
  parameter,  // $name; text is the name
  sign,       // punctuation; text is the sign
  bad,        // faulty; whoever meets it reports it
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  size_t begin = 0;  // bytes of the query
  size_t end = 0;
  std::string text;               // without quotes and escapes
  std::string_view detail = {};   // of a bad token: the class of error
  std::string problem = {};       // of a bad token: a full sentence
  bool integer_overflow = false;  // the digits are right, the number is too large
  uint64_t magnitude = 0;         // of an integer
  double number = 0;              // of a real
  uint32_t partner = 0;           // of a bracket: index of the one that closes it; 0: none
};

/// Never fails: what can't be read is a bad token, so that the fault is reported where the parser
/// meets it. The last token is `end`. O(bytes).
std::vector<Token> tokenize(std::string_view query);

/// Text compared as keywords are: without case, ASCII only.
bool is_word(std::string_view text, std::string_view keyword);
std::string lower(std::string_view text);

}  // namespace weft::query::language
