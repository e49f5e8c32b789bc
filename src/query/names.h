// Finding entities by what people type: an id, a label or an alias, without regard to case or
// accents.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace weft::query {

/// How well a name fits, best first.
enum class MatchRank : uint8_t { exact, prefix, words, substring, near };
std::string_view name(MatchRank);

struct NameMatch {
  graph::NodeIndex node = graph::kNoNode;
  MatchRank rank = MatchRank::near;
  unsigned distance = 0;  // edits, for MatchRank::near
  bool by_alias = false;
  std::string matched;  // the label or alias that fits
};

/// What an argument that should name one entity names.
struct Resolution {
  graph::NodeIndex node = graph::kNoNode;  // valid if it names exactly one
  std::vector<graph::NodeIndex>
      candidates;  // if it names several: all of them, most mentioned first
  std::vector<graph::NodeIndex>
      suggestions;  // if it names none: what may have been meant, best first, at most five
};

/// The folded names of a graph's nodes. Made once in O(names); each look-up is a scan of them. The
/// graph must outlive it. Immutable, so safe to share between threads.
class NameIndex {
 public:
  explicit NameIndex(const graph::Graph& graph);

  /// Every entity with a name that fits, each once, best first: by rank, labels before aliases,
  /// then by mentions and id. Near misses only if nothing else fits.
  std::vector<NameMatch> find(std::string_view text) const;
  /// An id first, then a label, then an alias. An id or name that several bear by alias but one by
  /// label is that one.
  Resolution resolve(std::string_view text) const;

 private:
  struct Name {
    std::string key;
    graph::NodeIndex node;
    uint32_t alias;  // index into the node's aliases, or kLabel
  };
  static constexpr uint32_t kLabel = 0xffffffffu;

  std::optional<NameMatch> fit(const Name& name, std::string_view key) const;
  std::optional<NameMatch> near(const Name& name, std::string_view key) const;
  std::vector<NameMatch> best_of_each(std::vector<NameMatch> matches) const;

  const graph::Graph& graph_;
  std::vector<Name> names_;  // by node, label first
};

}  // namespace weft::query
