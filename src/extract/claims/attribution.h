// Attribution: to whom the document gives the words of a clause.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"
#include "extract/claims/modality.h"
#include "extract/frames/fillers.h"
#include "extract/frames/frames.h"

namespace weft::schema {
class Lexicons;
class WordList;
struct CoreTypes;
}  // namespace weft::schema

namespace weft::extract {

/// Who says it, and with which verb; kNoEntity where the document itself does.
struct Attribution {
  doc::LocalEntity speaker = doc::kNoEntity;
  std::string verb;  // lemma of the reporting verb; empty for "according to"
};

struct AttributionWords {
  const schema::WordList& reporting;   // say, stress: what they report is someone's word
  const schema::WordList& directing;   // urge, ask: what they call for is someone's word
  const schema::WordList& sources;     // according to, in the words of
  const schema::WordList& stress;      // stress, emphasize: whatever they govern is someone's word
  const schema::WordList& quoting;     // quote, cite: passive, their subject speaks
  const schema::WordList& links;       // of, by, from: what joins a source to its author
  const schema::WordList& opinions;    // opinion, view: in somebody's
  const schema::WordList& statements;  // statement, direction: what follows a colon as a list
  const schema::WordList& interviews;  // interview, "spoke to": what announces one
  const schema::WordList& asides;      // "about": begins a heading behind which nobody answers
  schema::TypeId person, work;
  static AttributionWords from(const schema::Lexicons& lexicons, const schema::CoreTypes& core);
};

/// Attributes the clauses of a document's sentences, which must be given in order: a quotation or a
/// list of demands goes on over sentences. One a document; not shared.
class Attributor {
 public:
  Attributor(const doc::Document& document, const AttributionWords& words);

  /// One Attribution a frame.
  std::vector<Attribution> attribute(uint32_t sentence, const SentenceFrames& frames,
                                     const FillerFinder& fillers,
                                     const std::vector<ClauseStatus>& statuses);
  /// Whom the introduction of a list ("The board: 1. approved …") gives its items that have no
  /// subject of their own; of the sentence attributed last.
  doc::LocalEntity subject() const { return subject_; }

 private:
  doc::LocalEntity speaker_of(const Frame& frame, const FillerFinder& fillers) const;
  Attribution own(const SentenceFrames& frames, uint32_t frame, const FillerFinder& fillers) const;
  bool continues(const SentenceFrames& frames, const std::vector<ClauseStatus>& statuses) const;
  void follow_quotes(core::TokenSpan sentence);
  bool may_follow(core::TokenSpan sentence, doc::TokenIndex verb, doc::TokenIndex head) const;
  Attribution beside(core::TokenSpan sentence, doc::TokenIndex& verb) const;
  doc::TokenIndex quoted_from(core::TokenSpan sentence, doc::TokenIndex verb) const;
  doc::LocalEntity label(core::TokenSpan sentence) const;
  bool all_quoted(core::TokenSpan sentence) const;
  bool announces(core::TokenSpan sentence) const;
  Attribution announcer(const SentenceFrames& frames, const FillerFinder& fillers) const;
  bool is_item(core::TokenSpan sentence) const;
  void follow_announcement(bool begins_block, bool quoted, const SentenceFrames& frames,
                           Attribution& said, std::vector<Attribution>& out);
  bool answers(uint32_t sentence, core::TokenSpan tokens);
  const doc::Mention* mention_at(doc::TokenIndex token, bool ends) const;
  doc::LocalEntity main_person() const;

  const doc::Document& document_;
  const AttributionWords& words_;
  Attribution last_;     // the latest speaker of the block
  uint32_t silent_ = 0;  // sentences since the last one that was somebody's word
  uint32_t last_block_ = 0xffffffffu;
  bool quote_open_ = false;  // a quotation runs on from the sentence before
  std::map<std::string, doc::LocalEntity, std::less<>> titled_;  // first word of "Mayor Li" -> Li
  doc::LocalEntity answers_ = doc::kNoEntity;                    // who is interviewed
  uint32_t questions_from_ = 0;  // the sentence of the interview's first question
  bool told_ = false;            // in an interview: by the writer, no answer
  Attribution announced_;        // "X made these points:": whose the list is
  bool announced_now_ = false;   // by the sentence before
  doc::LocalEntity subject_ = doc::kNoEntity;
  Attribution turn_;  // who has the word in this block by its label ("LI: …")
};

}  // namespace weft::extract
