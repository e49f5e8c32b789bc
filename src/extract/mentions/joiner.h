// Joins the drafts of a document that name the same thing, and makes an entity of each: its working
// state and steps, shared by entities.cpp and the join_*.cpp files. Internal to extract/mentions.
#pragma once

#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "extract/mentions/sketch.h"

namespace weft::extract {

/// The words of a key, divided by blanks.
std::vector<std::string> words_of(std::string_view key);

/// Union-find over the drafts of one sketch, with what the joins look at. Used by one thread.
struct Joiner {
  explicit Joiner(Sketch& sketch)
      : s(sketch), core(sketch.lists.schema.ontology.core()), parent(sketch.drafts.size()) {
    std::iota(parent.begin(), parent.end(), 0U);
  }

  /// A name that may be a short form of a longer one.
  struct ShortForm {
    uint32_t name;   // its number in `names`
    bool acronym;    // "NSP"
    bool lone_head;  // "Federation"
    bool inside;     // it may stand behind a longer name's first word
  };
  /// How a short form stands for a longer name: not at all, as its initials, as a part of it, or as
  /// the beginning of what may be a body of another one.
  enum class Fit : uint8_t { none, spells, part, weak };

  // The steps, in order.
  void drop_own_words();  // join_short_forms.cpp
  void clean();
  void adopt_surnames();  // join_people.cpp
  void adopt_bodies();    // join_short_forms.cpp
  void list_names();
  void join_equal();
  void join_people();       // join_people.cpp
  void join_places();       // join_places.cpp
  void join_short_forms();  // join_short_forms.cpp
  void join_phrases();      // join_places.cpp
  void join_positions();    // join_positions.cpp
  void build();

  uint32_t find(uint32_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  }
  /// `b` bears the name that the rule joins.
  void join(uint32_t a, uint32_t b, doc::JoinRule rule) {
    if (rule != doc::JoinRule::name) why.try_emplace(name_of(b), rule);
    a = find(a);
    b = find(b);
    if (a != b) parent[std::max(a, b)] = std::min(a, b);
  }

  using TypedName = std::pair<uint16_t, std::string>;
  TypedName name_of(uint32_t draft) const {
    return {s.drafts[draft].type.value, s.drafts[draft].key};
  }

  /// A distinct name: its key, type and the first draft that bears it.
  struct Name {
    uint32_t draft;
    std::vector<std::string> words;
  };

  /// "Toyota Motor", "Toyota Ltd.": called so by their short forms too.
  bool company(const Name& name) const {
    const auto* sort = s.lists.organization_heads.shared.value(name.words.back());
    return (sort && *sort == "company") || s.lists.company_suffixes.has(name.words.back());
  }
  std::map<std::string, std::vector<uint32_t>> people_by_word() const;
  void share_surname(const Name& part, const std::vector<uint32_t>& bearers,
                     const std::map<std::string, std::vector<uint32_t>>& drafts_of);
  void index_longer_names();
  bool has_short_forms(const Draft& draft) const;
  ShortForm short_form(uint32_t name) const;
  std::set<uint32_t> longer_names(const ShortForm& form) const;
  Fit fit(const ShortForm& form, uint32_t name) const;
  void join_short_form(uint32_t name);
  bool part_of(const Name& body, const Name& longer) const;
  schema::GazetteerId place_at(uint32_t token) const;
  std::vector<std::string> person_words(std::string_view key) const;  // join_people.cpp
  std::set<std::string> own_words() const;
  std::set<std::string> standing_as_places() const;
  bool generic_start(const Name& name) const;
  std::set<std::pair<uint32_t, uint32_t>> nested_names() const;
  uint32_t likeliest(const std::set<uint32_t>& candidates, uint32_t part) const;
  bool owned(const Draft& office) const;
  uint32_t holder_behind(const Draft& office, const std::map<uint32_t, uint32_t>& people) const;
  bool held_by_others(uint32_t bare, uint32_t full, const std::map<uint32_t, uint32_t>& people,
                      const std::map<uint32_t, uint32_t>& people_ends,
                      const std::map<TypedName, std::vector<uint32_t>>& offices);
  bool shouted(core::TokenSpan span) const;
  void build_entity(const std::vector<uint32_t>& members);
  void add_titled(uint32_t draft, doc::LocalEntity entity);

  Sketch& s;
  const schema::CoreTypes& core;
  std::vector<uint32_t> parent;
  std::set<std::string> body_words;  // of bodies' names, which are no places there
  std::vector<Name> names;
  std::map<TypedName, doc::JoinRule> why;  // names joined to another one
  std::map<std::pair<char, std::string>, std::vector<uint32_t>>
      longer;  // names by how they begin (^), go on (2), end ($) and their initials (i)
  std::set<std::pair<uint32_t, uint32_t>> nested;       // names of which one stands in the other
  std::vector<uint32_t> mentions;                       // of each first draft of a thing
  std::vector<std::map<std::string, uint32_t>> counts;  // alias -> count, of each entity
  std::vector<std::vector<uint32_t>> title_ends, office_ends;  // titles, drafts of offices by end
};

}  // namespace weft::extract
