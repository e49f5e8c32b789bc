// std::from_chars rounds correctly but says of numbers beyond its range neither which end they left
// nor their value; the place of the first digit that is not zero tells.
#include "query/language/real.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>

namespace weft::query::language {

namespace {

/// True if `digits`, a number that is not zero, is below 1: its first digit other than 0 stands so
/// many places behind the point that the exponent does not bring it before.
bool is_fraction(std::string_view digits) {
  const size_t e = digits.find_first_of("eE");
  const std::string_view mantissa = digits.substr(0, e);
  int64_t exponent = 0;
  if (e != std::string_view::npos) {
    std::string_view power = digits.substr(e + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    if (std::from_chars(power.data(), power.data() + power.size(), exponent).ec != std::errc())
      return power.starts_with('-');  // beyond 64 bits: nothing before it matters
  }
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  const size_t first = mantissa.find_first_of("123456789");
  const int64_t place = static_cast<int64_t>(point) - static_cast<int64_t>(first);
  return exponent < (place > 0 ? 1 - place : -place);
}

}  // namespace

std::optional<double> read_real(std::string_view digits) {
  double out = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (read.ptr != digits.data() + digits.size() || read.ec == std::errc::invalid_argument)
    return std::nullopt;
  if (read.ec == std::errc()) return out;
  const double sign = digits.starts_with('-') ? -1 : 1;
  return sign * (is_fraction(digits) ? 0 : std::numeric_limits<double>::infinity());
}

}  // namespace weft::query::language
