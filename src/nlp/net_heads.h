// The heads of a net: from a word's state to its tag, head, relation and name.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "nlp/encoder_branch.h"
#include "nlp/name_decoder.h"
#include "nlp/net_spec.h"
#include "nlp/net_tensors.h"
#include "nlp/net_workspace.h"
#include "nlp/spanning_tree.h"

namespace weft::nlp {

/// A name in a batch: rows [begin, end), the number of its type, and how likely it is.
struct NetName {
  uint32_t begin = 0, end = 0;
  uint32_t type = 0;
  float score = 0;
};

/// What a net says of a batch, row by row. Reused.
struct NetAnswers {
  std::vector<uint16_t> tags;     // numbers of NetSpec::tags
  std::vector<int32_t> heads;     // rows of the batch; -1 for the root of a stretch
  std::vector<uint16_t> deprels;  // numbers of NetSpec::deprels; of no meaning for a root
  std::vector<NetName> names;     // in order, without overlap
  std::vector<float> begins;      // sentence nets: the logit that a sentence begins here
  StateRows states;               // of each word, where the net has a branch
};

struct HeadsWorkspace {
  QuantisedRows states;
  Buffer<float> hidden, heads, dependents, scores, root;
  TreeDecoder trees;
  NameDecoder names;
  std::vector<int32_t> tree;
  std::vector<int> path;
};

/// Immutable; views into the model file. Heads that the net lacks leave their answers empty.
class Heads {
 public:
  Heads(const Tensors& tensors, const NetSpec& spec);

  bool finds_sentences() const { return sentence_.out != 0; }
  /// `states` are rows of spec.width() floats; `begin` the first rows of the stretches (each gets
  /// one tree), and their number.
  void run(const Kernels& kernels, const float* states, std::span<const uint32_t> begin,
           NetWorkspace& work, HeadsWorkspace& own, NetAnswers& answers) const;

 private:
  /// Two layers; the scores of row r stand at result + r * padded(count).
  struct TwoLayers {
    PackedWeights in, out;
    uint32_t hidden = 0, count = 0;
  };
  float* run_two(const Kernels& kernels, const TwoLayers& layers, size_t rows, NetWorkspace& work,
                 HeadsWorkspace& own) const;
  void find_trees(const Kernels& kernels, std::span<const uint32_t> begin, NetWorkspace& work,
                  HeadsWorkspace& own, NetAnswers& answers) const;
  void find_relations(const Kernels& kernels, size_t rows, NetWorkspace& work, HeadsWorkspace& own,
                      NetAnswers& answers) const;
  void find_names(const Kernels& kernels, std::span<const uint32_t> begin, NetWorkspace& work,
                  HeadsWorkspace& own, NetAnswers& answers) const;

  uint32_t width_ = 0, arcs_ = 0, labels_ = 0;
  uint32_t root_relation_ = 0;  // number of "root", or of no relation
  TwoLayers tags_, names_;
  PackedWeights arc_dependent_, arc_head_, arc_matrix_;
  std::span<const float> arc_root_;  // what the matrix makes of the root, and its own score
  PackedWeights label_dependent_, label_head_, label_out_;
  std::span<const float> label_bias_;
  uint32_t relations_ = 0;
  PackedWeights sentence_;
};

}  // namespace weft::nlp
