// Clauses, by recursive descent: one function a clause, one token of look-ahead. Keywords are not
// reserved: what a name means follows from where it stands. Expressions are in
// parser_expressions.cpp and parser_atoms.cpp, patterns in parser_patterns.cpp.
#include "query/language/parser.h"

#include "query/language/parser_state.h"

namespace weft::query::language {

namespace {

struct Refusal {
  std::string_view word;
  std::string_view detail;
  std::string_view why;
};

constexpr std::string_view kReadOnly =
    " is refused: weft's queries only read. Documents are added with `weft build`.";

constexpr Refusal kRefused[] = {
    {"CREATE", "WritingClause", kReadOnly},
    {"MERGE", "WritingClause", kReadOnly},
    {"SET", "WritingClause", kReadOnly},
    {"DELETE", "WritingClause", kReadOnly},
    {"DETACH", "WritingClause", kReadOnly},
    {"REMOVE", "WritingClause", kReadOnly},
    {"FOREACH", "WritingClause", kReadOnly},
    {"DROP", "WritingClause", kReadOnly},
    {"LOAD", "WritingClause", kReadOnly},
    {"CALL", "ProcedureCall",
     " is refused: weft has no procedures. `weft query --help` lists the functions."},
};

}  // namespace

bool Parser::accept(std::string_view keyword) {
  if (!is(keyword)) return false;
  advance();
  return true;
}
void Parser::expect(std::string_view keyword) {
  if (!accept(keyword)) unexpected(keyword);
}
bool Parser::accept_sign(std::string_view sign) {
  if (!is_sign(sign)) return false;
  advance();
  return true;
}
void Parser::expect_sign(std::string_view sign) {
  if (!accept_sign(sign)) unexpected("\"" + std::string(sign) + "\"");
}
void Parser::expect_end() {
  if (token().kind != TokenKind::end) unexpected("The end of the query");
}

void Parser::unexpected(std::string_view wanted) const {
  const Token& t = token();
  if (t.kind == TokenKind::bad && t.detail != "InvalidNumberLiteral")
    syntax_fault(t.detail, t.problem, t.begin);
  std::string found =
      t.kind == TokenKind::end
          ? "the query ends"
          : "there is \"" +
                std::string(query_.substr(t.begin, std::min<size_t>(t.end - t.begin, 40))) + "\"";
  syntax_fault("UnexpectedSyntax", std::string(wanted) + " should stand here, but " + found + ".",
               t.begin);
}

std::string Parser::name(std::string_view what) {
  if (!is_name()) unexpected(what);
  std::string out = token().text;
  advance();
  return out;
}

ExprPtr Parser::make(ExprKind kind, size_t at) const {
  auto e = std::make_unique<Expr>();
  e->kind = kind;
  e->at = at;
  return e;
}

void Parser::add(Expr& parent, ExprPtr child) const {
  if (child) {
    parent.depth = std::max(parent.depth, child->depth + 1);
    if (parent.depth > kDeepest)
      syntax_fault("NestedTooDeeply",
                   "This expression nests more than " + std::to_string(kDeepest) + " operators.",
                   parent.at);
  }
  parent.args.push_back(std::move(child));
}

bool Parser::at_clause() const {
  for (const std::string_view word : {"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "UNION"})
    if (is(word)) return true;
  for (const Refusal& r : kRefused)
    if (is(r.word)) return true;
  return false;
}

void Parser::refuse() {
  for (const Refusal& r : kRefused) {
    if (!is(r.word)) continue;
    if (in_subquery_ && r.detail == "WritingClause")
      syntax_fault("InvalidClauseComposition", std::string(r.word) + " can't stand in a subquery.",
                   token().begin);
    throw Fault(Trouble::refused, r.detail, std::string(r.word) + std::string(r.why),
                token().begin);
  }
}

Query Parser::query() {
  Query query;
  query.parts.push_back(single_query());
  bool first = true;
  while (is("UNION")) {
    const size_t at = token().begin;
    advance();
    const bool all = accept("ALL");
    if (!all) accept("DISTINCT");
    if (!first && all != query.all)
      syntax_fault("InvalidClauseComposition", "UNION and UNION ALL can't be mixed in one query.",
                   at);
    query.all = all;
    first = false;
    query.parts.push_back(single_query());
  }
  return query;
}

SingleQuery Parser::single_query() {
  SingleQuery query;
  const size_t begin = token().begin;
  while (true) {
    refuse();
    if (query.clauses.size() >= kMostClauses)
      syntax_fault("QueryTooLarge",
                   "A query may have " + std::to_string(kMostClauses) + " clauses.", token().begin);
    if (is("RETURN")) {
      query.clauses.push_back(projection(ClauseKind::return_rows));
      if (at_clause() && !is("UNION")) {
        refuse();
        syntax_fault("InvalidClauseComposition",
                     "RETURN ends a query; nothing but UNION may follow.", token().begin);
      }
      return query;
    }
    if (is("MATCH") || is("OPTIONAL"))
      query.clauses.push_back(match());
    else if (is("UNWIND"))
      query.clauses.push_back(unwind());
    else if (is("WITH"))
      query.clauses.push_back(projection(ClauseKind::with));
    else
      break;
  }
  if (query.clauses.empty())
    unexpected("A query begins with MATCH, OPTIONAL MATCH, UNWIND, WITH or RETURN");
  if (in_subquery_ && is_sign("}")) return query;
  if (token().kind != TokenKind::end && !is_sign(";") && !is("UNION"))
    unexpected("Here a clause may begin (MATCH, WHERE, WITH, UNWIND, RETURN)");
  syntax_fault("InvalidClauseComposition", "The query has no RETURN, so it has no result.",
               token().kind == TokenKind::end ? begin : token().begin);
}

Clause Parser::match() {
  Clause clause;
  clause.kind = ClauseKind::match;
  clause.at = token().begin;
  clause.optional = accept("OPTIONAL");
  expect("MATCH");
  clause.pattern = pattern();
  if (accept("WHERE")) clause.where = expression();
  return clause;
}

Clause Parser::unwind() {
  Clause clause;
  clause.kind = ClauseKind::unwind;
  clause.at = token().begin;
  expect("UNWIND");
  clause.list = expression();
  expect("AS");
  clause.name = variable_name();
  return clause;
}

Clause Parser::projection(ClauseKind kind) {
  Clause clause;
  clause.kind = kind;
  clause.at = token().begin;
  advance();
  Projection& p = clause.projection;
  p.distinct = accept("DISTINCT");
  if (accept_sign("*")) {
    p.star = true;
    if (accept_sign(",")) projection_items(p);
  } else {
    projection_items(p);
  }
  if (accept("ORDER")) {
    expect("BY");
    do {
      SortKey key;
      key.expr = expression();
      if (accept("DESC") || accept("DESCENDING"))
        key.descending = true;
      else if (!accept("ASC"))
        accept("ASCENDING");
      p.sort.push_back(std::move(key));
      too_many(p.sort.size(), "ORDER BY");
    } while (accept_sign(","));
  }
  if (accept("SKIP") || accept("OFFSET")) p.skip = expression();
  if (accept("LIMIT")) p.limit = expression();
  if (kind == ClauseKind::with && accept("WHERE")) p.where = expression();
  return clause;
}

void Parser::too_many(size_t count, std::string_view clause) const {
  if (count > kMostClauses)
    syntax_fault(
        "QueryTooLarge",
        std::string(clause) + " may have " + std::to_string(kMostClauses) + " expressions.",
        token().begin);
}

void Parser::projection_items(Projection& p) {
  do {
    ProjectionItem item;
    item.at = token().begin;
    item.expr = expression();
    if (accept("AS")) {
      item.name = variable_name();
      item.named = true;
    } else {
      item.name = query_.substr(item.at, previous_end() - item.at);
      item.named = item.expr->kind == ExprKind::variable;
      if (item.named) item.name = item.expr->name;
    }
    p.items.push_back(std::move(item));
    too_many(p.items.size(), "RETURN or WITH");
  } while (accept_sign(","));
}

Query parse(std::string_view query) {
  Parser parser(query);
  Query out = parser.query();
  parser.accept_sign(";");
  parser.expect_end();
  return out;
}

}  // namespace weft::query::language
