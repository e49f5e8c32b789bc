// The finder of proper names: its working state and steps, shared by mentions/names.cpp (where
// names begin and end) and mentions/name_types.cpp (of which type they are, and which become
// drafts).
//
// One NameFinder serves one Sketch, on one thread; it holds references to both the sketch and the
// lists, which must outlive it. Order of use: collect(), settle(), emit().
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "extract/mentions/sketch.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::extract {
inline constexpr size_t kTypes = 16;  // more than the ontology has

struct Chunk {
  core::TokenSpan tokens;
  std::array<float, kTypes> votes{};
  schema::GazetteerId entry;
  std::string kind;
  bool affiliation = false;  // stands in a bracket behind a person
  bool namesake = false;     // a person's name that is a place's too
  bool titled = false;       // an office, form of address or age beside it shows a person
  bool described = false;    // a noun beside it says that it is a thing, not a person
  bool weak_start = false;   // its capital may be due to the sentence's beginning
  char gender = 0;
  uint32_t acronym_of = kNone;  // index of the chunk before the bracket
};

struct NameFinder {
  explicit NameFinder(Sketch& sketch)
      : s(sketch), lists(sketch.lists), core(lists.schema.ontology.core()) {}

  bool is_name_word(uint32_t t) const {
    return s.capital[t] && s.usable[t] && !s.title_token[t] && !is_listing(t) &&
           (!lists.calendar.has(s.lower[t]) || s.tagged_name[t]) && !is_money(t) && !is_numero(t);
  }
  /// "Tk 300", "FJ$", the "US" of "38 million US dollars": part of an amount.
  bool is_money(uint32_t t) const {
    if (s.lower[t].ends_with('$')) return true;
    const bool more = t + 1 < s.sentence_end(t);
    if (more && lists.currency_words.has(s.lower[t + 1]) && !s.capital[t + 1])
      return s.all_capitals[t] || s.lower[t].ends_with('.');
    return lists.currency_codes.has(s.lower[t]) &&
           ((more && is_figure(t + 1)) || (t > s.sentence_start(t) && is_figure(t - 1)));
  }
  /// The "million" of "fined Norsol AG 40 million euros".
  bool is_numeral(uint32_t t) const { return s.tagged() && s.document.upos[t] == doc::Upos::NUM; }
  /// "(688977.SH)", "(600519.SS)": the exchange of a share's number.
  bool is_listing(uint32_t t) const {
    return t > s.sentence_start(t) + 1 && s.lower[t - 1] == "." && s.touches(t - 2, t - 1) &&
           s.touches(t - 1, t) && is_figure(t - 2) && s.all_capitals[t];
  }
  /// The "No." of "Petition No. 5".
  bool is_numero(uint32_t t) const {
    return (s.lower[t] == "no" || s.lower[t] == "no." || s.lower[t] == "nos.") &&
           t + 1 < s.sentence_end(t) && is_figure(t + 1);
  }
  /// Clubs and parties that are called like a town or a word: "Torvik striker", "A (Torvik)".
  bool called_a_body(const Chunk& chunk) const;
  /// The names between brackets behind what looks like a person, each behind two or more of them,
  /// or none that is one's own: where those people belong.
  void settle_affiliations();
  void settle_namesakes();
  uint32_t affiliation_end(uint32_t t) const;
  uint32_t behind_small_word(uint32_t t) const;
  bool acts_as_person(const Chunk& chunk) const;
  bool bracketed(size_t index) const;
  bool is_figure(uint32_t t) const {
    return !s.lower[t].empty() && s.lower[t][0] >= '0' && s.lower[t][0] <= '9';
  }
  /// The end of the tagger's name of several words that begins here and is sure; 0 if none does.
  uint32_t tagged_end(uint32_t t) const;
  bool is_number(uint32_t t) const {
    return !s.lower[t].empty() && s.lower[t].find_first_not_of("0123456789-") == std::string::npos;
  }
  bool is_roman(uint32_t t) const {
    return s.form(t).find_first_not_of("IVXLC") == std::string_view::npos;
  }
  bool has_head(uint32_t begin, uint32_t end) const {
    return ending_entry(s, lists.organization_heads, begin, end) ||
           ending_entry(s, lists.event_heads, begin, end) ||
           ending_entry(s, lists.work_heads, begin, end) ||
           ending_entry(s, lists.initiative_heads, begin, end) ||
           ending_entry(s, lists.facility_heads, begin, end) || place_kind(begin, end) != nullptr;
  }
  /// The kind that a place's head word gives, or nullptr.
  const std::string* place_kind(uint32_t begin, uint32_t end) const {
    for (uint32_t n = std::min(3U, end - begin); n > 0; --n) {
      std::string words = "+";
      for (uint32_t t = end - n; t < end; ++t) words += (t > end - n ? " " : "") + s.lower[t];
      if (const auto* kind = lists.place_heads.value(words)) return kind;
      if (const auto* kind = lists.place_heads.value(std::string_view(words).substr(1)))
        return kind;
    }
    return nullptr;
  }
  /// The longest gazetteer entry that is exactly this span and of this type, or any type.
  schema::GazetteerId entry(core::TokenSpan span, schema::TypeId type = {}) const {
    auto it = std::lower_bound(s.places.begin(), s.places.end(), span.begin,
                               [](const auto& m, uint32_t b) { return m.tokens.begin < b; });
    schema::GazetteerId best;
    for (; it != s.places.end() && it->tokens.begin == span.begin; ++it) {
      if (it->tokens.end != span.end) continue;
      const auto& e = lists.schema.gazetteer[it->entry];
      if (type.valid() && e.type != type) continue;
      if (!best.valid() || e.population > lists.schema.gazetteer[best].population) best = it->entry;
    }
    return best;
  }
  bool is_place(core::TokenSpan span) const { return entry(span, core.place).valid(); }

  /// True if a gazetteer entry of two words or more begins here.
  bool begins_entry(uint32_t t) const {
    auto it = std::lower_bound(s.places.begin(), s.places.end(), t,
                               [](const auto& m, uint32_t b) { return m.tokens.begin < b; });
    return it != s.places.end() && it->tokens.begin == t &&
           !lists.schema.gazetteer[it->entry].any_case;
  }
  /// True if a complement's link stands inside the span behind a head word.
  bool complement_of(uint32_t begin, uint32_t end) const {
    for (uint32_t t = begin + 1; t < end; ++t) {
      if (s.lower[t] == "of" && has_head(begin, t)) return true;
    }
    return false;
  }
  bool addresses_person(uint32_t t) const;
  bool addresses_several(uint32_t t) const;
  uint32_t ordinal_length(uint32_t t) const;
  bool people_acronym(uint32_t t) const;
  uint32_t titled_complement_end(uint32_t begin, uint32_t of, uint32_t end) const;
  bool titles_end(uint32_t begin, uint32_t t) const;
  bool place_within(uint32_t begin, uint32_t of, uint32_t end) const;
  bool company_of_place(uint32_t begin, uint32_t of, uint32_t end) const;
  bool complement_follows(uint32_t begin, uint32_t t, uint32_t end) const;
  uint32_t and_continues(uint32_t begin, uint32_t t, uint32_t end, bool in_complement) const;
  bool given_name_continues(uint32_t begin, uint32_t hyphen, uint32_t end) const;
  bool plural_owner(uint32_t apostrophe, uint32_t end) const;
  uint32_t push_bracketed(uint32_t begin, uint32_t end);
  uint32_t bracketed_middle(uint32_t begin, uint32_t end) const;
  uint32_t lower_body(uint32_t t) const;
  uint32_t numbered_end(uint32_t begin, uint32_t t, uint32_t end) const;
  bool is_score(uint32_t t, uint32_t end) const;
  bool counts_seats(uint32_t begin, uint32_t t) const;
  bool mere_adjective(uint32_t t) const;
  bool describes_name(uint32_t begin, uint32_t end) const;
  uint32_t chunk_end(uint32_t begin) const;
  uint32_t lower_head(uint32_t begin, uint32_t end) const;
  bool inside_entry(uint32_t begin, uint32_t t, schema::TypeId type = {}) const;
  uint32_t known_end(uint32_t t) const;
  void split(core::TokenSpan span);
  void collect();
  void vote(Chunk& chunk) const;
  void vote_person(Chunk& chunk) const;
  void vote_apposition(Chunk& chunk) const;
  void vote_context(Chunk& chunk) const;
  void vote_tagger(Chunk& chunk) const;
  using Sums = std::map<std::string, std::array<float, kTypes>>;  // votes by key of the name
  std::set<std::string> name_companies(const std::vector<std::string>& keys, Sums& sums) const;
  std::set<std::string> surnames_of_people(const std::vector<std::string>& keys,
                                           const Sums& sums) const;
  /// The type with most votes; of equals the first.
  static size_t likeliest(const std::array<float, kTypes>& votes);
  bool company(core::TokenSpan span) const;
  bool place_of_body(core::TokenSpan span, uint32_t of) const;
  bool locates(uint32_t t, bool known) const;
  void settle();
  void emit();
  bool is_guess(const Chunk& chunk, float votes) const;
  void add_inner_places(uint32_t draft);
  void add_complement(uint32_t draft, uint32_t depth = 0);
  void add_location(uint32_t draft);
  bool seats(const Draft& outer, core::TokenSpan place) const;
  bool confirmed(const Chunk& chunk) const;
  bool lesser_place(schema::GazetteerId found, core::TokenSpan span) const;
  bool is_label(const Chunk& chunk) const;
  bool qualifies(uint32_t t) const;
  bool ordinal_meeting(uint32_t begin, uint32_t head_end) const;

  Sketch& s;
  const MentionLists& lists;
  const schema::CoreTypes& core;
  std::vector<Chunk> chunks;
  std::set<std::string> known_in_text;  // keys of chunks outside headings
  std::set<std::string> parts_in_text;  // capitalised words of names of two words and more
};

}  // namespace weft::extract
