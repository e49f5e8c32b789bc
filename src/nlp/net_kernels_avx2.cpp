// The kernels for AVX2: bytes are widened to 16 bits and multiplied in pairs (vpmaddwd), which no
// input can overflow, unlike vpmaddubsw. Each output has two 32-bit sums that are joined at the
// end.
#ifdef __AVX2__
#include <immintrin.h>

#include "nlp/net_kernels_body.h"
#include "nlp/net_kernels_editions.h"

namespace weft::nlp {

namespace {

struct Avx2Dot {
  static constexpr int kRows = 2;
  static constexpr int kBlocks = 1;

  template <int kRowCount, int kBlockCount>
  static WEFT_INLINE void sum(const uint8_t* bytes, size_t in, const int8_t* weights,
                              Ints (&sums)[kRowCount][kBlockCount]) {
    static_assert(kBlockCount == 1, "eight sums a row fill half of the registers");
    __m256i totals[kRowCount][4];
    for (int r = 0; r < kRowCount; ++r)
      for (auto& total : totals[r]) total = _mm256_setzero_si256();
    for (size_t k = 0; k < in; k += 4, weights += 64) {
      __m256i four[kRowCount];
      for (int r = 0; r < kRowCount; ++r) {
        int32_t group;
        __builtin_memcpy(&group, bytes + static_cast<size_t>(r) * in + k, 4);
        four[r] = _mm256_cvtepu8_epi16(_mm_set1_epi32(group));
      }
      for (int part = 0; part < 4; ++part) {
        const __m256i w =
            _mm256_cvtepi8_epi16(load<__m128i>(weights + 16 * static_cast<size_t>(part)));
        for (int r = 0; r < kRowCount; ++r)
          totals[r][part] = _mm256_add_epi32(totals[r][part], _mm256_madd_epi16(four[r], w));
      }
    }
    for (int r = 0; r < kRowCount; ++r) {
      // hadd joins neighbours within halves: outputs 0 1 4 5 | 2 3 6 7 come back into order.
      __m256i joined[2];
      for (int half = 0; half < 2; ++half)
        joined[half] = _mm256_permute4x64_epi64(
            _mm256_hadd_epi32(totals[r][2 * half], totals[r][2 * half + 1]), 0xd8);
      __builtin_memcpy(&sums[r][0], joined, sizeof joined);
    }
  }
};

}  // namespace

const Kernels& avx2_kernels() {
  static constexpr Kernels kKernels = edition<Avx2Dot>("avx2");
  return kKernels;
}

}  // namespace weft::nlp
#endif
