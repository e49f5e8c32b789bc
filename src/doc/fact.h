// What a text says: qualifiers, evidence, facts and the entities of one document. "No evidence, no
// edge."
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "schema/ontology.h"

namespace weft::doc {

/// Stated as done or being so; should/must/urged to; will/plans to; may/might/expected to
/// (gold/GUIDELINES.md).
enum class Modality : uint8_t { asserted, directive, planned, possible };
enum class Polarity : uint8_t { positive, negative };

std::string_view name(Modality);
std::string_view name(Polarity);
Modality modality_from(std::string_view);  // asserted if unknown
Polarity polarity_from(std::string_view);  // positive if unknown

/// Index of an entity in its document's list (Document::entities, Record::entities).
using LocalEntity = uint32_t;
inline constexpr LocalEntity kNoEntity = 0xffffffffu;

/// The words that prove a fact.
struct Evidence {
  core::ByteSpan span;  // the proving words: usually the sentence, without surrounding white space
  uint32_t sentence = 0;  // index into the document's sentences
  std::string rule;       // the pattern or model that found it, "visited.verb"
  float confidence = 0;   // 0..1
  Modality modality = Modality::asserted;
  Polarity polarity = Polarity::positive;
  std::string time;  // ISO 8601 date, month, year or interval "a/b" of the fact; empty if unknown
  LocalEntity speaker = kNoEntity;  // to whom the document attributes the statement

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// One subject, relation and object with everything that proves it. `object` is kNoEntity for a
/// text value.
struct Fact {
  LocalEntity subject = kNoEntity;
  schema::RelationId relation;
  LocalEntity object = kNoEntity;
  std::string value;               // only for relations whose object is text
  std::vector<Evidence> evidence;  // at least one

  friend bool operator==(const Fact&, const Fact&) = default;
};

/// A surface form met in the document, with the number of times it was met.
struct Alias {
  std::string form;
  uint32_t count = 0;

  friend bool operator==(const Alias&, const Alias&) = default;
};

/// Why a mention is taken to speak of its entity: the rule that joined them.
enum class JoinRule : uint8_t {
  name,           // it bears the entity's full name, or a name equal to it
  gazetteer,      // another name of the same gazetteer entry
  bracket,        // name and bracketed short form stand side by side
  personal_name,  // part of a person's name that only this person bears, or bore last
  titled,         // the name with a title before it
  place_kind,     // a place with or without the word for its kind
  acronym,        // initials of the name
  short_form,     // beginning or end of the one longer name that has it
  office,         // a title that only this office has
  description,    // "the province"
  title,          // "the minister": the one who was named with that title
  pronoun,
  called,  // "the plant, named X", "the park X": a description beside the name of what it describes
  capital,  // a capital that stands for its country's government
};
std::string_view name(JoinRule);
/// name if unknown.
JoinRule join_rule_from(std::string_view);

/// A mention that something else than its name joined to its entity.
struct Joined {
  core::ByteSpan span;
  JoinRule rule = JoinRule::name;

  friend bool operator==(const Joined&, const Joined&) = default;
};

/// One thing that the document speaks of. Its facts say the rest.
struct Entity {
  schema::TypeId type;
  std::string kind;  // "province"; empty if none
  std::string
      label;  // fullest proper form: the gazetteer's name, or the fullest form in the document
  std::string link;  // key of the gazetteer entry it was linked to, "place/jiangxi"; empty if none
  std::vector<Alias> aliases;  // surface forms, most frequent first, ties by first appearance
  std::vector<core::ByteSpan> mentions;  // in text order, without pronouns' spans
  std::vector<Joined>
      joined;  // the mentions, and pronouns, that no equal name joined; in text order

  friend bool operator==(const Entity&, const Entity&) = default;
};

}  // namespace weft::doc
