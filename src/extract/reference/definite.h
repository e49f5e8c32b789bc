// What definite descriptions refer to: "the province", "the cell", "the project", "the minister".
#pragma once

#include "extract/reference/discourse.h"

namespace weft::extract {

/// Resolves the descriptions of one document. Holds references to both; not shared between threads.
class DefiniteResolver {
 public:
  DefiniteResolver(const Sketch& sketch, Discourse& discourse);

  /// True if a description begins at the token and was taken to refer to an entity: its mention is
  /// then the last of Discourse::found.
  bool resolve(uint32_t token);

 private:
  bool by_head(uint32_t t);
  bool by_kind(uint32_t t);
  bool by_sort(uint32_t t);
  bool by_title(uint32_t t);
  bool may_be(doc::LocalEntity e, const std::string& noun) const;
  bool listed(std::string_view types, schema::TypeId type) const;
  bool ends_phrase(uint32_t noun) const;
  bool goes_on(uint32_t noun) const;
  uint32_t place_end(uint32_t t, uint32_t end) const;
  doc::LocalEntity best_described(uint32_t noun, std::string_view type,
                                  std::string_view kind) const;
  float agreement(doc::LocalEntity e, const std::string& noun, schema::TypeId type) const;
  std::string body_class(doc::LocalEntity e) const;
  bool says_nothing(doc::LocalEntity e) const;

  const Sketch& s;
  const doc::Document& d;
  const schema::CoreTypes& core;
  Discourse& talk;
  std::multimap<uint32_t, const TitleSpan*> titles;  // by first token
};

}  // namespace weft::extract
