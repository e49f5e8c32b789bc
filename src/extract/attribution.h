// Attribution: to whom the document gives the words of a clause.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"
#include "extract/frames.h"
#include "extract/frames_fillers.h"
#include "extract/modality.h"

namespace weft::schema {
class Lexicons;
class WordList;
}  // namespace weft::schema

namespace weft::extract {

/// Who says it, and with which verb; kNoEntity where the document itself does.
struct Attribution {
  doc::LocalEntity speaker = doc::kNoEntity;
  std::string verb;  // lemma of the reporting verb; empty for "according to"
};

struct AttributionWords {
  const schema::WordList& reporting;  // say, stress: what they report is someone's word
  const schema::WordList& directing;  // urge, ask: what they call for is someone's word
  const schema::WordList& sources;    // according to, in the words of
  schema::TypeId person;
  static AttributionWords from(const schema::Lexicons& lexicons, schema::TypeId person);
};

/// Attributes the clauses of a document's sentences, which must be given in order: a quotation or a
/// list of demands goes on over sentences. One a document; not shared.
class Attributor {
 public:
  Attributor(const doc::Document& document, const AttributionWords& words)
      : document_(document), words_(words) {}

  /// One Attribution a frame.
  std::vector<Attribution> attribute(uint32_t sentence, const SentenceFrames& frames,
                                     const FillerFinder& fillers,
                                     const std::vector<ClauseStatus>& statuses);

 private:
  doc::LocalEntity speaker_of(const Frame& frame, const FillerFinder& fillers) const;
  Attribution own(const SentenceFrames& frames, uint32_t frame, const FillerFinder& fillers) const;
  bool continues(const SentenceFrames& frames, const std::vector<ClauseStatus>& statuses) const;
  void follow_quotes(core::TokenSpan sentence);
  Attribution beside(core::TokenSpan sentence, doc::TokenIndex& verb) const;
  doc::LocalEntity label(core::TokenSpan sentence) const;
  bool all_quoted(core::TokenSpan sentence) const;
  const doc::Mention* mention_at(doc::TokenIndex token, bool ends) const;
  doc::LocalEntity main_person() const;

  const doc::Document& document_;
  const AttributionWords& words_;
  Attribution last_;     // the latest speaker of the block
  uint32_t silent_ = 0;  // sentences since the last one that was somebody's word
  uint32_t last_block_ = 0xffffffffu;
  bool quote_open_ = false;  // a quotation runs on from the sentence before
  Attribution turn_;         // who has the word in this block by its label ("LI: …")
};

}  // namespace weft::extract
