// The reader of names that stand together: its working state and steps, shared by side_by_side.cpp,
// beside_offices.cpp and beside_bodies.cpp. Internal to extract/structure; the door is
// side_by_side.h.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "extract/structure/memberships.h"
#include "extract/structure/offices.h"
#include "text/fold.h"

namespace weft::extract {

constexpr uint32_t kBesideClause = 60;  // tokens between a verb and what stands with it

/// Of one document, whose facts it adds to; its mentions must stay in place. Used by one thread.
struct SideBySide {
  using Document = doc::Document;
  using Mention = doc::Mention;

  SideBySide(const schema::Schema& sc, Document& d, const MemberBodies& b)
      : schema(sc),
        document(d),
        bodies(b),
        core(sc.ontology.core()),
        located_in(sc.ontology.relation("located_in")) {}

  void run();

  std::string word(uint32_t t) const { return text::fold(document.norm_of(t)); }
  bool is(const Mention& m, schema::TypeId type) const {
    return document.entities[m.entity].type == type;
  }
  bool body(const Mention& m) const {
    return is(m, core.organization) || is(m, core.place) || is(m, core.facility);
  }
  /// Mentions that begin (end) at the token, longest first.
  const Mention* starting(uint32_t t, schema::TypeId type) const;
  const Mention* ending(uint32_t t, schema::TypeId type) const;
  /// A fact of the sentence of `token`; its rule is structure.RELATION where none is given.
  void add(doc::LocalEntity subject, const char* relation, doc::LocalEntity object, uint32_t token,
           float confidence, const char* rule = nullptr);

  // Offices: beside_offices.cpp
  void position_body(const Mention& position);
  void position_holder(const Mention& position);
  void chosen_holder(const Mention& position);
  bool is_plain(uint32_t clause) const;
  bool is_condition(uint32_t head, const Mention& position) const;
  bool holds_already(const Mention& person) const;
  const Mention* holder_of(uint32_t verb, bool object) const;
  void position_scope(const Mention& position, const OfficeScope& offices);
  uint32_t skip_back(uint32_t t, uint32_t start) const;

  // Bodies and places: beside_bodies.cpp
  void places(const Mention& mention);
  void nested(const Mention& outer);
  void based(const Mention& mention);
  void owned(const Mention& mention);
  void complement(const Mention& mention);
  void belongs(const Mention& person);
  void held_here();
  bool seat_of_other(const Mention& mention) const;
  int rank_of(const std::string& kind) const;
  std::string body_class(doc::LocalEntity entity) const;

  // Where what a noun describes lies: beside_seats.cpp
  void described_seat(const Mention& place);
  bool says_kind(uint32_t token) const;
  doc::LocalEntity described_by(uint32_t noun, core::TokenSpan sentence, const Mention& place,
                                bool itself) const;
  doc::LocalEntity headed(uint32_t head, core::TokenSpan sentence, const Mention& place,
                          bool pronoun) const;
  uint32_t made_up(uint32_t noun, core::TokenSpan sentence) const;
  uint32_t lies_in_part(uint32_t place, core::TokenSpan sentence) const;
  void lies_within(doc::LocalEntity entity, const Mention& place, float confidence);

  doc::LocalEntity of_demonym(uint32_t token) const;
  const Mention* starting_any(uint32_t t) const;
  /// The token behind a mention and, if one stands there, its bracketed short form: "the Mekong
  /// River Commission (MRC)".
  uint32_t behind(const Mention& m) const {
    uint32_t t = m.tokens.end;
    if (t + 2 >= document.token_count()) return t;
    if (word(t) == ")" && m.tokens.begin > 0 && word(m.tokens.begin - 1) == "(") return t + 1;
    if (word(t) != "(") return t;
    for (uint32_t end = t + 2; end < t + 5 && end < document.token_count(); ++end)
      if (word(end) == ")") {
        const auto* inside = starting_any(t + 1);
        return inside && inside->entity == m.entity && inside->tokens.end == end ? end + 1 : t;
      }
    return t;
  }
  /// Index of the first mention that begins at the token or later: mentions stand in that order.
  size_t first_from(uint32_t t) const {
    return static_cast<size_t>(
        std::lower_bound(document.mentions.begin(), document.mentions.end(), t,
                         [](const Mention& m, uint32_t b) { return m.tokens.begin < b; }) -
        document.mentions.begin());
  }

  const schema::Schema& schema;
  Document& document;
  const MemberBodies& bodies;
  const schema::CoreTypes& core;
  schema::RelationId located_in;
  std::vector<uint32_t> by_begin, by_end;  // mention indices
  std::map<std::string, doc::LocalEntity, std::less<>> by_link;
  std::set<std::pair<doc::LocalEntity, std::string>> filled;  // bodies and offices that they have
  std::set<std::tuple<uint32_t, uint16_t, uint32_t, uint32_t>> seen;
};

}  // namespace weft::extract
