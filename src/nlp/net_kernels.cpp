// Chooses an edition of the kernels by what the processor says of itself (cpuid, and that the
// system saves the wide registers; __builtin_cpu_supports looks at both).
#include "nlp/net_kernels.h"

#include <cstdlib>
#include <string>

#include "core/error.h"
#include "nlp/net_kernels_editions.h"

namespace weft::nlp {

const Kernels* kernels_named(std::string_view name) {
#ifdef WEFT_X86
  __builtin_cpu_init();
  if (name == "avx512")
    return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
               ? &avx512_kernels()
               : nullptr;
  if (name == "avx2") return __builtin_cpu_supports("avx2") ? &avx2_kernels() : nullptr;
#endif
  return name == "plain" ? &plain_kernels() : nullptr;
}

const Kernels& kernels() {
  if (const char* wanted = std::getenv("WEFT_CPU"); wanted != nullptr && *wanted != '\0') {
    if (const Kernels* found = kernels_named(wanted)) return *found;
    throw core::SetupError(
        "The environment variable WEFT_CPU asks for \"" + std::string(wanted) +
        "\", which this machine or build does not have. Use plain, avx2 or avx512, or unset it.");
  }
  for (const std::string_view name : {"avx512", "avx2"})
    if (const Kernels* found = kernels_named(name)) return *found;
  return plain_kernels();
}

}  // namespace weft::nlp
