// Patterns: (a:Person {label: "x"})-[r:visited*1..3]->(b). Whether "(" begins a pattern or a
// bracketed expression is decided by looking behind the closing brackets, which the lexer has
// paired, so there is no backtracking whatever is nested.
#include "query/language/parser_state.h"

namespace weft::query::language {

std::vector<PatternPart> Parser::pattern() {
  std::vector<PatternPart> parts;
  do parts.push_back(pattern_part());
  while (accept_sign(","));
  return parts;
}

PatternPart Parser::pattern_part() {
  PatternPart part;
  part.at = token().begin;
  if (is_name() && is_sign("=", 1)) {
    part.name = variable_name();
    advance();
  }
  if ((is("shortestPath") || is("allShortestPaths")) && is_sign("(", 1)) {
    part.shortest = is("shortestPath") ? Shortest::one : Shortest::all;
    const size_t at = token().begin;
    advance();
    advance();
    pattern_chain(part);
    expect_sign(")");
    if (part.relationships.size() != 1)
      syntax_fault(
          "InvalidPattern",
          "shortestPath takes a pattern of two nodes and one relationship, such as (a)-[*]-(b).",
          at);
    if (part.relationships[0].least > 1)
      syntax_fault("InvalidPattern", "A shortest path has a least length of 0 or 1.",
                   part.relationships[0].at);
    return part;
  }
  // A whole chain may stand in brackets.
  if (is_sign("(") && is_sign("(", 1)) {
    Depth depth(*this);
    advance();
    const std::string path = std::move(part.name);
    part = pattern_part();
    if (part.name.empty()) part.name = path;
    expect_sign(")");
    return part;
  }
  pattern_chain(part);
  return part;
}

void Parser::pattern_chain(PatternPart& part) {
  part.nodes.push_back(node_pattern());
  while (is_sign("-") || is_sign("<")) {
    part.relationships.push_back(relationship_pattern());
    part.nodes.push_back(node_pattern());
    if (part.nodes.size() > kMostClauses)
      syntax_fault("QueryTooLarge",
                   "A pattern may have " + std::to_string(kMostClauses) + " nodes.", token().begin);
  }
}

NodePattern Parser::node_pattern() {
  NodePattern node;
  node.at = token().begin;
  if (!is_sign("(")) unexpected("A node of a pattern is written (name:Label {key: value})");
  advance();
  if (is_name()) node.name = variable_name();
  while (accept_sign(":")) {
    const size_t at = token().begin;
    node.labels.push_back({name("A label"), at});
  }
  node.properties = pattern_properties();
  expect_sign(")");
  return node;
}

ExprPtr Parser::pattern_properties() {
  if (is_sign("{")) return map_literal();
  if (token().kind == TokenKind::parameter)
    syntax_fault("InvalidParameterUse",
                 "A parameter can't stand for the properties of a pattern: write {key: $name}.",
                 token().begin);
  return nullptr;
}

RelationshipPattern Parser::relationship_pattern() {
  RelationshipPattern r;
  r.at = token().begin;
  const bool left = accept_sign("<");
  expect_sign("-");
  if (accept_sign("[")) {
    relationship_details(r);
    expect_sign("]");
  }
  expect_sign("-");
  const bool right = accept_sign(">");
  r.toward = left == right ? Toward::either : left ? Toward::left : Toward::right;
  return r;
}

void Parser::relationship_details(RelationshipPattern& r) {
  if (is_name()) r.name = variable_name();
  if (accept_sign(":")) {
    do {
      accept_sign(":");
      const size_t at = token().begin;
      r.types.push_back({name("A relationship's type"), at});
    } while (accept_sign("|"));
  }
  if (is_sign("*")) relationship_length(r);
  if (is_sign("..") || token().kind == TokenKind::integer)
    syntax_fault("InvalidRelationshipPattern", "A length is written with an asterisk: *1..3.",
                 token().begin);
  r.properties = pattern_properties();
}

void Parser::relationship_length(RelationshipPattern& r) {
  advance();
  r.variable_length = true;
  const auto bound = [&](uint32_t& target) {
    if (is_sign("-"))
      syntax_fault("InvalidRelationshipPattern", "A length can't be negative.", token().begin);
    if (token().kind != TokenKind::integer) return false;
    if (token().integer_overflow || token().magnitude > 0xfffffffeu)
      target = 0xffffffffu;
    else
      target = static_cast<uint32_t>(token().magnitude);
    advance();
    return true;
  };
  const bool has_least = bound(r.least);
  if (accept_sign(".."))
    bound(r.most);
  else if (has_least)
    r.most = r.least;
}

/// True if what follows a node that closes at token `close` continues a pattern.
bool Parser::node_closes_pattern(size_t close) const {
  size_t i = close + 1;
  const auto sign = [&](size_t at, std::string_view s) {
    return at < tokens_.size() && tokens_[at].kind == TokenKind::sign && tokens_[at].text == s;
  };
  if (sign(i, "<")) ++i;
  if (!sign(i, "-")) return false;
  ++i;
  if (sign(i, "[")) {
    if (tokens_[i].partner == 0) return false;
    i = tokens_[i].partner + 1;
  }
  if (!sign(i, "-")) return false;
  ++i;
  if (sign(i, ">")) ++i;
  return sign(i, "(");
}

/// True if the "(" at hand begins a pattern and not a bracketed expression.
bool Parser::pattern_follows() const {
  if (!is_sign("(")) return false;
  const size_t close = token().partner;
  if (close == 0) return false;
  size_t i = at_ + 1;
  const auto sign = [&](std::string_view s) {
    return tokens_[i].kind == TokenKind::sign && tokens_[i].text == s;
  };
  const auto named = [&] {
    return tokens_[i].kind == TokenKind::name || tokens_[i].kind == TokenKind::quoted_name;
  };
  if (named()) ++i;
  while (sign(":")) {
    ++i;
    if (!named()) return false;
    ++i;
  }
  if (sign("{") && tokens_[i].partner != 0) i = tokens_[i].partner + 1;
  return i == close && node_closes_pattern(close);
}

std::unique_ptr<Query> Parser::query_of(PatternPart part, ExprPtr where) {
  auto query = std::make_unique<Query>();
  Clause clause;
  clause.kind = ClauseKind::match;
  clause.at = part.at;
  clause.pattern.push_back(std::move(part));
  clause.where = std::move(where);
  SingleQuery single;
  single.clauses.push_back(std::move(clause));
  query->parts.push_back(std::move(single));
  return query;
}

}  // namespace weft::query::language
