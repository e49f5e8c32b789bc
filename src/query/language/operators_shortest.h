// shortestPath and allShortestPaths between two nodes that are bound.
#pragma once

#include "query/language/operators_graph.h"

namespace weft::query::language {

class ShortestPath : public Operator {
 public:
  struct Ends {
    Slot from, to;
  };
  ShortestPath(OperatorPtr child, Step step, ExpandFar::Range range, Ends ends, Slot path, bool all,
               Slot step_slot, std::vector<const Expr*> conditions, std::string text)
      : Operator(std::move(child)),
        step_(std::move(step)),
        range_(range),
        ends_(ends),
        path_(path),
        all_(all),
        step_slot_(step_slot),
        conditions_(std::move(conditions)),
        text_(std::move(text)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Shortest path " + text_; }

 private:
  /// One of the two searches that meet.
  struct Side {
    std::vector<uint32_t> distance;  // by node; kFar if not reached
    std::vector<graph::Hop> back;    // by node, if reached: the relationship, and the node before
    std::vector<NodeId> reached;     // to clear what was written
    std::vector<NodeId> layer;
    uint32_t depth = 0;
  };
  void search(NodeId from, NodeId to, Context& c);
  void clear(Side& side) const;
  void begin(Side& side, NodeId node) const;
  void grow(Side& side, bool forward, Context& c);
  void find_one(NodeId from, NodeId to, Context& c);
  void find_all(NodeId from, NodeId to, Context& c);
  PathData join(NodeId from, NodeId to, NodeId meeting) const;
  template <class Visit>
  void each_hop(NodeId node, bool forward, Context& c, Visit visit);

  Step step_;
  ExpandFar::Range range_;
  Ends ends_;
  Slot path_;
  bool all_;
  Slot step_slot_;
  std::vector<const Expr*> conditions_;
  std::string text_;
  Side sides_[2];
  std::vector<PathData> found_;
  size_t at_ = 0;
};

}  // namespace weft::query::language
