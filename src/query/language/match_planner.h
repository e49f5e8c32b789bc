// How one MATCH is planned: its pattern as variables, and the state of laying it out.
// plan_match.cpp gathers and builds, plan_costs.cpp says what each way would cost.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "query/language/operators_graph.h"
#include "query/language/planner.h"

namespace weft::query::language {

/// How many of a hundred nodes are thought to have a wanted value of a property: ten.
inline constexpr double kPropertySelectivity = 0.1;

struct Condition {
  const Expr* expr;
  std::set<Slot> needs;
  std::string text;
  bool done = false;
};

struct NodeVariable {
  Slot slot = kNoSlot;
  std::string text;  // "(a:Person)"
  std::vector<LabelId> labels;
  bool impossible = false;     // has a label that no node has
  double selectivity = 1;      // of its properties
  const Expr* seek = nullptr;  // value or list of values of an indexed property
  Key seek_key = kNoKey;
  bool seek_list = false;
};

struct RelationshipVariable {
  const RelationshipPattern* pattern = nullptr;
  size_t left = 0, right = 0;  // indices of nodes
  std::vector<TypeId> types;
  bool any_type = true;
  Shortest shortest = Shortest::no;
  Slot path = kNoSlot;
  Slot step_slot = kNoSlot;
  std::vector<const Expr*> step_conditions;
  double selectivity = 1;
  bool done = false;
};

struct Beginning {
  bool by_relationship = false;
  size_t index = 0;
  double rows = 0;
};

class MatchPlanner {
 public:
  MatchPlanner(Planner& planner, Clause& clause)
      : planner_(planner), clause_(clause), graph_(planner.graph_) {}

  OperatorPtr run(OperatorPtr below);

 private:
  void gather();
  size_t node_of(NodePattern& pattern);
  void gather_relationship(PatternPart& part, size_t i, size_t left, size_t right);
  void split(Expr* where);
  void add_condition(const Expr* e, std::string text);
  void find_seek(const Expr& e);
  void offer_seek(const Expr& property, const Expr& value, bool is_list);
  Expr* made(ExprKind kind, size_t at);
  ExprPtr variable(Slot slot, size_t at);
  Expr* property_equals(Slot slot, const std::string& key, ExprPtr value, size_t at);

  double node_rows(const NodeVariable& n) const;
  double type_rows(const RelationshipVariable& r) const;
  double fan_out(const RelationshipVariable& r, size_t from, const std::set<Slot>& bound) const;
  std::vector<Beginning> beginnings() const;
  double simulate(const Beginning& start) const;
  const RelationshipVariable* cheapest(const std::set<Slot>& bound, const std::vector<bool>& done,
                                       bool& from_left, double& rows) const;

  void begin(const Beginning& start);
  void step(RelationshipVariable& r, bool from_left);
  void shortest(RelationshipVariable& r);
  void test_conditions();
  void put(OperatorPtr op, double factor);
  Step step_of(const RelationshipVariable& r, bool from_left) const;
  std::string text_of(const RelationshipVariable& r) const;

  Planner& planner_;
  Clause& clause_;
  const PropertyGraph& graph_;
  std::vector<NodeVariable> nodes_;
  std::vector<RelationshipVariable> relationships_;
  std::vector<Condition> conditions_;
  std::set<Slot> bound_, fresh_;
  OperatorPtr out_;
  double rows_ = 1;
};

}  // namespace weft::query::language
