// What a text has spoken of so far: who was mentioned where and in which role, and by which nouns
// each may be called. The resolvers of what refers back ask it and tell it what they found.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "extract/mentions/sketch.h"

namespace weft::extract {

constexpr uint32_t kDescriptionWindow = 12;  // sentences back to what a description may mean

/// How an entity stands in what the text has said so far.
struct Seen {
  uint32_t last_token = 0;
  uint32_t last_sentence = 0;
  uint32_t count = 0;
  bool subject = false;  // at its last mention
  bool object = false;   // likewise: of a verb
  bool aside = false;    // so far named inside other phrases only
  bool prose = false;    // not in bylines and datelines only
  bool lead = false;     // named in a title or among the first sentences
};

/// Whom a noun names.
struct Bearer {
  doc::LocalEntity entity = doc::kNoEntity;
  uint32_t sentence = 0;
  bool firm = false;  // what the sentence speaks of, not named in passing
};

/// Of one document; changes only as `note` and `refer` are told of mentions in text order. Holds a
/// view of the sketch, whose mentions must be complete and stay in place. Not shared between
/// threads.
class Discourse {
 public:
  explicit Discourse(Sketch& sketch);

  /// Takes a mention into account. Amortised: logarithmic in the entities of the window.
  void note(const doc::Mention& mention);
  /// Takes out of the window what was last mentioned too long before the token.
  void forget(uint32_t token);
  /// Adds a mention of the entity, which the span refers to, and notes it.
  void refer(core::TokenSpan span, doc::LocalEntity entity, doc::JoinRule rule);
  /// True for the subject of a clause; without trees for what stands at a sentence's beginning.
  bool is_subject(uint32_t token) const;
  /// "Li met him": whoever is the subject of the verb that governs the token is not meant by it
  /// (binding theory's principle B). kNoEntity if the tree shows none.
  doc::LocalEntity own_subject(uint32_t token) const;
  /// The person that the token may mean, spoken of last; `gender`: 'm', 'f' or 0. kNoEntity: none.
  doc::LocalEntity likely_person(uint32_t token, char gender) const;

  std::vector<uint8_t> covered;                 // tokens that stand in mentions
  std::vector<char> gender;                     // of each entity
  std::vector<Seen> seen;                       // of each entity
  std::vector<std::vector<std::string>> words;  // words of each entity's names
  std::vector<std::vector<std::string>> heads;  // head words of each entity's names
  std::vector<uint8_t> named;                   // of each entity: it is known by a name
  std::map<std::string, Bearer> called;         // head word -> who bears it, mentioned last
  std::map<std::string, Bearer> of_sort;        // likewise, by what nouns of a sort name
  std::multimap<std::string, doc::LocalEntity> holders;  // title's head words -> person
  std::set<doc::LocalEntity> recent;                     // the entities in the window
  std::vector<doc::Mention> found;                       // what refers back, in text order

 private:
  void note_genders();
  void note_words();
  void note_head(doc::LocalEntity entity, const std::string& name);
  void find_holders();
  void note_nouns(const doc::Mention& mention);
  void call(const std::string& noun, doc::LocalEntity entity, uint32_t at);
  uint32_t own_words_end(core::TokenSpan office) const;
  bool in_passing(uint32_t head) const;
  bool other_than_named(const doc::Mention& mention) const;

  Sketch& s;
  doc::Document& d;
  const schema::CoreTypes& core;
  std::deque<std::pair<uint32_t, doc::LocalEntity>>
      told;  // tokens at which the recent were mentioned
};

/// True for "company", "firm", "carmaker": a noun for whatever body does business.
bool is_company(const MentionLists& lists, const std::string& noun);
/// A title's head words, joined by blanks: under which Discourse::holders knows who bears it.
std::string title_key(const Sketch& sketch, const TitleSpan& title);

}  // namespace weft::extract
