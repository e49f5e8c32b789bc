// The weights of a net in a model file: an index of names and sizes, and one block of data read in
// place. The writer quantises; the reader checks every size.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/model_file.h"
#include "nlp/net_kernels.h"

namespace weft::nlp {

/// Rows of bytes, each with its own scale: row r stands for scale[r] * rows[r * width + i].
struct ByteRows {
  const int8_t* rows = nullptr;
  const float* scale = nullptr;
  uint32_t count = 0, width = 0;
  const int8_t* row(uint32_t r) const { return rows + static_cast<size_t>(r) * width; }
};

/// Views live as long as the ModelFile.
class Tensors {
 public:
  /// Refuses the file if an entry lies outside the data or has an impossible size.
  explicit Tensors(const ModelFile& file);

  /// Each refuses the file if there is no such entry or it is of another kind or size.
  PackedWeights linear(const std::string& name, uint32_t in, uint32_t out) const;
  std::span<const float> floats(const std::string& name, uint32_t count) const;
  ByteRows rows(const std::string& name, uint32_t width) const;

 private:
  struct Entry {
    std::string kind;
    uint32_t rows = 0, width = 0;
    uint64_t offset = 0;
  };
  const Entry& find(const std::string& name, std::string_view kind) const;

  const ModelFile& file_;
  std::span<const char> data_;
  std::map<std::string, Entry> entries_;
};

class TensorWriter {
 public:
  /// `weights` has `out` rows of `in` floats; `bias` may be empty. `in` is a multiple of 4. Each
  /// row is scaled so that its largest magnitude is 127.
  void add_linear(const std::string& name, std::span<const float> weights, uint32_t in,
                  std::span<const float> bias);
  void add_floats(const std::string& name, std::span<const float> values);
  void add_rows(const std::string& name, std::span<const float> values, uint32_t width);
  void write(ModelWriter& writer) const;

 private:
  template <class T>
  void put(std::span<const T> items);
  void begin(const std::string& name, std::string_view kind, size_t rows, size_t width);

  std::vector<std::string> index_;
  std::string data_;
};

}  // namespace weft::nlp
