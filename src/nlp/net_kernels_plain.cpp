// The kernels in plain C++, for any processor: products of bytes one by one in 32-bit sums. The
// compiler turns the loops into whatever vectors the base instruction set has.
#include "nlp/net_kernels_body.h"
#include "nlp/net_kernels_editions.h"

namespace weft::nlp {

namespace {

struct PlainDot {
  static constexpr int kRows = 2;
  static constexpr int kBlocks = 1;

  template <int kRowCount, int kBlockCount>
  static WEFT_INLINE void sum(const uint8_t* bytes, size_t in, const int8_t* weights,
                              Ints (&sums)[kRowCount][kBlockCount]) {
    for (int b = 0; b < kBlockCount; ++b) {
      int32_t totals[kRowCount][kLanes] = {};
      const int8_t* w = weights + static_cast<size_t>(b) * kLanes * in;
      for (size_t k = 0; k < in; k += 4, w += 4 * kLanes)
        for (size_t lane = 0; lane < kLanes; ++lane)
          for (int r = 0; r < kRowCount; ++r)
            for (size_t i = 0; i < 4; ++i)
              totals[r][lane] += bytes[static_cast<size_t>(r) * in + k + i] * w[4 * lane + i];
      for (int r = 0; r < kRowCount; ++r) sums[r][b] = load<Ints>(totals[r]);
    }
  }
};

}  // namespace

const Kernels& plain_kernels() {
  static constexpr Kernels kKernels = edition<PlainDot>("plain");
  return kKernels;
}

}  // namespace weft::nlp
