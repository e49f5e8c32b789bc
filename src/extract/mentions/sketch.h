// The working state of the mention stage for one document: its words in the forms the finders
// compare, and the drafts of mentions, which titles, names and concepts add to and which
// mentions/entities.cpp turns into mentions and entities.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"
#include "schema/schema.h"

namespace weft::extract {

inline constexpr uint32_t kNone = 0xffffffffu;

/// A list of this stage's own and the list of the same words that all share: what is in neither is
/// in none.
struct HeadList {
  const schema::WordList& own;
  const schema::WordList& shared;

  const std::string* value(std::string_view form) const {
    const auto* v = own.value(form);
    return v ? v : shared.value(form);
  }
  bool has(std::string_view form) const { return value(form) != nullptr; }
  unsigned longest() const {
    return own.longest() > shared.longest() ? own.longest() : shared.longest();
  }
};

/// The lists of schema/lexicons/references.json: words that refer back.
struct ReferenceLists {
  explicit ReferenceLists(const schema::Lexicons& lexicons);

  const schema::WordList &plurals, &pairs, &numbers, &mutual, &things, &aside, &others, &located,
      &bodies, &opaque, &links, &pointers, &near, &complements, &pronouns, &of_two, &office_scopes,
      &office_ranks;
};

/// The lists of schema/lexicons/mentions.json, looked up once.
struct MentionLists {
  explicit MentionLists(const schema::Schema& schema);

  /// The type in the list's value of the word ("Place:city" says Place); an invalid id without one.
  schema::TypeId type_in(const schema::WordList& list, const std::string& word) const {
    const std::string* value = list.value(word);
    return value ? schema.ontology.type(value->substr(0, value->find(':'))) : schema::TypeId();
  }

  const schema::Schema& schema;
  const HeadList organization_heads, company_suffixes, place_heads, facility_heads, event_heads,
      work_heads, initiative_heads, personal_titles, theme_heads, industry_heads;
  const schema::WordList &place_prefixes, &place_classes, &product_heads, &group_names,
      &position_heads, &position_modifiers, &position_to, &position_not, &portfolio_heads,
      &portfolio_words, &particles, &not_names, &calendar, &genitives, &descriptions,
      &description_stop, &description_fresh, &time_units, &idioms, &typed_prefixes, &described,
      &described_bare, &acted_on, &argument_stop, &people, &policy_verbs, &policy_nouns,
      &sector_heads, &weak_modifiers, &bylines, &compass, &compass_heads, &called_after,
      &place_complements, &labels, &titled_nouns, &naming, &called, &same_thing, &government_acts,
      &government_partners, &owned_bodies, &part_heads, &stakes, &theme_verbs, &theme_stop,
      &stress_nouns, &list_nouns, &makers, &office_verbs, &calendar_heads, &vessels, &name_articles,
      &languages, &goods, &goods_verbs, &goods_nouns, &measures, &making;
  const schema::WordList &given_names, &surnames, &gendered_nouns, &demonyms, &hyphen_suffixes,
      &ordinals, &governing, &member_names, &member_roles, &member_groups, &party_words, &speech,
      &currency_codes, &currency_words;
  const ReferenceLists references;
};

/// A candidate mention.
struct Draft {
  core::TokenSpan tokens;
  schema::TypeId type;
  doc::MentionForm form = doc::MentionForm::name;
  float confidence = 0.5F;
  schema::GazetteerId entry;
  std::string kind;
  std::string label;                 // the name as it names the thing: without titles and articles
  std::string key;                   // text::name_key(label)
  std::vector<std::string> aliases;  // further surface forms at this place
  doc::JoinRule rule = doc::JoinRule::name;  // why it bears a label that isn't its text
  uint32_t entity = kNone;
  char gender = 0;        // 'm', 'f' or 0
  bool headline = false;  // from a heading in title case: its borders are uncertain
  bool inner = false;     // lies inside another draft
  bool guess = false;     // nothing but capitals shows that it is a name, or of which type
};

/// The name of an office as written, without the body it belongs to: "former Vice [Minister of
/// Finance]".
struct TitleSpan {
  core::TokenSpan tokens;  // with modifiers and portfolio, without "former"
  uint32_t head = 0;       // first token of the head words
  uint32_t head_end = 0;
  bool weak = false;       // a job more than an office
  bool job = false;        // no office at all
  bool name_only = false;  // counts before a name only
  bool rank = false;       // before a name a form of address, unless its body is named
};

struct Sketch {
  Sketch(const MentionLists& lists, doc::Document& document);

  uint32_t size() const { return static_cast<uint32_t>(lower.size()); }
  std::string_view form(uint32_t token) const { return document.norm_of(token); }
  bool first_in_sentence(uint32_t token) const;
  uint32_t sentence_end(uint32_t token) const {
    return document.sentence_begin[sentence[token] + 1];
  }
  uint32_t sentence_start(uint32_t token) const { return document.sentence_begin[sentence[token]]; }
  /// The first word of a sentence, a quotation or a list's item: its capital says nothing.
  bool opens_clause(uint32_t token) const;
  /// No white space between the two tokens.
  bool touches(uint32_t left, uint32_t right) const {
    return document.token_end[left] == document.token_begin[right];
  }
  bool tagged() const { return document.upos.size() == lower.size() && !lower.empty(); }
  /// A tab stands before the token: another cell of a table begins.
  bool opens_cell(uint32_t token) const;
  /// True for a noun or adjective by its tag; without tags for any lower-case word that is on no
  /// stop list.
  bool nominal(uint32_t token) const;
  /// True for a token of marks such as commas, brackets and dashes.
  bool punctuation(uint32_t token) const {
    const auto& w = lower[token];
    return w.size() <= 3 && w.find_first_not_of(",;:.!?()[]\"'-/|*") == std::string::npos;
  }
  /// Token whose head lies outside the span.
  uint32_t head_of(core::TokenSpan span) const;
  std::string text(core::TokenSpan span) const;
  bool is_country(schema::GazetteerId id) const {
    const auto& e = lists.schema.gazetteer[id];
    return e.type == lists.schema.ontology.core().place && e.kind == "country";
  }
  Draft& add(core::TokenSpan span, schema::TypeId type, float confidence);
  /// Adds a thing without a name of its own, which is also known with the determiner or number
  /// before it.
  Draft& add_described(core::TokenSpan span, schema::TypeId type, float confidence);
  /// Which tokens stand in drafts of the type; without one, in any.
  std::vector<uint8_t> in_drafts(schema::TypeId type = {}) const;
  /// The head of the token in its own sentence; kNoToken above the root. Needs trees.
  uint32_t parent(uint32_t token) const {
    const uint32_t head = document.head[token];
    return head != doc::kNoToken && sentence[head] == sentence[token] ? head : doc::kNoToken;
  }
  /// The first token of the phrase that ends in the noun: from it to the left, `takes(p, b)` says
  /// how many tokens the phrase from `b` on gains by the word at `p` before it and what that is
  /// joined to: none ends it, two take in a hyphen or a genitive mark with the word before. At most
  /// four, and none that is `covered`.
  template <class Takes>
  uint32_t phrase_begin(uint32_t noun, const std::vector<uint8_t>& covered, Takes takes) const {
    constexpr uint32_t kMost = 4;
    const uint32_t start = sentence_start(noun);
    uint32_t b = noun;
    while (b > start && noun - b < kMost && !covered[b - 1]) {
      const uint32_t taken = takes(b - 1, b);
      if (taken == 0) break;
      b -= taken;
    }
    return b;
  }
  /// "water-saving": the hyphen at `p` joins the words beside it, the first of which is not
  /// `covered`.
  bool joins(uint32_t p, const std::vector<uint8_t>& covered) const {
    return lower[p] == "-" && p > sentence_start(p) && touches(p, p + 1) && !covered[p - 1];
  }

  const MentionLists& lists;
  doc::Document& document;
  std::vector<std::string> lower;     // folded to lower case
  std::vector<uint8_t> capital;       // begins with a capital letter
  std::vector<uint8_t> all_capitals;  // two letters or more, all capitals
  std::vector<uint8_t> usable;        // lies in a block of body or title
  std::vector<uint32_t> sentence;
  std::vector<uint8_t> headline;     // of a sentence: nearly all words are capitalised
  std::vector<uint8_t> title_token;  // part of an office's name that stands before or for a person
  std::vector<uint8_t> tagged_name;  // in a name of several words that the tagger is sure of
  std::vector<schema::GazetteerMatch> places;      // all gazetteer matches, by begin, longer first
  std::set<std::string, std::less<>> lower_words;  // words that the document writes in lower case
  std::vector<TitleSpan> titles;
  std::vector<Draft> drafts;
  std::vector<std::pair<uint32_t, uint32_t>>
      same;  // drafts of one thing: a name and its bracketed short form
};

/// The number of tokens of the longest entry of `list` that ends before `end` and begins at `begin`
/// or later; 0 if none.
uint32_t ending_entry(const Sketch& sketch, const HeadList& list, uint32_t begin, uint32_t end,
                      const std::string** value = nullptr);
/// The number of tokens of the longest entry of `list` that begins at `begin` and ends at `end` at
/// the latest.
uint32_t starting_entry(const Sketch& sketch, const schema::WordList& list, uint32_t begin,
                        uint32_t end, const std::string** value = nullptr);

/// True if the acronym's letters are the initials of words that end where the span ends, or of the
/// `whole` span; small words in lower case may be passed over. mentions/acronyms.cpp
bool spells(const Sketch& sketch, std::string_view letters, core::TokenSpan span, bool whole);
/// True for a document that names policy concepts again and again (mentions/themes.cpp). Linear in
/// gazetteer matches.
bool is_policy_prose(const Sketch& sketch);

// The steps of the stage, in order.
void drop_explained_acronyms(Sketch& sketch);  // mentions/acronyms.cpp
void mark_titles(Sketch& sketch);              // mentions/titles.cpp: fills titles and title_token
void find_names(Sketch& sketch);               // mentions/names.cpp
void find_positions(
    Sketch& sketch);                // mentions/titles.cpp: joins titles with the bodies beside them
void find_quoted(Sketch& sketch);   // mentions/quoted.cpp: names between quotation marks
void find_bylines(Sketch& sketch);  // mentions/bylines.cpp
void find_themes(Sketch& sketch);   // mentions/themes.cpp
void find_concepts(Sketch& sketch);       // mentions/concepts.cpp
void find_described(Sketch& sketch);      // mentions/described.cpp
void find_goods(Sketch& sketch);          // mentions/goods.cpp: what is made or sold
void find_arguments(Sketch& sketch);      // mentions/arguments.cpp
void find_stressed(Sketch& sketch);       // mentions/stressed.cpp
void find_capitals(Sketch& sketch);       // mentions/capitals.cpp: those that mean a government
void make_entities(Sketch& sketch);       // mentions/entities.cpp
void resolve_references(Sketch& sketch);  // reference/coreference.cpp

}  // namespace weft::extract
