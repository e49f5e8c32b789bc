// Content hashes name documents and let unchanged ones be skipped; OpenSSL has the fastest
// well-kept implementation.
#include "core/sha256.h"

#include <openssl/evp.h>

#include "core/error.h"

namespace weft::core {

std::string sha256_hex(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr) != 1)
    throw SetupError(
        "OpenSSL can't compute SHA-256 on this machine; check its configuration (FIPS mode?).");
  static constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * size);
  for (unsigned int i = 0; i < size; ++i) {
    hex += kHex[digest[i] >> 4];
    hex += kHex[digest[i] & 15];
  }
  return hex;
}

}  // namespace weft::core
