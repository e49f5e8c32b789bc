// A query as a tree. Made by the parser, completed by the checker (slots, types, aggregates), read
// by the planner and the evaluator. Positions are byte offsets into the query's text.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "query/language/value.h"

namespace weft::query::language {

/// Index into the frame that holds the values of a row.
using Slot = int32_t;
inline constexpr Slot kNoSlot = -1;

struct Function;   // functions.h
struct Aggregate;  // aggregates.h
struct Query;
struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

enum class ExprKind : uint8_t {
  literal,
  list,
  map,             // args: values, in the order of `names`
  map_projection,  // args: subject, then values, in the order of `names`; star: all properties too
  variable,
  parameter,
  property,    // args: subject; name
  has_labels,  // args: subject; names
  index,       // args: subject, index
  slice,       // args: subject, from or null, to or null
  negate,
  plus,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  power,
  comparison,  // args: n + 1 operands; comparisons: n operators (a < b <= c)
  and_all,     // args: two or more
  or_any,
  exclusive_or,
  negation,
  in,
  starts_with,
  ends_with,
  contains,
  matches,
  is_null,
  is_not_null,
  case_of,  // args: [subject if has_subject], then pairs of when and then, then else or a null
            // literal
  call,     // name, args; function or aggregate after checking
  list_comprehension,     // args: list, condition or null pointer, projection or null pointer
  quantifier,             // args: list, condition; quantifier
  reduce,                 // args: start, list, step; slot: accumulator, slot2: element
  pattern,                // predicate: subquery of one MATCH
  pattern_comprehension,  // args: projection; subquery of one MATCH
  exists_query,
  count_query,
  shortest_path,  // subquery of one MATCH with one part
};

enum class Quantifier : uint8_t { all, any, none, single };
enum class CompareOp : uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

struct Expr {
  ExprKind kind = ExprKind::literal;
  size_t at = 0;
  size_t end = 0;      // behind it, for showing it; 0 if not known
  uint32_t depth = 1;  // of the tree below, itself included
  std::string name;    // variable, parameter, key, function
  std::vector<std::string> names;
  std::vector<ExprPtr> args;
  Value value;
  std::vector<CompareOp> comparisons;
  Quantifier quantifier = Quantifier::all;
  bool distinct = false;     // of an aggregate
  bool has_subject = false;  // of case_of; of and_all, or_any: in brackets; of a variable: local
  bool star = false;         // count(*), n {.*}
  std::unique_ptr<Query> subquery;

  // Filled by the checker.
  Slot slot = kNoSlot;  // of a variable or a local one; of an aggregate's result
  Slot slot2 = kNoSlot;
  const Function* function = nullptr;
  const Aggregate* aggregate = nullptr;
  int node_key = -1;  // of a property, in the graph
  int relationship_key = -1;
  // Filled by the planner.
  uint32_t plan = 0;  // of a subquery: its number in the plan
};

enum class Toward : uint8_t { right, left, either };

/// A name in a pattern: label or type.
struct PatternName {
  std::string text;
  size_t at = 0;
};

struct NodePattern {
  std::string name;  // empty: anonymous
  size_t at = 0;
  std::vector<PatternName> labels;
  ExprPtr properties;  // a map literal, or null
  Slot slot = kNoSlot;
  bool bound = false;  // the variable has a value before this clause
};

struct RelationshipPattern {
  std::string name;
  size_t at = 0;
  std::vector<PatternName> types;
  Toward toward = Toward::either;
  bool variable_length = false;
  uint32_t least = 1;
  uint32_t most = 0xffffffffu;
  ExprPtr properties;
  Slot slot = kNoSlot;
  bool bound = false;
};

enum class Shortest : uint8_t { no, one, all };

struct PatternPart {
  std::string name;  // of the path; empty if it has none
  size_t at = 0;
  Shortest shortest = Shortest::no;
  std::vector<NodePattern> nodes;
  std::vector<RelationshipPattern> relationships;  // one less than nodes
  Slot slot = kNoSlot;
};

struct ProjectionItem {
  ExprPtr expr;
  std::string name;
  size_t at = 0;
  bool named = false;  // has an AS, or is a variable
  Slot slot = kNoSlot;
  bool aggregates = false;  // holds an aggregate
};

struct SortKey {
  ExprPtr expr;
  bool descending = false;
};

struct Projection {
  bool distinct = false;
  bool star = false;
  std::vector<ProjectionItem> items;
  std::vector<SortKey> sort;
  ExprPtr skip, limit, where;
  // Filled by the checker.
  bool aggregating = false;
  std::vector<Expr*> aggregates;  // the calls inside items
};

enum class ClauseKind : uint8_t { match, unwind, with, return_rows };

struct Clause {
  ClauseKind kind = ClauseKind::match;
  size_t at = 0;
  bool optional = false;  // MATCH
  std::vector<PatternPart> pattern;
  ExprPtr where;
  ExprPtr list;  // UNWIND
  std::string name;
  Slot slot = kNoSlot;
  Projection projection;  // WITH, RETURN
};

struct SingleQuery {
  std::vector<Clause> clauses;
};

struct Query {
  std::vector<SingleQuery> parts;  // joined by UNION
  bool all = false;                // UNION ALL
  // Filled by the checker.
  std::vector<std::string> columns;
  std::vector<Slot> slots;  // of the columns; of the first part if there are several
};

}  // namespace weft::query::language
