// JSON as text, before it is parsed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weft::core {

inline constexpr size_t kNoSurrogate = static_cast<size_t>(-1);

/// Byte offset at or behind `from` of the first escape `\ud800` to `\udfff` that is no half of a
/// pair (RFC 8259, section 8.2), or kNoSurrogate. Such an escape has no UTF-8, and RapidJSON 1.1
/// takes the lower half for a character. `from` must not lie inside an escape. Pure; linear.
size_t first_lone_surrogate(std::string_view json, size_t from = 0);

/// Writes U+FFFD in place of each lone half, without moving any byte, and returns their number.
size_t replace_lone_surrogates(std::string& json);

}  // namespace weft::core
