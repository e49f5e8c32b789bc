// Whom "he", "its", "whose" and "the 52-year-old" mean.
#pragma once

#include "extract/reference/discourse.h"

namespace weft::extract {

/// Resolves the pronouns of one document. Holds references to both; not shared between threads.
class PronounResolver {
 public:
  PronounResolver(const Sketch& sketch, Discourse& discourse)
      : s(sketch), d(sketch.document), core(sketch.lists.schema.ontology.core()), talk(discourse) {}

  /// True if a pronoun, or a phrase that says no more than one, stands at the token and was taken
  /// to refer to an entity: its mention is then the last of Discourse::found.
  bool resolve(uint32_t token) { return by_age(token) || relative(token) || personal(token); }

 private:
  bool by_age(uint32_t t);
  bool relative(uint32_t t);
  bool personal(uint32_t t);
  doc::LocalEntity likely_thing(uint32_t t) const;
  bool owns_office_of_state(uint32_t t) const;

  const Sketch& s;
  const doc::Document& d;
  const schema::CoreTypes& core;
  Discourse& talk;
};

}  // namespace weft::extract
