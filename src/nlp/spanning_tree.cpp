// Most sentences need no search: if everyone's best head makes a tree with one root, that is the
// best tree. Otherwise Chu and Liu (1965) and Edmonds (1967) in the dense form of Tarjan (1977)
// with Gabow's path growing (as told by Böther, Kißig and Weyand 2023): follow best arcs backwards,
// contract each cycle as it closes, expand from the root at the end; O(n²). One root is had by a
// price on arcs from the root that only one can be worth (Stanojević and Cohen 2021). Scores become
// whole numbers, so nothing is rounded on the way.
#include "nlp/spanning_tree.h"

#include <algorithm>
#include <cmath>

namespace weft::nlp {

namespace {

constexpr float kSteps = 65536;                   // of one unit of score
constexpr float kLargest = 32000;                 // scores are cut to ± this
constexpr int64_t kRootPrice = int64_t{1} << 46;  // more than a sentence's scores can differ
constexpr int64_t kNever = -(int64_t{1} << 60);

int64_t whole(float score) {
  if (std::isnan(score)) return 0;
  return std::llrint(std::clamp(score, -kLargest, kLargest) * kSteps);
}

}  // namespace

bool TreeDecoder::greedy(const float* scores, size_t words, size_t stride,
                         std::vector<int32_t>& heads) {
  size_t roots = 0;
  for (size_t i = 0; i < words; ++i) {
    const float* row = scores + i * stride;
    size_t best = words;
    int64_t most = whole(row[words]);
    for (size_t j = 0; j < words; ++j)
      if (j != i && whole(row[j]) > most) most = whole(row[j]), best = j;
    heads[i] = best == words ? -1 : static_cast<int32_t>(best);
    roots += best == words;
  }
  if (roots != 1) return false;
  seen_.assign(words, 0);
  for (size_t i = 0; i < words; ++i) {
    // Walks up until a word that was walked on before; on this very walk: a cycle.
    const auto mark = static_cast<uint32_t>(i + 1);
    int32_t at = static_cast<int32_t>(i);
    while (at >= 0 && seen_[at] == 0) seen_[at] = mark, at = heads[at];
    if (at >= 0 && seen_[at] == mark) return false;
  }
  return true;
}

void TreeDecoder::load(const float* scores, size_t words, size_t stride) {
  size_ = words + 1;
  weights_.assign(size_ * size_, kNever);  // also into the root: nothing goes there by choice
  targets_.resize(size_ * size_);
  nodes_.assign(size_, Node());
  union_.resize(size_);
  for (size_t v = 0; v < size_; ++v) {
    nodes_[v].row = union_[v] = static_cast<uint32_t>(v);
    std::fill_n(&targets_[v * size_], size_, static_cast<uint32_t>(v));
    if (v == words) break;
    for (size_t u = 0; u < words; ++u)
      if (u != v) weights_[v * size_ + u] = whole(scores[v * stride + u]);
    weights_[v * size_ + words] = whole(scores[v * stride + words]) - kRootPrice;
  }
}

uint32_t TreeDecoder::find(uint32_t node) {
  while (union_[node] != node) node = union_[node] = union_[union_[node]];
  return node;
}

/// Finds the best arc into a node from outside of it; false if everything is inside.
bool TreeDecoder::choose_arc(uint32_t node) {
  const size_t row = nodes_[node].row * size_;
  size_t best = size_;
  for (size_t u = 0; u < size_; ++u)
    if ((best == size_ || weights_[row + u] > weights_[row + best]) &&
        find(static_cast<uint32_t>(u)) != node)
      best = u;
  if (best == size_) return false;
  nodes_[node].source = static_cast<uint32_t>(best);
  nodes_[node].target = targets_[row + best];
  nodes_[node].weight = weights_[row + best];
  return true;
}

/// Contracts the end of the path, back to `last`, into one node.
uint32_t TreeDecoder::merge(uint32_t last) {
  const auto made = static_cast<uint32_t>(nodes_.size());
  nodes_.emplace_back();
  union_.push_back(made);
  for (uint32_t member = kNone; member != last;) {
    member = path_.back();
    path_.pop_back();
    Node& node = nodes_[member];
    node.above = union_[member] = made;
    int64_t* from = &weights_[node.row * size_];
    for (size_t u = 0; u < size_; ++u) from[u] -= node.weight;
    Node& cycle = nodes_[made];
    if (cycle.members.empty()) {
      cycle.row = node.row;
    } else {
      int64_t* to = &weights_[cycle.row * size_];
      for (size_t u = 0; u < size_; ++u)
        if (from[u] > to[u])
          to[u] = from[u], targets_[cycle.row * size_ + u] = targets_[node.row * size_ + u];
    }
    cycle.members.push_back(member);
  }
  return made;
}

void TreeDecoder::contract() {
  path_.assign(1, 0);
  nodes_[0].on_path = true;
  while (choose_arc(path_.back())) {
    uint32_t next = find(nodes_[path_.back()].source);
    if (nodes_[next].on_path) next = merge(next);
    nodes_[next].on_path = true;
    path_.push_back(next);
  }
}

/// Dissolves the cycles around a node; their other members are still to be entered.
void TreeDecoder::leave(uint32_t node, std::vector<uint32_t>& open) {
  while (nodes_[node].above != kNone) {
    const uint32_t cycle = nodes_[node].above;
    for (const uint32_t member : nodes_[cycle].members) {
      nodes_[member].above = kNone;
      if (member != node) open.push_back(member);
    }
    node = cycle;
  }
}

void TreeDecoder::expand(uint32_t root) {
  seen_.clear();
  leave(root, seen_);
  while (!seen_.empty()) {
    const Node& entered = nodes_[seen_.back()];
    seen_.pop_back();
    const uint32_t word = entered.target;
    nodes_[word].source = entered.source;
    leave(word, seen_);
  }
}

void TreeDecoder::decode(const float* scores, size_t words, size_t stride,
                         std::vector<int32_t>& heads) {
  heads.resize(words);
  if (words == 0 || greedy(scores, words, stride, heads)) return;
  load(scores, words, stride);
  contract();
  expand(static_cast<uint32_t>(words));
  for (size_t i = 0; i < words; ++i)
    heads[i] = nodes_[i].source == words ? -1 : static_cast<int32_t>(nodes_[i].source);
}

}  // namespace weft::nlp
