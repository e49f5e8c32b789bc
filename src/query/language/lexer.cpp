// The lexer: one pass by hand. Numbers that go wrong stay tokens, because in a map key
// ("{1B2: 0}") it is the place that is wrong and in an expression it is the number. Brackets are
// paired here, so that the parser can look behind a closing one without reading what is between.
#include "query/language/lexer.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "query/language/real.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace weft::query::language {

namespace {

bool starts_name(char32_t c) { return c == '_' || text::is_letter(c); }
bool continues_name(char32_t c) { return starts_name(c) || text::is_digit(c); }

class Lexer {
 public:
  explicit Lexer(std::string_view query) : query_(query) {}

  std::vector<Token> run() {
    while (true) {
      skip_space();
      Token token = next();
      const bool last = token.kind == TokenKind::end;
      pair_brackets(token);
      tokens_.push_back(std::move(token));
      if (last) return std::move(tokens_);
    }
  }

 private:
  char peek(size_t ahead = 0) const {
    return at_ + ahead < query_.size() ? query_[at_ + ahead] : '\0';
  }

  void skip_space() {
    while (at_ < query_.size()) {
      if (peek() == '/' && peek(1) == '/') {
        at_ = std::min(query_.find('\n', at_), query_.size());
      } else if (peek() == '/' && peek(1) == '*') {
        const size_t close = query_.find("*/", at_ + 2);
        at_ = close == std::string_view::npos ? query_.size() : close + 2;
      } else {
        size_t next = at_;
        if (!text::is_space(text::next_char(query_, next))) return;
        at_ = next;
      }
    }
  }

  Token make(TokenKind kind, size_t begin) const {
    Token t;
    t.kind = kind;
    t.begin = begin;
    t.end = at_;
    return t;
  }

  Token bad(size_t begin, std::string_view detail, std::string problem) const {
    Token t = make(TokenKind::bad, begin);
    t.detail = detail;
    t.problem = std::move(problem);
    t.text = query_.substr(begin, at_ - begin);
    return t;
  }

  Token next() {
    const size_t begin = at_;
    if (at_ >= query_.size()) return make(TokenKind::end, begin);
    const char c = peek();
    if (text::is_ascii_digit(c) || (c == '.' && text::is_ascii_digit(peek(1)))) return number();
    if (c == '\'' || c == '"') return string(c);
    if (c == '`') return quoted_name();
    if (c == '$') return parameter();
    size_t after = at_;
    const char32_t first = text::next_char(query_, after);
    if (starts_name(first)) {
      Token t = make(TokenKind::name, begin);
      t.text = name();
      t.end = at_;
      return t;
    }
    if (static_cast<unsigned char>(c) >= 0x80) {
      at_ = after;
      return bad(begin, "InvalidUnicodeCharacter",
                 "\"" + std::string(query_.substr(begin, after - begin)) +
                     "\" has no meaning here. Is it a dash or quotation mark from a text?");
    }
    return sign();
  }

  std::string name() {
    const size_t begin = at_;
    while (at_ < query_.size()) {
      size_t after = at_;
      if (!continues_name(text::next_char(query_, after))) break;
      at_ = after;
    }
    return std::string(query_.substr(begin, at_ - begin));
  }

  Token sign() {
    static constexpr std::string_view kSigns[] = {"<>", "<=", ">=", "=~", "..", "+="};
    const size_t begin = at_;
    size_t length = 1;
    for (const std::string_view s : kSigns)
      if (query_.substr(at_).starts_with(s)) length = s.size();
    at_ += length;
    if (length == 1 &&
        std::string_view("()[]{}<>=+-*/%^,.:;|").find(query_[begin]) == std::string_view::npos)
      return bad(begin, "UnexpectedSyntax",
                 "\"" + std::string(query_.substr(begin, 1)) + "\" has no meaning in a query.");
    Token t = make(TokenKind::sign, begin);
    t.text = query_.substr(begin, length);
    return t;
  }

  Token parameter() {
    const size_t begin = at_++;
    if (peek() == '`') {
      Token t = quoted_name();
      if (t.kind == TokenKind::quoted_name) t.kind = TokenKind::parameter;
      t.begin = begin;
      return t;
    }
    std::string text = at_ < query_.size() ? name() : "";
    if (text.empty())
      return bad(begin, "UnexpectedSyntax",
                 "A parameter is written $name, and its value is given with -p name=value.");
    Token t = make(TokenKind::parameter, begin);
    t.text = std::move(text);
    return t;
  }

  Token quoted_name() {
    const size_t begin = at_++;
    std::string text;
    while (at_ < query_.size()) {
      const char c = query_[at_++];
      if (c != '`') {
        text += c;
      } else if (peek() == '`') {
        text += '`';
        ++at_;
      } else {
        Token t = make(TokenKind::quoted_name, begin);
        t.text = std::move(text);
        return t;
      }
    }
    return bad(begin, "UnexpectedSyntax", "This name is not closed: a ` is missing.");
  }

  /// The value of `digits` hexadecimal digits, moving behind them.
  bool code_point(unsigned digits, char32_t& out) {
    out = 0;
    for (unsigned i = 0; i < digits; ++i, ++at_) {
      const char c = peek();
      const int value = text::is_ascii_digit(c) ? c - '0'
                        : c >= 'a' && c <= 'f'  ? c - 'a' + 10
                        : c >= 'A' && c <= 'F'  ? c - 'A' + 10
                                                : -1;
      if (value < 0) return false;
      out = out * 16 + static_cast<char32_t>(value);
    }
    return out <= 0x10ffff && (out < 0xd800 || out > 0xdfff);
  }

  Token string(char quote) {
    const size_t begin = at_++;
    std::string text;
    std::string_view detail;
    std::string problem;
    while (at_ < query_.size() && query_[at_] != quote) {
      if (query_[at_] != '\\') {
        text += query_[at_++];
        continue;
      }
      const size_t escape = at_;
      at_ += 2;
      const char c = escape + 1 < query_.size() ? query_[escape + 1] : '\0';
      static constexpr std::string_view kFrom = "bfnrt'\"\\`/";
      static constexpr std::string_view kTo = "\b\f\n\r\t'\"\\`/";
      if (const size_t i = kFrom.find(c); c != '\0' && i != std::string_view::npos) {
        text += kTo[i];
      } else if (c == 'u' || c == 'U') {
        char32_t point = 0;
        if (code_point(c == 'u' ? 4 : 8, point)) {
          text::append_utf8(text, point);
        } else if (problem.empty()) {
          detail = "InvalidUnicodeLiteral";
          problem = "\\u takes four hexadecimal digits and \\U eight, of a character that exists.";
        }
      } else if (problem.empty()) {
        detail = "UnexpectedSyntax";
        problem = "There is no escape \\" + std::string(1, c) + ". A backslash is written \\\\.";
      }
    }
    if (at_ >= query_.size()) {
      at_ = query_.size();
      return bad(begin, "UnexpectedSyntax",
                 std::string("This text is not closed: a ") + quote + " is missing.");
    }
    ++at_;
    if (!problem.empty()) return bad(begin, detail, problem);
    Token t = make(TokenKind::string, begin);
    t.text = std::move(text);
    return t;
  }

  Token number() {
    const size_t begin = at_;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) return based(16);
    if (peek() == '0' && (peek(1) == 'o' || peek(1) == 'O')) return based(8);
    while (text::is_ascii_digit(peek())) ++at_;
    bool real = false;
    if (peek() == '.' && text::is_ascii_digit(peek(1))) {
      real = true;
      ++at_;
      while (text::is_ascii_digit(peek())) ++at_;
    }
    const size_t sign = peek(1) == '-' || peek(1) == '+' ? 2 : 1;
    if ((peek() == 'e' || peek() == 'E') && text::is_ascii_digit(peek(sign))) {
      real = true;
      at_ += sign;
      while (text::is_ascii_digit(peek())) ++at_;
    }
    if (Token t; runs_on(begin, t)) return t;
    const std::string digits(query_.substr(begin, at_ - begin));
    Token t = make(real ? TokenKind::real : TokenKind::integer, begin);
    t.text = digits;
    if (real) {
      t.number = read_real(digits).value_or(0);
      if (std::isinf(t.number))
        return bad(begin, "FloatingPointOverflow", digits + " is too large for a number.");
      return t;
    }
    read_magnitude(t, digits, 10);
    return t;
  }

  /// True if letters follow right behind a number: then it is none.
  bool runs_on(size_t begin, Token& t) {
    size_t after = at_;
    if (at_ >= query_.size() || !continues_name(text::next_char(query_, after))) return false;
    name();
    t = bad(begin, "InvalidNumberLiteral",
            "\"" + std::string(query_.substr(begin, at_ - begin)) + "\" is no number.");
    return true;
  }

  Token based(int base) {
    const size_t begin = at_;
    at_ += 2;
    const size_t digits = at_;
    const auto is_digit = [&](char c) {
      return base == 8
                 ? c >= '0' && c <= '7'
                 : text::is_ascii_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    while (is_digit(peek())) ++at_;
    if (Token t; runs_on(begin, t)) return t;
    if (at_ == digits)
      return bad(begin, "InvalidNumberLiteral",
                 "\"" + std::string(query_.substr(begin, at_ - begin)) + "\" is no number.");
    Token t = make(TokenKind::integer, begin);
    t.text = query_.substr(begin, at_ - begin);
    read_magnitude(t, query_.substr(digits, at_ - digits), base);
    return t;
  }

  static void read_magnitude(Token& t, std::string_view digits, int base) {
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), t.magnitude, base);
    t.integer_overflow = error != std::errc();
  }

  void pair_brackets(const Token& t) {
    if (t.kind != TokenKind::sign) return;
    const auto index = static_cast<uint32_t>(tokens_.size());
    if (t.text == "(" || t.text == "[" || t.text == "{") {
      open_.push_back(index);
    } else if (t.text == ")" || t.text == "]" || t.text == "}") {
      if (open_.empty()) return;
      tokens_[open_.back()].partner = index;
      open_.pop_back();
    }
  }

  std::string_view query_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
  std::vector<uint32_t> open_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view query) { return Lexer(query).run(); }

bool is_word(std::string_view text, std::string_view keyword) {
  if (text.size() != keyword.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c =
        text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    const char k = keyword[i] >= 'A' && keyword[i] <= 'Z'
                       ? static_cast<char>(keyword[i] - 'A' + 'a')
                       : keyword[i];
    if (c != k) return false;
  }
  return true;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace weft::query::language
