// Frames: one predicate each (verb, noun, adjective) with the words that fill its roles, read off a
// dependency tree.
//
// Passives, relative and participial clauses, control, raising and coordination are undone here,
// once, so that a pattern needs to know "agent" and "patient" only.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "core/string_pool.h"
#include "doc/document.h"

namespace weft::schema {
class Lexicons;
class WordList;
}  // namespace weft::schema

namespace weft::extract {

inline constexpr uint32_t kNoFrame = 0xffffffffu;

enum class FrameKind : uint8_t { verb, noun, adjective };

enum class Role : uint8_t {
  agent,      // who acts: active subject, "by" phrase of a passive, possessor of a nominalisation
  patient,    // what is acted on: direct object, passive subject
  recipient,  // indirect object
  bearer,     // of whom a noun or adjective is said: copular subject, or the other side of an
              // apposition
  prep,       // phrase with a preposition, kept in Argument::preposition
  compound,   // noun or name that modifies the frame's noun from the left ("Xinhua reporter")
};

struct Argument {
  Role role = Role::agent;
  doc::TokenIndex head = doc::kNoToken;
  std::string_view preposition;  // lower case, words joined by a space ("together with"); empty
                                 // unless Role::prep or "by" of an agent
  bool inherited = false;  // shared from another clause (control, coordination), not its own word
};

/// How a frame's clause hangs on another frame.
enum class ClauseLink : uint8_t {
  none,
  complement,
  open_complement,
  adverbial,
  relative,
  participle,
  conjunct,
  parataxis
};

struct Frame {
  doc::TokenIndex predicate = doc::kNoToken;
  FrameKind kind = FrameKind::verb;
  bool passive = false;
  bool copula = false;     // a noun or adjective that is said with "be"
  std::string_view lemma;  // lower case
  std::vector<Argument> arguments;
  uint32_t parent = kNoFrame;  // index of the frame that its clause hangs on
  ClauseLink link = ClauseLink::none;
  bool own_subject = false;  // has a subject of its own, not one shared from elsewhere
};

inline bool is_participle(const doc::Document& document, doc::TokenIndex token) {
  return document.xpos[token] == doc::Xpos::VBN;
}

/// The word lists that framing needs (schema/lexicons/facts.json).
struct FrameWords {
  const schema::WordList&
      subject_control;  // verbs whose object is not the subject of their infinitive: promise
  const schema::WordList& light_verbs;  // verbs whose object says what is done: pay (a visit)
  const schema::WordList&
      directing;  // verbs whose object is to do what their infinitive says: urge
  const schema::WordList&
      listing_verbs;  // verbs whose object is what their subject's noun is said of: include
  const schema::WordList& irregular;  // past forms and their lemmas: struck, strike
  const schema::WordList& bounds;     // verbs that begin or end what takes days: open, close
  const schema::WordList& numbers;    // three
  const std::set<std::string, std::less<>>* known_verbs =
      nullptr;  // lemmas that matter; may be null
  static FrameWords from(const schema::Lexicons& lexicons);
};

/// Frames of one sentence. Views point into the document.
class SentenceFrames {
 public:
  SentenceFrames(const doc::Document& document, core::TokenSpan sentence, const FrameWords& words);

  const std::vector<Frame>& frames() const { return frames_; }
  core::TokenSpan sentence() const { return sentence_; }
  uint32_t frame_of(doc::TokenIndex token) const { return frame_of_[token - sentence_.begin]; }
  /// The frame of the nearest verb or copular clause above the token; without one the last frame on
  /// the way up, if any.
  uint32_t clause_over(doc::TokenIndex token) const;
  std::span<const doc::TokenIndex> children(doc::TokenIndex token) const;
  /// The heads joined with `head` by "and", `head` first.
  std::vector<doc::TokenIndex> conjuncts(doc::TokenIndex head) const;  // but those excluded
  /// True for the conjunct behind "not": "visited Ghana, not Kenya", "but not Togo".
  bool excluded(doc::TokenIndex conjunct) const;
  /// The word in small letters, with those that make one word with it: "in case".
  std::string with_fixed(doc::TokenIndex word) const;
  /// A verb's lemma with its particle, in small letters: "rule out".
  std::string with_particle(const Frame& frame) const;
  /// The prepositions of a phrase, joined: "according to". Empty if it has none.
  std::string_view preposition(doc::TokenIndex head) const;
  /// True if the word marks the clause of the predicate: the "to" of "to build", but not that of
  /// "would appeal to the court".
  bool has_mark(doc::TokenIndex predicate, std::string_view word) const;
  doc::TokenIndex child(doc::TokenIndex token, doc::Deprel relation) const;
  const doc::Document& document() const { return *document_; }
  const FrameWords& words() const { return *words_; }

 private:
  void index_children();
  void order_tokens();
  core::StringId join_preposition(doc::TokenIndex head);
  void add_frame(doc::TokenIndex token);
  std::string verb_lemma(doc::TokenIndex token) const;
  void fill_verb(Frame& frame);
  void fill_noun(Frame& frame);
  doc::TokenIndex owner(doc::TokenIndex possessor) const;
  void add_listed(Frame& frame);
  void link_clause(Frame& frame);
  void lift_object(Frame& frame);
  void share_arguments(Frame& frame);
  void share_light_verb(Frame& frame);
  doc::TokenIndex owned_subject(doc::TokenIndex antecedent, doc::TokenIndex verb) const;
  void fill_gap(Frame& frame);
  doc::TokenIndex argument(const Frame& frame, Role role) const;

  const doc::Document* document_;
  core::TokenSpan sentence_;
  const FrameWords* words_;
  std::vector<uint32_t> child_begin_;
  std::vector<doc::TokenIndex> children_;
  std::vector<doc::TokenIndex> order_;  // tokens, heads before their dependents
  core::StringPool strings_;            // lower-cased lemmas and joined prepositions
  std::vector<core::StringId> prepositions_;
  std::vector<Frame> frames_;
  std::vector<uint32_t> frame_of_;
};

}  // namespace weft::extract
