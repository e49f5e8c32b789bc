// Buffers of one worker that runs nets: they grow with the largest batch and are reused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "nlp/net_kernels.h"

namespace weft::nlp {

/// An array at a multiple of 64 bytes whose contents are not kept when it grows.
template <class T>
class Buffer {
 public:
  /// At least `count` items, of any value.
  T* take(size_t count) {
    if (count > size_) {
      size_ = count + count / 2;
      items_.reset(static_cast<T*>(::operator new[](size_ * sizeof(T), kAlign)));
    }
    return items_.get();
  }
  T* get() const { return items_.get(); }

 private:
  static constexpr std::align_val_t kAlign{64};
  struct Free {
    void operator()(T* items) const { ::operator delete[](items, kAlign); }
  };
  std::unique_ptr<T[], Free> items_;
  size_t size_ = 0;
};

/// Rows of bytes with their scales: what a matrix product reads.
struct QuantisedRows {
  Buffer<uint8_t> bytes;
  Buffer<float> scale;

  void set(const Kernels& kernels, const float* x, size_t rows, size_t width, size_t stride) {
    kernels.quantise(x, rows, width, stride, bytes.take(rows * width), scale.take(rows));
  }
  /// See Kernels::multiply.
  void multiply(const Kernels& kernels, const PackedWeights& weights, size_t rows,
                Activation activation, const float* residual, float* out, size_t stride) const {
    kernels.multiply(weights, bytes.get(), scale.get(), rows, activation, residual, out, stride);
  }
};

/// What the parts of a net share; nothing in it outlives the call of a part.
struct NetWorkspace {
  Buffer<float> normed, wide, hidden, scores, columns, branch;
  QuantisedRows quantised, inner;
};

}  // namespace weft::nlp
