// Which entities fill a role: from the head word of an argument to the entities that it names.
#pragma once

#include <vector>

#include "doc/document.h"
#include "extract/frames/frames.h"

namespace weft::extract {

/// One entity that may fill a role, and how sure its mention is.
struct Filler {
  doc::LocalEntity entity = doc::kNoEntity;
  doc::TokenIndex head = doc::kNoToken;
  float confidence = 1;
  bool passed =
      false;  // reached through a noun that hands on its complement ("the construction of X")
  bool joint = false;  // one of several that a plural word means together ("they")
};

/// The readings of one conjunct, best first: a relation takes the first one that the ontology lets
/// it have.
using Readings = std::vector<Filler>;

/// Mentions by token, made once a document. Holds a view of the document, whose mentions must not
/// change meanwhile.
class MentionIndex {
 public:
  explicit MentionIndex(const doc::Document& document);
  /// Mentions that cover the token: those whose head it is first, then longer first (indices into
  /// Document::mentions).
  std::span<const uint32_t> at(doc::TokenIndex token) const;

 private:
  std::vector<uint32_t> begin_;
  std::vector<uint32_t> mention_;
};

struct FillerWords {
  static FillerWords from(const schema::Lexicons& lists);
  const schema::WordList& passing_nouns;  // hand on what they are about: "the development of X"
  const schema::WordList& example_marks;  // "such as", "including"
};

/// Resolves argument heads of one sentence. Holds views of its arguments.
class FillerFinder {
 public:
  FillerFinder(const SentenceFrames& frames, const MentionIndex& mentions, const FillerWords& words)
      : frames_(&frames), mentions_(&mentions), words_(words) {}

  /// One Readings for `head` and for each word joined with it by "and"; those without any entity
  /// are left out.
  std::vector<Readings> find(doc::TokenIndex head) const;
  /// The readings of `head` alone.
  Readings readings(doc::TokenIndex head) const;
  /// True if a mention covers `head`.
  bool is_mention(doc::TokenIndex head) const { return !mentions_->at(head).empty(); }

 private:
  void add_mentions(doc::TokenIndex token, bool passed, Readings& out) const;
  void add_inner(doc::TokenIndex head, unsigned depth, Readings& out) const;
  void add_leader(doc::TokenIndex head, std::vector<Readings>& out) const;
  void add_listed(doc::TokenIndex head, std::vector<Readings>& out) const;
  void add_examples(doc::TokenIndex head, std::vector<Readings>& out) const;

  const SentenceFrames* frames_;
  const MentionIndex* mentions_;
  FillerWords words_;
};

}  // namespace weft::extract
