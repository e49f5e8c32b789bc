// The arithmetic of the neural tiers, in three editions of one source: AVX-512 with VNNI, AVX2 and
// plain C++. Every edition gives the same bits: matrix products are sums of integers, everything
// else is done in the same order on 16 floats at a time, without contraction to fused operations.
//
// Rows of floats are padded to a multiple of 16, of quantised values to a multiple of 4. Nothing
// here allocates; all functions are pure but for what they write and safe for any number of
// threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace weft::nlp {

inline constexpr size_t kLanes = 16;
constexpr size_t padded(size_t width) { return (width + kLanes - 1) / kLanes * kLanes; }

enum class Activation : uint8_t { none, relu, gelu };

/// y = W x + b with W quantised by rows. `weights` lie in blocks of 16 outputs, in each of them
/// groups of 4 inputs, in each of them 16 times 4 values, so that one instruction can take the
/// products of a group. Owned by the model file.
struct PackedWeights {
  const int8_t* weights = nullptr;
  const float* scale = nullptr;    // for each output; 0 beyond the real ones
  const int32_t* shift = nullptr;  // 128 times the sum of the output's weights
  const float* bias = nullptr;     // for each output
  uint32_t in = 0;                 // a multiple of 4
  uint32_t out = 0;                // a multiple of 16
};

/// Self-attention over one stretch of tokens.
struct AttentionShape {
  size_t tokens = 0, heads = 0, head_width = 0;  // head_width is a multiple of 16
  const float* position = nullptr;  // heads × 33: added by distance, clipped at ±16; or none
  size_t scratch() const { return (head_width + 4) * padded(tokens); }  // floats
};

struct Kernels {
  std::string_view name;

  /// Turns rows of `width` floats (a multiple of 16) into bytes value/scale + 128, where scale is
  /// the row's largest magnitude / 127.
  void (*quantise)(const float* x, size_t rows, size_t width, size_t stride, uint8_t* bytes,
                   float* scale);
  /// out[row] = activation(W x[row] + b) + residual[row]. `bytes` are rows of weights.in;
  /// `residual` may be null and may be `out`; both have rows `stride` apart.
  void (*multiply)(const PackedWeights& weights, const uint8_t* bytes, const float* scale,
                   size_t rows, Activation activation, const float* residual, float* out,
                   size_t stride);
  /// Normalises rows to mean 0 and deviation 1, then scales and shifts them. `out` may be `x`.
  void (*layer_norm)(const float* x, size_t rows, size_t width, size_t stride, const float* weight,
                     const float* bias, float epsilon, float* out, size_t out_stride);
  /// out += sum of `count` rows of bytes, each times its scale.
  void (*add_rows)(const int8_t* const* rows, const float* scales, size_t count, size_t width,
                   float* out);
  /// `qkv` holds queries, keys and values side by side, rows `stride` apart; writes heads *
  /// head_width floats a token. `scratch` has shape.scratch() floats.
  void (*attention)(const AttentionShape& shape, const float* qkv, size_t stride, float* out,
                    size_t out_stride, float* scratch);
  /// out[i][j] = a[i] · b[j] (rows `out_stride` apart, which is at least padded(b_rows)). `scratch`
  /// has width * padded(b_rows) floats.
  void (*products)(const float* a, size_t a_rows, size_t a_stride, const float* b, size_t b_rows,
                   size_t b_stride, size_t width, float* out, size_t out_stride, float* scratch);
  /// relu(a + b + c) for one row.
  void (*relu_of_sum)(const float* a, const float* b, const float* c, size_t width, float* out);
  /// Turns each row's first `count` scores into probabilities; the rest of the padded row is 0.
  void (*softmax)(float* x, size_t rows, size_t count, size_t stride);
};

/// The fastest edition that this machine has. The environment variable WEFT_CPU (plain, avx2,
/// avx512) asks for a lower one; SetupError if it names none, or one that the machine lacks.
const Kernels& kernels();
/// One edition by name; null if this machine or build lacks it.
const Kernels* kernels_named(std::string_view name);

}  // namespace weft::nlp
