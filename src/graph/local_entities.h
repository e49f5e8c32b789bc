// What resolution must know of all documents at once, in little memory: about 70 bytes for each
// entity of each document, and each text once. Facts and evidence are not part of it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/string_pool.h"
#include "doc/record.h"
#include "graph/namesakes.h"
#include "schema/gazetteer.h"

namespace weft::graph {

using core::StringId;

inline constexpr StringId kNoText = 0;  // the id of the empty text

/// One entity of one document. Texts are ids of LocalEntities::texts().
struct LocalEntity {
  StringId label = kNoText, kind = kNoText, link = kNoText;
  StringId key = kNoText;         // what it is merged by; empty: takes no part in merging by name
  StringId merge_kind = kNoText;  // that of the link's entry, if there is one
  uint32_t record = 0;            // number of its document
  uint32_t mentions = 0;
  uint32_t first_alias = 0;  // its aliases reach to those of the next entity
  schema::TypeId type, merge_type;
};

struct LocalAlias {
  StringId form;
  uint32_t count;
};

/// Entities are numbered through, in the order in which records are added: by document id.
class LocalEntities {
 public:
  /// `gazetteer` may be null.
  LocalEntities(const schema::Ontology& ontology, const schema::Gazetteer* gazetteer);

  void add(const doc::Record& record);

  uint32_t size() const { return static_cast<uint32_t>(all_.size()); }
  const LocalEntity& operator[](uint32_t i) const { return all_[i]; }
  std::span<const LocalAlias> aliases(uint32_t i) const;
  uint32_t records() const { return static_cast<uint32_t>(first_.size()); }
  /// The number of a record's first entity.
  uint32_t first(uint32_t record) const { return first_[record]; }

  std::string_view text(StringId id) const { return texts_[id]; }
  const core::StringPool& texts() const { return texts_; }
  StringId intern(std::string_view text) { return texts_.intern(text); }
  /// The id of text::name_key(text).
  StringId name_key(StringId text);
  const schema::Gazetteer* gazetteer() const { return gazetteer_; }  // may be null
  /// The gazetteer's entry that an entity is linked to, or nullptr.
  const schema::GazetteerEntry* entry(StringId link) const;
  void set_merge(uint32_t i, StringId key, StringId kind);

  /// Empty for all but people of whom the facts of their document say something.
  Standing standing(uint32_t i) const;
  /// Where it was first met: the id of its document, the place in it, and its number there.
  std::string origin(uint32_t i, std::string_view document) const;

 private:
  struct Placed {  // a standing that is not empty; its lists reach to those of the next one
    uint32_t entity;
    StringId date;
    uint32_t first_country, first_seat;
  };
  void add_entities(const doc::Record& record);
  void tie_positions(const doc::Record& record, uint32_t first);
  void add_standings(const doc::Record& record, uint32_t first);

  const schema::Ontology* ontology_;
  const schema::Gazetteer* gazetteer_;
  schema::RelationId position_in_, holds_position_;
  core::StringPool texts_;
  std::vector<StringId> name_keys_;  // of each text, kNone: not known yet
  std::vector<LocalEntity> all_;
  std::vector<uint32_t> first_;
  std::vector<uint32_t> first_mention_;  // of each entity: a byte of its document
  std::vector<LocalAlias> aliases_;
  std::vector<Placed> placed_;
  std::vector<StringId> countries_;
  std::vector<std::pair<StringId, StringId>> seats_;
};

}  // namespace weft::graph
