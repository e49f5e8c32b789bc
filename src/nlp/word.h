// What the models look at in one word: hashes of its form, affixes and shape. Computed once a
// token.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weft::nlp {

enum WordFlag : uint16_t {
  kInitialUpper = 1 << 0,
  kAllUpper = 1 << 1,
  kHasDigit = 1 << 2,
  kHasHyphen = 1 << 3,
  kHasLetter = 1 << 4,
  kHasLower = 1 << 5,
  kAllDigits = 1 << 6,
  kHasDot = 1 << 7,
};

struct Word {
  uint64_t form = 0;  // as written
  uint64_t lower = 0;
  uint64_t prefix[4] = {};  // first 1, 2, 3, 5 characters, lower case
  uint64_t suffix[5] = {};  // last 1 … 5 characters, lower case
  uint64_t shape = 0;       // runs of Upper, lower, digit, other
  uint16_t flags = 0;
};

/// Lower case by character (ICU's simple mapping), appended to `out`, which is cleared first.
void lower_case(std::string_view s, std::string& out);

/// `buffer` is for reuse; afterwards it holds the lower-cased form.
Word describe(std::string_view norm, std::string& buffer);

}  // namespace weft::nlp
