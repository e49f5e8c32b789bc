// What a relation model looks at in a pair of entities of one sentence, as hashed keys: types,
// mentions, the words and the path of the tree between them, the frames in which they fill roles,
// and what the patterns found. The same code makes them for training and for running.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "extract/relations/matcher.h"

namespace weft::extract {

/// A fact of a pattern (or of structure) in one sentence.
struct FiredRule {
  doc::LocalEntity subject = doc::kNoEntity, object = doc::kNoEntity;
  schema::RelationId relation;
  std::string_view rule;
  float confidence = 0;  // calibrated
  doc::Modality modality = doc::Modality::asserted;
};

/// The pairs of one sentence. Holds views of its arguments.
class PairFeatures {
 public:
  static constexpr size_t kMostEntities = 24;  // of a sentence; lists of more give no more pairs

  /// `mentions` are those of the sentence, in text order; `counts` says how often the document
  /// mentions each entity.
  PairFeatures(const SentenceReading& reading, std::span<const doc::Mention> mentions,
               std::span<const uint32_t> counts, std::span<const FiredRule> fired);

  /// Entities mentioned in the sentence, in order of first mention, at most kMostEntities.
  const std::vector<doc::LocalEntity>& entities() const { return entities_; }
  /// The keys of the ordered pair, ascending, each once; valid until the next call.
  std::span<const uint64_t> keys(doc::LocalEntity subject, doc::LocalEntity object);
  /// The frame that connects the pair of the last call; kNoFrame if none does.
  uint32_t frame() const { return frame_; }
  /// The mentions that the last call looked at (null where the sentence has none of an entity), and
  /// the word above both.
  const doc::Mention* subject() const { return ends_.first; }
  const doc::Mention* object() const { return ends_.second; }
  doc::TokenIndex link() const { return link_; }

 private:
  struct Filled {  // an entity fills a role of a frame
    uint32_t frame = 0;
    uint64_t role = 0;  // hash of role and preposition
    uint16_t conjunct = 0, reading = 0;
    bool passed = false;
  };
  struct Path {
    std::vector<doc::TokenIndex> up, down;  // from either head to below `top`
    doc::TokenIndex top = doc::kNoToken;    // kNoToken: the tree does not connect them
  };

  template <class... Values>
  void add(uint32_t group, Values... values);
  void add_types(doc::LocalEntity subject, doc::LocalEntity object);
  void add_rules(doc::LocalEntity subject, doc::LocalEntity object);
  void add_mentions(const doc::Mention& subject, const doc::Mention& object, const Path& path);
  void add_between(core::TokenSpan between, uint64_t order);
  void add_lone(const doc::Mention& mention, doc::LocalEntity absent, bool is_object);
  void add_path(const doc::Mention& subject, const doc::Mention& object, const Path& path);
  void add_frames(doc::LocalEntity subject, doc::LocalEntity object);
  void add_linked(const Filled& s, const Filled& o);
  void fill_roles();
  void find_path(doc::TokenIndex from, doc::TokenIndex to, Path& out) const;
  std::pair<const doc::Mention*, const doc::Mention*> nearest(doc::LocalEntity subject,
                                                              doc::LocalEntity object, Path& out);
  void take_least_firm(const Path& path);
  uint32_t frame_above(doc::TokenIndex token) const;
  uint64_t lemma(doc::TokenIndex t) const { return lemmas_[t - sentence_.begin]; }

  const SentenceReading& reading_;
  const doc::Document& document_;
  core::TokenSpan sentence_;
  std::span<const doc::Mention> mentions_;
  std::span<const uint32_t> counts_;
  std::span<const FiredRule> fired_;
  std::vector<doc::LocalEntity> entities_;
  std::vector<uint64_t> lemmas_;                             // hashes, lower case
  std::map<doc::LocalEntity, std::vector<Filled>> roles_;    // by entity
  std::map<doc::LocalEntity, std::vector<uint32_t>> where_;  // places in mentions_
  std::vector<uint64_t> keys_;
  uint64_t types_ = 0;  // of the pair at hand
  uint32_t frame_ = kNoFrame;
  std::pair<const doc::Mention*, const doc::Mention*> ends_;
  doc::TokenIndex link_ = doc::kNoToken;
};

}  // namespace weft::extract
