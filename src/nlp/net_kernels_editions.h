// The editions of the kernels that this build has; only net_kernels.cpp chooses among them.
#pragma once

#include "nlp/net_kernels.h"

namespace weft::nlp {

const Kernels& plain_kernels();
const Kernels& avx2_kernels();    // only built for x86-64
const Kernels& avx512_kernels();  // likewise; needs AVX-512 F, BW, DQ, VL and VNNI

}  // namespace weft::nlp
