// Whom "they", "both sides", "the two ministers" and "the latter" mean.
#pragma once

#include <deque>

#include "extract/reference/discourse.h"
#include "extract/reference/sets.h"

namespace weft::extract {

/// Resolves what refers to several entities of one document, or to one of two. Must be told of each
/// sentence. Holds references to both; not shared between threads.
class PluralResolver {
 public:
  PluralResolver(const Sketch& sketch, Discourse& discourse)
      : s(sketch), d(sketch.document), talk(discourse), finder(sketch) {}

  /// Begins the sentence, in text order. Linear in its mentions and those of the sentence before.
  void enter(uint32_t sentence);
  /// True if such a phrase begins at the token and was taken to refer to entities: the mention of
  /// each, on the same span, stands at the end of Discourse::found.
  bool resolve(uint32_t token) { return several(token) || one_of_two(token); }

 private:
  bool several(uint32_t t);
  bool one_of_two(uint32_t t);
  std::vector<NamedSet> sets_in(uint32_t sentence);

  const Sketch& s;
  const doc::Document& d;
  Discourse& talk;
  SetFinder finder;
  std::deque<std::pair<uint32_t, std::vector<NamedSet>>> sets;  // of the last sentences
  std::set<uint32_t> shared;                                    // tokens that mean several entities
};

}  // namespace weft::extract
