// The kernels for AVX-512 with VNNI: vpdpbusd takes the products of four unsigned bytes (the
// inputs, shifted by 128) with four signed ones (the weights) and adds them to a 32-bit sum, 64
// products an instruction. A tile of 8 rows and 48 outputs keeps 24 sums in registers. The
// instruction is written out because g++ 12 copies every sum before and after its intrinsic, which
// halves the rate.
#ifdef __AVX512VNNI__
#include <immintrin.h>

#include "nlp/net_kernels_body.h"
#include "nlp/net_kernels_editions.h"

namespace weft::nlp {

namespace {

struct Avx512Dot {
  static constexpr int kRows = 8;
  static constexpr int kBlocks = 3;

  template <int kRowCount, int kBlockCount>
  static WEFT_INLINE void sum(const uint8_t* bytes, size_t in, const int8_t* weights,
                              Ints (&sums)[kRowCount][kBlockCount]) {
    __m512i totals[kRowCount][kBlockCount];
#pragma GCC unroll 8
    for (int r = 0; r < kRowCount; ++r)
#pragma GCC unroll 4
      for (int b = 0; b < kBlockCount; ++b) totals[r][b] = _mm512_setzero_si512();
    const size_t block = kLanes * in;
    for (size_t k = 0; k < in; k += 4, weights += 64) {
      __m512i w[kBlockCount];
#pragma GCC unroll 4
      for (int b = 0; b < kBlockCount; ++b)
        w[b] = load<__m512i>(weights + static_cast<size_t>(b) * block);
#pragma GCC unroll 8
      for (int r = 0; r < kRowCount; ++r) {
        int32_t group;
        __builtin_memcpy(&group, bytes + static_cast<size_t>(r) * in + k, 4);
        const __m512i x = _mm512_set1_epi32(group);
#pragma GCC unroll 4
        for (int b = 0; b < kBlockCount; ++b)
          asm("vpdpbusd %2, %1, %0" : "+v"(totals[r][b]) : "v"(x), "v"(w[b]));
      }
    }
#pragma GCC unroll 8
    for (int r = 0; r < kRowCount; ++r)
#pragma GCC unroll 4
      for (int b = 0; b < kBlockCount; ++b) sums[r][b] = bits<Ints>(totals[r][b]);
  }
};

}  // namespace

const Kernels& avx512_kernels() {
  static constexpr Kernels kKernels = edition<Avx512Dot>("avx512");
  return kKernels;
}

}  // namespace weft::nlp
#endif
