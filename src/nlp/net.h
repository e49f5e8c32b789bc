// A neural model: from the surface of words (and their pieces) to tags, trees and names, or to the
// beginnings of sentences. Each word is encoded once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "nlp/model_file.h"
#include "nlp/net_bert.h"
#include "nlp/net_encoder.h"
#include "nlp/net_heads.h"
#include "nlp/net_spec.h"

namespace weft::nlp {

/// Stretches of words (sentences, or parts of long ones) that run side by side without seeing each
/// other. Reused.
struct NetBatch {
  std::vector<SurfaceInput> words;
  std::vector<uint32_t> begin{0};        // first word of each stretch, and the number of words
  std::vector<uint16_t> pieces;          // nets with an encoder over pieces: those of each word
  std::vector<uint32_t> piece_begin{0};  // first piece of each word, and the number of pieces
  void clear();
};

/// Buffers of one worker.
struct NetScratch {
  NetWorkspace work;
  HeadsWorkspace heads;
  BertWindows windows;
  Buffer<float> states;
};

/// Immutable; shared by all threads. The answers for a stretch depend on nothing else in the batch,
/// and are the same bits with every edition of the kernels.
class Net {
 public:
  /// Opens a model of the kind "fast", "accurate" or "sentences" and checks every size. SetupError
  /// if anything is wrong with it. `vectors` must outlive the object.
  Net(const std::filesystem::path& file, std::string_view kind, const WordVectors& vectors,
      const Kernels& kernels);

  Net(const Net&) = delete;  // its parts point into it
  Net& operator=(const Net&) = delete;

  const NetSpec& spec() const { return spec_; }
  /// How words are cut into pieces; null if the net doesn't look at pieces.
  const WordPieces* pieces() const { return bert_ ? &bert_->pieces() : nullptr; }
  /// Runs the branch of the relation model `file` beside the heads from now on, if it has one and
  /// the net an encoder. SetupError if it doesn't fit. Not thread-safe.
  void add_branch(const std::filesystem::path& file);
  /// Width of a word's state in the branch; 0 without.
  uint32_t state_width() const { return branch_ ? branch_->spec().width : 0; }
  bool finds_sentences() const { return heads_.finds_sentences(); }
  [[noreturn]] void refuse(std::string_view why) const { file_.refuse(why); }

  void run(const NetBatch& batch, NetScratch& scratch, NetAnswers& answers) const;

 private:
  ModelFile file_;
  NetSpec spec_;
  Tensors tensors_;
  const WordVectors& vectors_;
  const Kernels& kernels_;
  SurfaceLayer surface_;
  std::optional<Bert> bert_;
  BlockStack blocks_;
  Heads heads_;
  std::optional<ModelFile> branch_file_;
  std::optional<EncoderBranch> branch_;
};

}  // namespace weft::nlp
