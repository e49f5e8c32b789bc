// The entry points of libFuzzer (llvm.org/docs/LibFuzzer.html). One program has all targets, so
// that the library is linked once: `weft_fuzz TARGET [options of libFuzzer] [corpus or input]`;
// `weft_fuzz --list` names the targets.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/targets.h"

namespace {

const weft::fuzz::Target* chosen = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  const std::string_view name = *count > 1 ? (*arguments)[1] : "";
  if (name == "--list") {
    for (const weft::fuzz::Target& t : weft::fuzz::targets())
      std::printf("%s\t%s\n", t.name.data(), t.what.data());
    std::exit(0);
  }
  chosen = weft::fuzz::find_target(name);
  if (!chosen) {
    std::fprintf(stderr, "weft_fuzz: the first argument is a target; --list names them.\n");
    std::exit(2);
  }
  // The rest is libFuzzer's.
  for (int i = 1; i + 1 < *count; ++i) (*arguments)[i] = (*arguments)[i + 1];
  (*arguments)[--*count] = nullptr;
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  weft::fuzz::run(*chosen, {reinterpret_cast<const char*>(data), size});
  return 0;
}
