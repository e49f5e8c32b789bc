// Decimal numbers as text, for literals, conversions and parameters alike.
#pragma once

#include <optional>
#include <string_view>

namespace weft::query::language {

/// The double nearest to `digits` ("-12", "0.5", "1e-400"; no sign "+", no white space); what is
/// nearer to zero than the smallest double is zero (IEEE 754, round to nearest). Infinity of its
/// sign if it is too large, nothing if it is no number. Pure; linear.
std::optional<double> read_real(std::string_view digits);

}  // namespace weft::query::language
