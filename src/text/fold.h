// Keys for comparing and naming: what a reader would call "the same name". Thread-safe (one ICU
// transliterator a thread).
#pragma once

#include <string>
#include <string_view>

namespace weft::text {

/// Match key: NFKD without combining marks, full case folding, curly quotes and dashes made plain,
/// white space runs to one space, trimmed. "  São\u00a0Tomé’s " gives "sao tome's".
std::string fold(std::string_view s);

/// Match key of a name: fold(), without a leading article ("the"), a final possessive "'s" and
/// punctuation around it.
std::string name_key(std::string_view s);

/// Part of an id: lower-case ASCII letters, digits and single hyphens, at most 80 bytes, by ICU's
/// Any-Latin; Latin-ASCII. Never empty: text without letters or digits gives "x" and 8 hexadecimal
/// digits of a hash of `s`.
std::string slug(std::string_view s);

/// `s` with curly quotes, primes, dashes and exotic spaces replaced by ' " - and space; everything
/// else as it is.
std::string plain_punctuation(std::string_view s);

/// Damerau-Levenshtein distance (optimal string alignment) in characters, at most `limit + 1`;
/// O(|a| |b|).
unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit);

}  // namespace weft::text
