// Operators that look into the graph: where a pattern begins, and each step from there.
#pragma once

#include <optional>
#include <span>

#include "query/language/operators.h"

namespace weft::query::language {

/// All nodes, or those with a label.
class NodeScan : public Operator {
 public:
  NodeScan(OperatorPtr child, Slot slot, std::optional<LabelId> label, std::string text)
      : Operator(std::move(child)), slot_(slot), label_(label), text_(std::move(text)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override {
    return (label_ ? "Nodes by label " : "All nodes ") + text_;
  }
  std::optional<uint64_t> count(const Context& c) const override;
  bool binds(Slot slot) const override { return slot == slot_ || child().binds(slot); }

 private:
  Slot slot_;
  std::optional<LabelId> label_;
  std::string text_;
  uint32_t at_ = 0;
  uint32_t end_ = 0;
};

/// The nodes whose property has a value, or one of a list of values, by the graph's index.
class NodeSeek : public Operator {
 public:
  NodeSeek(OperatorPtr child, Slot slot, Key key, const Expr* value, bool is_list, std::string text)
      : Operator(std::move(child)),
        slot_(slot),
        key_(key),
        value_(value),
        is_list_(is_list),
        text_(std::move(text)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Nodes by index " + text_; }

 private:
  Slot slot_;
  Key key_;
  const Expr* value_;
  bool is_list_;
  std::string text_;
  std::vector<NodeId> found_;
  size_t at_ = 0;
};

/// What a relationship of a pattern asks for, apart from its ends.
struct Step {
  Slot relationship = kNoSlot;
  Toward toward = Toward::either;  // seen from `from`
  std::vector<TypeId> types;       // sorted, each once
  bool any_type = true;            // `types` does not count
  std::vector<Slot> others;        // relationships and lists of them that may not be used again
};

/// All relationships of one type (or of all), with both their ends.
class RelationshipScan : public Operator {
 public:
  RelationshipScan(OperatorPtr child, Step step, Slot from, Slot to, std::string text)
      : Operator(std::move(child)),
        step_(std::move(step)),
        from_(from),
        to_(to),
        text_(std::move(text)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Relationships " + text_; }
  std::optional<uint64_t> count(const Context& c) const override;
  bool binds(Slot slot) const override {
    return slot == step_.relationship || slot == from_ || slot == to_ || child().binds(slot);
  }

 private:
  bool give(RelationshipId r, bool forward, Context& c);

  Step step_;
  Slot from_, to_;
  std::string text_;
  bool running_ = false;
  size_t type_ = 0;
  size_t at_ = 0;
  bool backward_next_ = false;
};

/// One step from a node that is bound, to one that is new or (`into`) bound too.
class Expand : public Operator {
 public:
  Expand(OperatorPtr child, Step step, Slot from, Slot to, bool into, std::string text)
      : Operator(std::move(child)),
        step_(std::move(step)),
        from_(from),
        to_(to),
        into_(into),
        text_(std::move(text)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return (into_ ? "Join " : "Expand ") + text_; }

 private:
  void begin(NodeId node, Context& c);

  struct Stretch {
    std::span<const graph::Hop> hops;
    bool skip_loops = false;  // they stand in both rows of their node
  };

  Step step_;
  Slot from_, to_;
  bool into_;
  std::string text_;
  std::vector<Stretch> stretches_;
  size_t stretch_ = 0;
  size_t at_ = 0;
  NodeId node_ = 0;
};

/// A relationship that is bound already: its ends must fit or become bound.
class BoundRelationship : public Operator {
 public:
  BoundRelationship(OperatorPtr child, Step step, Slot from, Slot to, bool from_bound,
                    bool to_bound, std::string text)
      : Operator(std::move(child)),
        step_(std::move(step)),
        from_(from),
        to_(to),
        from_bound_(from_bound),
        to_bound_(to_bound),
        text_(std::move(text)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Follow " + text_; }

 private:
  bool fits(NodeId from, NodeId to, Context& c);

  Step step_;
  Slot from_, to_;
  bool from_bound_, to_bound_;
  std::string text_;
  bool turned_next_ = false;
};

/// A path of `least` to `most` relationships, none of them twice, by depth-first search.
class ExpandFar : public Operator {
 public:
  struct Range {
    uint32_t least, most;
  };
  /// `conditions` are tested with the relationship at hand in `step_slot`. `reversed`: the path's
  /// list runs against the search.
  ExpandFar(OperatorPtr child, Step step, Range range, Slot from, Slot to, bool into, bool reversed,
            Slot step_slot, std::vector<const Expr*> conditions, std::string text)
      : Operator(std::move(child)),
        step_(std::move(step)),
        range_(range),
        from_(from),
        to_(to),
        into_(into),
        reversed_(reversed),
        step_slot_(step_slot),
        conditions_(std::move(conditions)),
        text_(std::move(text)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return (into_ ? "Join " : "Expand ") + text_; }

 private:
  struct Level {
    NodeId node;
    RelationshipId via;  // by which it was reached; of no meaning for the first
    uint32_t row = 0;    // which of the node's rows is being read
    size_t at = 0;
  };
  bool start(Context& c);
  bool descend(Context& c);
  bool give(Context& c);
  std::span<const graph::Hop> row(const Level& level, const Context& c, bool& skip_loops) const;
  bool allowed(RelationshipId r, Context& c);

  Step step_;
  Range range_;
  Slot from_, to_;
  bool into_, reversed_;
  Slot step_slot_;
  std::vector<const Expr*> conditions_;
  std::string text_;
  std::vector<Level> levels_;
  std::vector<bool> used_;  // relationships on the path at hand
  bool given_ = false;      // the path as it stands has been given
};

/// A variable-length relationship whose list is bound already.
class BoundList : public Operator {
 public:
  BoundList(OperatorPtr child, Step step, ExpandFar::Range range, Slot from, Slot to, bool into,
            bool reversed, std::string text)
      : Operator(std::move(child)),
        step_(std::move(step)),
        range_(range),
        from_(from),
        to_(to),
        into_(into),
        reversed_(reversed),
        text_(std::move(text)) {}
  bool next(Context& c) override;
  std::string describe() const override { return "Follow " + text_; }

 private:
  bool walk(Context& c);

  Step step_;
  ExpandFar::Range range_;
  Slot from_, to_;
  bool into_, reversed_;
  std::string text_;
};

/// Puts a named path together from the nodes and relationships that are bound.
class BuildPath : public Operator {
 public:
  BuildPath(OperatorPtr child, Slot path, std::vector<Slot> nodes, std::vector<Slot> relationships)
      : Operator(std::move(child)),
        path_(path),
        nodes_(std::move(nodes)),
        relationships_(std::move(relationships)) {}
  bool next(Context& c) override;
  std::string describe() const override { return "Path"; }

 private:
  Slot path_;
  std::vector<Slot> nodes_, relationships_;
};

/// True if the relationship is in one of these slots: alone, or in a list.
bool is_used(RelationshipId r, const std::vector<Slot>& slots, Context& c);
bool type_fits(RelationshipId r, const Step& step, const Context& c);

}  // namespace weft::query::language
