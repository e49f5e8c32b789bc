// The entry point of libFuzzer (llvm.org/docs/LibFuzzer.html); one program a target, by
// WEFT_FUZZ_TARGET.
#include <cstddef>
#include <cstdint>

#include "fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  for (const weft::fuzz::Target& target : weft::fuzz::kTargets)
    if (target.name == WEFT_FUZZ_TARGET)
      weft::fuzz::run(target, {reinterpret_cast<const char*>(data), size});
  return 0;
}
