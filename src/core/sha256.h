// SHA-256 of bytes, as 64 lower-case hexadecimal digits (FIPS 180-4, computed by OpenSSL's
// libcrypto).
#pragma once

#include <string>
#include <string_view>

namespace weft::core {

std::string sha256_hex(std::string_view bytes);

}  // namespace weft::core
