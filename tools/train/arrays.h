// The arrays NAME.f32 that the Python training dumps, on their way into a model file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "nlp/net_tensors.h"

namespace weft::train {

/// Reads arrays of a folder, by the names under which src/nlp asks for them, rounds the large ones
/// and collects them. SetupError if one is missing or of another size than it should be.
class ArrayPacker {
 public:
  explicit ArrayPacker(const std::filesystem::path& dir) : dir_(dir) {}

  /// All of an array; `count` 0: of any size that is a multiple of `unit`.
  std::vector<float> read(const std::string& name, size_t count, size_t unit = 1) const;
  void linear(const std::string& name, uint32_t in, size_t out);
  void floats(const std::string& name, size_t count);
  void norm(const std::string& name, uint32_t width);
  /// A table of `count` rows (0: of any number).
  void rows(const std::string& name, size_t count, uint32_t width);
  /// One layer of an encoder: "bert.3", "branch.0".
  void bert_layer(const std::string& name, uint32_t width, uint32_t hidden);

  const nlp::TensorWriter& tensors() const { return tensors_; }

 private:
  std::filesystem::path dir_;
  nlp::TensorWriter tensors_;
};

}  // namespace weft::train
