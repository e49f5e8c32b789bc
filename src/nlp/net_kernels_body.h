// The body of every edition of the kernels: included by net_kernels_{plain,avx2,avx512}.cpp, each
// compiled for its own processor. Everything here has internal linkage, and nothing is included
// that could define a shared function: a function compiled for AVX-512 must never be the one that
// the linker keeps for all.
//
// Vectors of 16 floats are the compiler's generic ones; it cuts them to what the processor has. All
// sums run lane by lane and then in one fixed tree, so every edition rounds alike (the files are
// compiled with -ffp-contract=off).
#pragma once

#include "nlp/net_kernels.h"

#define WEFT_INLINE inline __attribute__((always_inline))

namespace weft::nlp {
namespace {

using Floats = float __attribute__((vector_size(64)));
using Ints = int32_t __attribute__((vector_size(64)));
using Bytes = uint8_t __attribute__((vector_size(16)));
using SignedBytes = int8_t __attribute__((vector_size(16)));

/// What one register of this edition holds. The compiler keeps wider vectors in memory, which costs
/// the loops below more than half of their rate; lane by lane the arithmetic is the same.
#if defined(__AVX512F__)
using Part = float __attribute__((vector_size(64)));
using PartInts = int32_t __attribute__((vector_size(64)));
#elif defined(__AVX2__)
using Part = float __attribute__((vector_size(32)));
using PartInts = int32_t __attribute__((vector_size(32)));
#else
using Part = float __attribute__((vector_size(16)));
using PartInts = int32_t __attribute__((vector_size(16)));
#endif
constexpr size_t kPart = sizeof(Part) / sizeof(float);
constexpr size_t kParts = kLanes / kPart;

template <class T>
WEFT_INLINE T load(const void* p) {
  T v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
template <class T>
WEFT_INLINE void store(void* p, const T& v) {
  __builtin_memcpy(p, &v, sizeof v);
}
WEFT_INLINE Floats all(float x) { return Floats{} + x; }
template <class V>
WEFT_INLINE V larger(const V& a, const V& b) {
  return a > b ? a : b;
}
template <class V>
WEFT_INLINE V smaller(const V& a, const V& b) {
  return a < b ? a : b;
}
template <class To, class From>
WEFT_INLINE To bits(const From& from) {
  To to;
  __builtin_memcpy(&to, &from, sizeof to);
  return to;
}

using Floats8 = float __attribute__((vector_size(32)));
using Floats4 = float __attribute__((vector_size(16)));

/// Joins the halves of a vector until one number is left: the same tree in every edition.
template <class Join>
WEFT_INLINE float joined(const Floats& v, const Join& join) {
  const Floats8 eight = join(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7),
                             __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15));
  const Floats4 four = join(__builtin_shufflevector(eight, eight, 0, 1, 2, 3),
                            __builtin_shufflevector(eight, eight, 4, 5, 6, 7));
  const Floats4 two = join(four, __builtin_shufflevector(four, four, 2, 3, 2, 3));
  const Floats4 one = join(two, __builtin_shufflevector(two, two, 1, 1, 1, 1));
  return one[0];
}
WEFT_INLINE float sum_of(const Floats& v) {
  return joined(v, [](const auto& a, const auto& b) { return a + b; });
}
WEFT_INLINE float largest_of(const Floats& v) {
  return joined(v, [](const auto& a, const auto& b) { return a > b ? a : b; });
}

/// Adding this and taking it off again rounds to whole numbers, ties to even.
constexpr float kRounder = 12582912.0f;  // 1.5 * 2^23

/// e^x for x in [-87, 88] (clamped), relative error about 2e-7.
WEFT_INLINE Part exponential(Part x) {
  x = larger(smaller(x, Part{} + 88.0f), Part{} - 87.0f);
  const Part shifted = x * 1.44269504f + kRounder;
  const Part n = shifted - kRounder;
  x = x - n * 0.693359375f;
  x = x + n * 2.12194440e-4f;
  Part p = Part{} + 1.9875691500e-4f;
  p = p * x + 1.3981999507e-3f;
  p = p * x + 8.3334519073e-3f;
  p = p * x + 4.1665795894e-2f;
  p = p * x + 1.6666665459e-1f;
  p = p * x + 5.0000001201e-1f;
  p = p * x * x + x + 1.0f;
  const PartInts exponent = (bits<PartInts>(shifted) - bits<PartInts>(Part{} + kRounder) + 127)
                            << 23;
  return p * bits<Part>(exponent);
}

/// x/2 (1 + erf(x/√2)) with a polynomial in x² that interpolates erf(x/√2)/x at Chebyshev's nodes
/// on [0, 16]; error below 2.1e-4 everywhere.
WEFT_INLINE Part gelu(const Part& x) {
  const Part c = larger(smaller(x, Part{} + 4.0f), Part{} - 4.0f);
  const Part u = c * c * 0.125f - 1.0f;
  Part p = Part{} + 0.00310990655f;
  p = p * u - 0.007974628f;
  p = p * u + 0.0118572659f;
  p = p * u - 0.0231071489f;
  p = p * u + 0.0452107905f;
  p = p * u - 0.0742600635f;
  p = p * u + 0.111855232f;
  p = p * u - 0.168603485f;
  p = p * u + 0.351899562f;
  return (x * 0.5f) * (p * c + 1.0f);
}

void quantise(const float* x, size_t rows, size_t width, size_t stride, uint8_t* bytes,
              float* scale) {
  for (size_t r = 0; r < rows; ++r, x += stride, bytes += width) {
    Floats most = {};
    for (size_t i = 0; i < width; i += kLanes) {
      const Floats v = load<Floats>(x + i);
      most = larger(most, larger(v, -v));
    }
    const float peak = largest_of(most);
    scale[r] = peak / 127.0f;
    const Floats factor = all(peak > 0 ? 127.0f / peak : 0.0f);
    const Ints zero = bits<Ints>(all(kRounder)) - 128;
    for (size_t i = 0; i < width; i += kLanes) {
      const Ints whole = bits<Ints>(load<Floats>(x + i) * factor + kRounder) - zero;
      store(bytes + i, __builtin_convertvector(whole, Bytes));
    }
  }
}

template <Activation kActivation>
WEFT_INLINE void finish(const Ints& sum, const PackedWeights& w, size_t column, float row_scale,
                        const float* residual, float* out) {
  int32_t sums[kLanes];
  store(sums, sum);
  for (size_t i = 0; i < kLanes; i += kPart) {
    const size_t at = column + i;
    const Part product =
        __builtin_convertvector(load<PartInts>(sums + i) - load<PartInts>(w.shift + at), Part);
    Part y = product * (load<Part>(w.scale + at) * row_scale) + load<Part>(w.bias + at);
    if (kActivation == Activation::relu) y = larger(y, Part{});
    if (kActivation == Activation::gelu) y = gelu(y);
    if (residual != nullptr) y = y + load<Part>(residual + i);
    store(out + i, y);
  }
}

/// One tile of kRows × 16 kBlocks outputs. Dot::sum<kRows, kBlocks> takes the products.
template <class Dot, int kRows, int kBlocks, Activation kActivation>
void tile(const PackedWeights& w, size_t block, const uint8_t* bytes, const float* scale,
          const float* residual, float* out, size_t stride) {
  Ints sums[kRows][kBlocks];
  Dot::template sum<kRows, kBlocks>(bytes, w.in, w.weights + block * kLanes * w.in, sums);
  for (int r = 0; r < kRows; ++r)
    for (int b = 0; b < kBlocks; ++b) {
      const size_t column = (block + b) * kLanes, place = r * stride + column;
      finish<kActivation>(sums[r][b], w, column, scale[r],
                          residual == nullptr ? nullptr : residual + place, out + place);
    }
}

template <class Dot, int kRows, int kBlocks, Activation kActivation>
WEFT_INLINE void rest_of_rows(size_t rows, const PackedWeights& w, size_t block,
                              const uint8_t* bytes, const float* scale, const float* residual,
                              float* out, size_t stride) {
  if constexpr (kRows > 0) {
    if (rows == kRows)
      tile<Dot, kRows, kBlocks, kActivation>(w, block, bytes, scale, residual, out, stride);
    else
      rest_of_rows<Dot, kRows - 1, kBlocks, kActivation>(rows, w, block, bytes, scale, residual,
                                                         out, stride);
  }
}

/// A strip of kBlocks blocks of outputs for all rows: its weights stay in the first cache.
template <class Dot, int kBlocks, Activation kActivation>
WEFT_INLINE void strip(const PackedWeights& w, size_t block, const uint8_t* bytes,
                       const float* scale, size_t rows, const float* residual, float* out,
                       size_t stride) {
  size_t r = 0;
  for (; r + Dot::kRows <= rows; r += Dot::kRows)
    tile<Dot, Dot::kRows, kBlocks, kActivation>(
        w, block, bytes + r * w.in, scale + r,
        residual == nullptr ? nullptr : residual + r * stride, out + r * stride, stride);
  rest_of_rows<Dot, Dot::kRows - 1, kBlocks, kActivation>(
      rows - r, w, block, bytes + r * w.in, scale + r,
      residual == nullptr ? nullptr : residual + r * stride, out + r * stride, stride);
}

template <class Dot, Activation kActivation>
void multiply_as(const PackedWeights& w, const uint8_t* bytes, const float* scale, size_t rows,
                 const float* residual, float* out, size_t stride) {
  const size_t blocks = w.out / kLanes;
  size_t block = 0;
  for (; block + Dot::kBlocks <= blocks; block += Dot::kBlocks)
    strip<Dot, Dot::kBlocks, kActivation>(w, block, bytes, scale, rows, residual, out, stride);
  if constexpr (Dot::kBlocks > 2)
    for (; block + 2 <= blocks; block += 2)
      strip<Dot, 2, kActivation>(w, block, bytes, scale, rows, residual, out, stride);
  for (; block < blocks; ++block)
    strip<Dot, 1, kActivation>(w, block, bytes, scale, rows, residual, out, stride);
}

template <class Dot>
void multiply(const PackedWeights& w, const uint8_t* bytes, const float* scale, size_t rows,
              Activation activation, const float* residual, float* out, size_t stride) {
  switch (activation) {
    case Activation::none:
      return multiply_as<Dot, Activation::none>(w, bytes, scale, rows, residual, out, stride);
    case Activation::relu:
      return multiply_as<Dot, Activation::relu>(w, bytes, scale, rows, residual, out, stride);
    case Activation::gelu:
      return multiply_as<Dot, Activation::gelu>(w, bytes, scale, rows, residual, out, stride);
  }
}

void layer_norm(const float* x, size_t rows, size_t width, size_t stride, const float* weight,
                const float* bias, float epsilon, float* out, size_t out_stride) {
  const float part = 1.0f / static_cast<float>(width);
  for (size_t r = 0; r < rows; ++r, x += stride, out += out_stride) {
    Part total[kParts] = {}, squares[kParts] = {};
    for (size_t i = 0; i < width; i += kLanes)
      for (size_t p = 0; p < kParts; ++p) total[p] = total[p] + load<Part>(x + i + p * kPart);
    const float mean = sum_of(load<Floats>(total)) * part;
    for (size_t i = 0; i < width; i += kLanes)
      for (size_t p = 0; p < kParts; ++p) {
        const Part d = load<Part>(x + i + p * kPart) - mean;
        squares[p] = squares[p] + d * d;
      }
    const float factor = 1.0f / __builtin_sqrtf(sum_of(load<Floats>(squares)) * part + epsilon);
    for (size_t i = 0; i < width; i += kPart)
      store(out + i,
            (load<Part>(x + i) - mean) * factor * load<Part>(weight + i) + load<Part>(bias + i));
  }
}

void add_rows(const int8_t* const* rows, const float* scales, size_t count, size_t width,
              float* out) {
  for (size_t i = 0; i < width; i += kLanes) {
    Floats sum = load<Floats>(out + i);
    for (size_t k = 0; k < count; ++k)
      sum = sum + __builtin_convertvector(load<SignedBytes>(rows[k] + i), Floats) * scales[k];
    store(out + i, sum);
  }
}

/// Writes b's rows as columns: out[d * padded(rows) + j] = b[j][d]; columns beyond the rows are 0.
void transpose(const float* b, size_t rows, size_t stride, size_t width, float* out) {
  const size_t columns = padded(rows);
  for (size_t j = 0; j < rows; ++j)
    for (size_t d = 0; d < width; ++d) out[d * columns + j] = b[j * stride + d];
  for (size_t d = 0; d < width; ++d)
    for (size_t j = rows; j < columns; ++j) out[d * columns + j] = 0;
}

/// out[i][j] = a[i] · column j, for kRows rows.
template <int kRows>
WEFT_INLINE void dot_columns(const float* a, size_t a_stride, const float* columns, size_t width,
                             size_t count, float* out, size_t out_stride) {
  constexpr int kWide = kPart == kLanes ? 1 : 2;  // registers a row
  for (size_t j = 0; j < count; j += kWide * kPart) {
    Part sums[kRows][kWide] = {};
    for (size_t d = 0; d < width; ++d)
      for (int v = 0; v < kWide; ++v) {
        const Part column = load<Part>(columns + d * count + j + v * kPart);
        for (int r = 0; r < kRows; ++r) sums[r][v] = sums[r][v] + column * a[r * a_stride + d];
      }
    for (int r = 0; r < kRows; ++r)
      for (int v = 0; v < kWide; ++v) store(out + r * out_stride + j + v * kPart, sums[r][v]);
  }
}

void products(const float* a, size_t a_rows, size_t a_stride, const float* b, size_t b_rows,
              size_t b_stride, size_t width, float* out, size_t out_stride, float* scratch) {
  transpose(b, b_rows, b_stride, width, scratch);
  size_t i = 0;
  for (; i + 4 <= a_rows; i += 4)
    dot_columns<4>(a + i * a_stride, a_stride, scratch, width, padded(b_rows), out + i * out_stride,
                   out_stride);
  for (; i < a_rows; ++i)
    dot_columns<1>(a + i * a_stride, a_stride, scratch, width, padded(b_rows), out + i * out_stride,
                   out_stride);
}

void softmax(float* x, size_t rows, size_t count, size_t stride) {
  const size_t width = padded(count);
  for (size_t r = 0; r < rows; ++r, x += stride) {
    for (size_t j = count; j < width; ++j) x[j] = -3e38f;
    Part most[kParts], total[kParts] = {};
    for (Part& m : most) m = Part{} - 3e38f;
    for (size_t j = 0; j < width; j += kLanes)
      for (size_t p = 0; p < kParts; ++p) most[p] = larger(most[p], load<Part>(x + j + p * kPart));
    const float peak = largest_of(load<Floats>(most));
    for (size_t j = 0; j < width; j += kPart) store(x + j, exponential(load<Part>(x + j) - peak));
    for (size_t j = count; j < width; ++j) x[j] = 0;
    for (size_t j = 0; j < width; j += kLanes)
      for (size_t p = 0; p < kParts; ++p) total[p] = total[p] + load<Part>(x + j + p * kPart);
    const float factor = 1.0f / sum_of(load<Floats>(total));
    for (size_t j = 0; j < width; j += kPart) store(x + j, load<Part>(x + j) * factor);
  }
}

/// out[i] = Σ weights[i][j] values[j] over kWide registers, for kRows rows.
template <int kRows, int kWide>
WEFT_INLINE void mix(const float* weights, size_t weights_stride, size_t tokens,
                     const float* values, size_t stride, float* out, size_t out_stride) {
  Part sums[kRows][kWide] = {};
  for (size_t j = 0; j < tokens; ++j)
    for (int v = 0; v < kWide; ++v) {
      const Part value = load<Part>(values + j * stride + v * kPart);
      for (int r = 0; r < kRows; ++r)
        sums[r][v] = sums[r][v] + value * weights[r * weights_stride + j];
    }
  for (int r = 0; r < kRows; ++r)
    for (int v = 0; v < kWide; ++v) store(out + r * out_stride + v * kPart, sums[r][v]);
}

template <int kRows>
WEFT_INLINE void attend(const AttentionShape& shape, size_t head, size_t first, const float* qkv,
                        size_t stride, const float* keys, float* scores, float* out,
                        size_t out_stride) {
  const size_t columns = padded(shape.tokens), width = shape.heads * shape.head_width;
  const float* query = qkv + first * stride + head * shape.head_width;
  dot_columns<kRows>(query, stride, keys, shape.head_width, columns, scores, columns);
  const float factor = 1.0f / __builtin_sqrtf(static_cast<float>(shape.head_width));
  for (size_t k = 0; k < kRows * columns; k += kPart)
    store(scores + k, load<Part>(scores + k) * factor);
  if (shape.position != nullptr)
    for (int r = 0; r < kRows; ++r)
      for (size_t j = 0; j < shape.tokens; ++j) {
        const auto distance = static_cast<int64_t>(j) - static_cast<int64_t>(first + r);
        const int64_t place = distance < -16 ? 0 : distance > 16 ? 32 : distance + 16;
        scores[r * columns + j] += shape.position[head * 33 + static_cast<size_t>(place)];
      }
  softmax(scores, kRows, shape.tokens, columns);
  const float* values = qkv + 2 * width + head * shape.head_width;
  float* to = out + first * out_stride + head * shape.head_width;
  size_t v = 0;
  for (; v + 2 * kPart <= shape.head_width; v += 2 * kPart)
    mix<kRows, 2>(scores, columns, shape.tokens, values + v, stride, to + v, out_stride);
  if (v < shape.head_width)
    mix<kRows, 1>(scores, columns, shape.tokens, values + v, stride, to + v, out_stride);
}

void attention(const AttentionShape& shape, const float* qkv, size_t stride, float* out,
               size_t out_stride, float* scratch) {
  const size_t width = shape.heads * shape.head_width;
  float* scores = scratch + shape.head_width * padded(shape.tokens);
  for (size_t head = 0; head < shape.heads; ++head) {
    transpose(qkv + width + head * shape.head_width, shape.tokens, stride, shape.head_width,
              scratch);
    size_t i = 0;
    for (; i + 4 <= shape.tokens; i += 4)
      attend<4>(shape, head, i, qkv, stride, scratch, scores, out, out_stride);
    for (; i < shape.tokens; ++i)
      attend<1>(shape, head, i, qkv, stride, scratch, scores, out, out_stride);
  }
}

void relu_of_sum(const float* a, const float* b, const float* c, size_t width, float* out) {
  for (size_t i = 0; i < width; i += kLanes)
    store(out + i,
          larger(load<Floats>(a + i) + load<Floats>(b + i) + load<Floats>(c + i), Floats{}));
}

template <class Dot>
constexpr Kernels edition(std::string_view name) {
  return {name,      quantise, multiply<Dot>, layer_norm, add_rows,
          attention, products, relu_of_sum,   softmax};
}

}  // namespace
}  // namespace weft::nlp
