// What readers of lists see in a document: people, bodies and what words announce a list of them.
// Internal to extract/structure; the door is memberships.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/structure/memberships.h"

namespace weft::extract {

/// The names and words of one document, shared by the readers of its lists; what they find goes to
/// the document's facts. Needs tokens, tags and mentions. Not shared between threads.
class ListText {
 public:
  using LocalEntity = doc::LocalEntity;
  using Mention = doc::Mention;
  using TokenIndex = doc::TokenIndex;
  using TokenSpan = core::TokenSpan;

  ListText(const schema::Schema& schema, doc::Document& document, MemberBodies& bodies);

  /// What the words before a list, or its heading, say of the people in it.
  struct Introduction {
    LocalEntity body = doc::kNoEntity;
    bool group = false;  // a noun of people introduces the list
    bool open = false;   // of people who need be no members
    bool single = false;
    std::string noun;
  };

  /// The word in small letters; empty behind the last one.
  std::string word(TokenIndex t) const;
  bool separates(TokenIndex t) const;
  bool possessive(TokenIndex t) const;
  /// A dash, comma or mark that stands between the cells of a line.
  bool divides(TokenIndex t) const;
  /// A tab stands before the token.
  bool opens_cell(TokenIndex t) const;
  /// No word: a bullet, a number.
  bool mark(TokenIndex t) const;
  bool finite(TokenIndex t) const;
  TokenIndex behind_article(TokenIndex t) const { return word(t) == "the" ? t + 1 : t; }
  /// The longest body at `t` or behind an article there: "the Senate", of which "the" may be a part
  /// ("the cabinet"). Null if it doesn't begin before `end`.
  const Mention* body_at(TokenIndex t, TokenIndex end) const;
  bool has_person(TokenSpan line) const;

  /// People from token `t` on, each joined to the last by commas and "and" alone.
  std::vector<const Mention*> bare_run(TokenIndex t, TokenIndex end) const;
  /// The same, with what belongs to each of them ("A of X, B (Y) and C") stepped over.
  std::vector<const Mention*> long_run(TokenIndex t, TokenIndex end) const;
  /// The body that stands behind "of", "from", "at" at `t`; null if none does.
  const Mention* complement(TokenIndex t, TokenIndex end) const;
  /// The body that is all of a line but marks ("## Labour", "Labour (12):").
  const Mention* lone_body(TokenSpan line) const;
  /// What the words before a list's first person at `t` say of the people in it.
  Introduction introduction(TokenIndex t, TokenIndex begin) const;
  /// "Squad:", "Members of the committee", "Labour candidates": what a heading says of its list.
  /// `wanted`: the one noun that counts; empty: any.
  Introduction heading(TokenSpan line, std::string_view wanted = {}) const;
  /// "The following skiers belong to X", "… were elected to X": the body of those listed. `members`
  /// tells whether they are its members, whatever the body.
  LocalEntity joined_body(TokenSpan sentence, bool& members) const;

  /// Adds that the person is of the body: a member, or what the body makes of people.
  void add(const Mention& person, LocalEntity body, float confidence, const char* rule,
           bool member);

  doc::Document& d;
  const schema::Ontology& ontology;
  const schema::CoreTypes& core;
  MemberBodies& bodies;
  const schema::WordList &groups, &roles, &listing, &joining, &columns;
  std::vector<const Mention*> person;    // outermost names of people by first token
  std::vector<const Mention*> body;      // longest bodies by first token
  std::vector<const Mention*> body_end;  // and by the token behind them

 private:
  bool nominal(TokenIndex t) const;
  LocalEntity body_of_group(TokenIndex g, TokenIndex limit, TokenIndex begin) const;
  const Mention* body_around(TokenIndex g, TokenIndex begin) const;
  LocalEntity owned_by_pronoun(TokenIndex g, TokenIndex begin) const;
  bool relative(TokenIndex verb, TokenIndex least) const;
  bool following(TokenIndex noun, TokenIndex begin) const;
  bool within_name(TokenIndex t) const;
};

constexpr uint32_t kListLookBack = 12;  // words before a list where its introduction stands
constexpr float kSureItem = 0.9F, kLikelyItem = 0.8F;

/// Lists within a sentence: "Torvik's A and B", "the jury consists of A and B", "A, a Labour MP".
void read_list_sentences(ListText& text);  // list_sentences.cpp
/// Lists over several lines, and tables.
void read_list_lines(ListText& text);  // list_lines.cpp

}  // namespace weft::extract
