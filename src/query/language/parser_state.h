// The parser's place in the query, and its functions, spread over three files.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "query/language/ast.h"
#include "query/language/fault.h"
#include "query/language/lexer.h"

namespace weft::query::language {

/// Brackets in brackets, and operators in operators: what the parser, the checker and the evaluator
/// may recurse into.
inline constexpr uint32_t kDeepest = 400;
inline constexpr size_t kMostClauses = 1000;

class Parser {
 public:
  explicit Parser(std::string_view query) : query_(query), tokens_(tokenize(query)) {}

  Query query();
  bool accept_sign(std::string_view sign);
  void expect_end();

 private:
  struct Depth;  // counts nesting while it lives

  // Tokens.
  const Token& token(size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  size_t previous_end() const { return at_ == 0 ? 0 : tokens_[at_ - 1].end; }
  void advance() {
    if (at_ + 1 < tokens_.size()) ++at_;
  }
  bool is(std::string_view keyword, size_t ahead = 0) const {
    return token(ahead).kind == TokenKind::name && is_word(token(ahead).text, keyword);
  }
  bool is_sign(std::string_view sign, size_t ahead = 0) const {
    return token(ahead).kind == TokenKind::sign && token(ahead).text == sign;
  }
  bool accept(std::string_view keyword);
  void expect(std::string_view keyword);
  void expect_sign(std::string_view sign);
  /// Throws: `wanted` and what stands there instead.
  [[noreturn]] void unexpected(std::string_view wanted) const;
  bool is_name(size_t ahead = 0) const {
    return token(ahead).kind == TokenKind::name || token(ahead).kind == TokenKind::quoted_name;
  }
  std::string name(std::string_view what);
  std::string variable_name() { return name("The name of a variable"); }

  // Clauses.
  SingleQuery single_query();
  Clause match();
  Clause unwind();
  Clause projection(ClauseKind kind);
  void projection_items(Projection& p);
  void too_many(size_t count, std::string_view clause) const;
  bool at_clause() const;
  void refuse();

  // Patterns.
  std::vector<PatternPart> pattern();
  PatternPart pattern_part();
  void pattern_chain(PatternPart& part);
  NodePattern node_pattern();
  RelationshipPattern relationship_pattern();
  void relationship_details(RelationshipPattern& r);
  void relationship_length(RelationshipPattern& r);
  ExprPtr pattern_properties();
  bool pattern_follows() const;
  bool node_closes_pattern(size_t close) const;
  std::unique_ptr<Query> query_of(PatternPart part, ExprPtr where);

  // Expressions.
  ExprPtr expression(int least = 0);
  ExprPtr operand();
  ExprPtr postfix();
  ExprPtr atom();
  ExprPtr name_atom();
  ExprPtr number();
  ExprPtr bracket_atom();
  ExprPtr map_literal();
  ExprPtr map_projection(ExprPtr subject);
  using KeyPlaces = std::map<std::string, size_t>;  // of the values of a map, by key
  void add_entry(Expr& map, KeyPlaces& places, std::string key, ExprPtr value) const;
  ExprPtr case_expression();
  ExprPtr call();
  ExprPtr quantifier(Quantifier which);
  ExprPtr reduce();
  ExprPtr subquery(ExprKind kind);
  ExprPtr list_comprehension();
  ExprPtr pattern_comprehension();
  ExprPtr shortest_path();
  ExprPtr compare(ExprPtr left);
  int binary_operator(ExprKind& kind) const;
  void skip_operator(ExprKind kind);
  ExprPtr make(ExprKind kind, size_t at) const;
  void add(Expr& parent, ExprPtr child) const;

  std::string_view query_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  uint32_t depth_ = 0;
  size_t pattern_nodes_ = 0;  // of all patterns so far
  bool in_subquery_ = false;
};

struct Parser::Depth {
  explicit Depth(Parser& parser) : parser_(parser) {
    if (++parser_.depth_ > kDeepest) {
      const size_t at = parser_.token().begin;
      parser_.depth_ = 0;
      syntax_fault("NestedTooDeeply",
                   "Brackets are nested more than " + std::to_string(kDeepest) + " deep here.", at);
    }
  }
  ~Depth() { --parser_.depth_; }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;

 private:
  Parser& parser_;
};

}  // namespace weft::query::language
