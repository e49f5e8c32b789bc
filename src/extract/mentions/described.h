// The finder of things that a text describes: its working state and steps, shared by
// mentions/described.cpp (which phrases are things, and what they are called),
// mentions/described_phrases.cpp (how far a noun phrase reaches and what stands around it) and
// mentions/described_names.cpp (what is called or owned by a name beside it).
//
// One DescribedFinder serves one Sketch, on one thread; it holds a reference to the sketch, which
// must outlive it. All positions are tokens of the document. Only run() and the functions add_...
// and consider_... change the sketch; all others look at what stands there.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/mentions/sketch.h"

namespace weft::extract {

/// What the lists say of a noun that may head a phrase.
struct HeadNoun {
  /// When a phrase with the noun is a thing: the ending of the value in mention_described.
  enum class Use : uint8_t {
    any,       // with a determiner
    modified,  // only with a modifier or a complement
    made,      // only where a verb of mention_making acts on it
    mass,      // without a determiner then: "drafted legislation"
    part,      // a body, only as one of another's
    of,        // so, but not behind a possessive
    bare,      // a body that also stands without an article: "Parliament voted"
  };

  schema::TypeId type;         // invalid if no list has the noun
  std::string_view type_name;  // as mention_making writes it; lives as long as the lists
  Use use = Use::any;
  bool body = false;          // the type is Organization
  bool facility = false;      // the type is Facility
  bool plural = false;        // by its tag
  bool by_singular = false;   // only its singular is listed: "two bakeries", "new textbooks"
  bool plural_event = false;  // in mention_described_bare: "talks", "floods"
};

/// A noun phrase and what stands around it. Leftwards from the noun: its modifiers, words that tell
/// of a new one, a figure, the determiner. What is missing begins where its right neighbour does.
struct Phrase {
  enum class Determiner : uint8_t {
    none,
    definite,    // "the", "this", "that"
    indefinite,  // "a", "an"
    pronoun,     // "its", "their"
    genitive,    // the "'s" of "Ghana's"
  };

  bool definite() const { return determiner == Determiner::definite; }
  bool indefinite() const { return determiner == Determiner::indefinite; }
  bool possessive() const {
    return determiner == Determiner::pronoun || determiner == Determiner::genitive;
  }
  bool modified() const { return name < noun; }
  bool placed() const { return name < modifiers; }
  bool fresh() const { return whole < name; }
  core::TokenSpan tokens() const { return {whole, noun + 1}; }

  uint32_t noun = 0;
  uint32_t modifiers = 0;  // first of "the Berlin [vaccine agency]", "a new [vaccine plant]"
  uint32_t name = 0;       // of a body with the place before it: "the [Berlin vaccine agency]"
  uint32_t whole = 0;      // of others with words such as "new": "a [new vaccine plant]"
  uint32_t figure = 0;     // "a [2.1 billion euro new vaccine plant]"
  Determiner determiner = Determiner::none;
  bool made = false;       // a verb brings it about, runs it or trades it
  bool made_bare = false;  // so, and it needs no determiner: "built parks", "drafted legislation"
  bool bare = false;       // a plural that is one event without a determiner: "grain talks"
  bool part = false;       // a body that is one of another's: "a mission of the World Bank"
  std::string to_name;     // with the name behind it: "inspection tour in Chongqing"; or empty
  std::string to_end;      // with all complements: "theft of vaccines at the port"; or empty
};

struct DescribedFinder {
  static constexpr uint32_t kMaxModifiers = 4;  // before a noun, in tokens

  explicit DescribedFinder(Sketch& sketch);
  void run();

  // The noun and its phrase: described_phrases.cpp
  HeadNoun head_noun(uint32_t noun) const;
  Phrase phrase_of(uint32_t noun, const HeadNoun& head) const;
  uint32_t left_edge(uint32_t noun) const;
  uint32_t place_edge(uint32_t begin) const;
  uint32_t fresh_edge(uint32_t begin) const;
  uint32_t figure_edge(uint32_t begin) const;
  bool classifies(uint32_t mark, uint32_t start) const;
  bool part_of_body(uint32_t noun) const;
  std::string to_name(core::TokenSpan span) const;
  std::string to_end(core::TokenSpan span) const;
  /// A hyphen stands behind the word: "board-level".
  bool hyphen_follows(uint32_t noun) const {
    return noun + 1 < s.sentence_end(noun) && s.lower[noun + 1] == "-";
  }
  /// The next word is a noun that belongs to no name.
  bool noun_follows(uint32_t noun) const {
    return noun + 1 < s.sentence_end(noun) && s.nominal(noun + 1) && !covered[noun + 1] &&
           s.tagged() && s.document.upos[noun + 1] == doc::Upos::NOUN;
  }
  /// The document has tags and trees.
  bool parsed() const {
    const auto& d = s.document;
    return s.tagged() && d.deprel.size() == s.size() && d.head.size() == s.size();
  }

  // Whether it is a thing of the text, and what it is called: described.cpp
  void consider(uint32_t noun);
  bool heads_phrase(uint32_t noun, const HeadNoun& head) const;
  bool acts_bare(uint32_t noun, schema::TypeId type) const;
  bool is_thing(const Phrase& phrase, const HeadNoun& head) const;
  bool use_allows(const Phrase& phrase, const HeadNoun& head) const;
  bool plural_allows(const Phrase& phrase, const HeadNoun& head) const;
  bool body_allows(const Phrase& phrase, const HeadNoun& head) const;
  bool refers_back(const Phrase& phrase, const HeadNoun& head) const;
  bool said_of_another(const Phrase& phrase, const HeadNoun& head) const;
  bool names_nothing(const Phrase& phrase, const HeadNoun& head) const;
  void add_bare(uint32_t noun, schema::TypeId type);
  void add_phrase(const Phrase& phrase, const HeadNoun& head);
  void note(const Draft& draft);
  bool named_before(uint32_t noun, schema::TypeId type) const;
  void cover(core::TokenSpan span) {
    for (uint32_t t = span.begin; t < span.end; ++t) covered[t] = 1;
  }

  // What is called or owned by a name: described_names.cpp
  void consider_called(uint32_t noun);
  void consider_owned(uint32_t noun);
  void add_called(uint32_t noun, uint32_t name);
  void add_owned(core::TokenSpan phrase, uint32_t owner, uint32_t lone);
  uint32_t name_called(uint32_t token, uint32_t end) const;
  uint32_t name_beside(uint32_t noun, uint32_t end) const;
  uint32_t described_lately(uint32_t noun, schema::TypeId type) const;
  uint32_t body_behind(uint32_t token, uint32_t end) const;
  uint32_t body_alone(uint32_t noun) const;
  uint32_t owner_before(uint32_t begin) const;

  Sketch& s;
  const schema::CoreTypes& core;
  std::vector<uint8_t> covered;                                // stands in a draft
  std::multimap<uint32_t, uint32_t> begins;                    // token -> draft found earlier
  std::map<std::pair<uint16_t, std::string>, uint32_t> first;  // type, word -> first token
  std::map<std::string, uint32_t> ends;                        // last word of a name -> first token
  std::map<std::pair<uint16_t, std::string>, schema::TypeId> better;  // of a type, name
};

}  // namespace weft::extract
