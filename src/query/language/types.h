// What is known of an expression's value before it is computed.
#pragma once

#include <cstdint>

#include "query/language/value.h"

namespace weft::query::language {

/// A set of kinds, one bit each. Null is not in it: any value may be missing.
using Kinds = uint16_t;
constexpr Kinds one(Kind k) { return static_cast<Kinds>(1u << static_cast<unsigned>(k)); }

inline constexpr Kinds kBoolean = one(Kind::boolean);
inline constexpr Kinds kInteger = one(Kind::integer);
inline constexpr Kinds kReal = one(Kind::real);
inline constexpr Kinds kNumber = kInteger | kReal;
inline constexpr Kinds kString = one(Kind::string);
inline constexpr Kinds kList = one(Kind::list);
inline constexpr Kinds kMap = one(Kind::map);
inline constexpr Kinds kNode = one(Kind::node);
inline constexpr Kinds kRelationship = one(Kind::relationship);
inline constexpr Kinds kPath = one(Kind::path);
inline constexpr Kinds kAnything =
    kBoolean | kNumber | kString | kList | kMap | kNode | kRelationship | kPath;

struct Type {
  Kinds kinds = kAnything;
  Kinds items = kAnything;  // of a list

  /// False if no value of this type can be among `wanted`.
  bool may_be(Kinds wanted) const { return kinds == 0 || (kinds & wanted) != 0; }
};

}  // namespace weft::query::language
