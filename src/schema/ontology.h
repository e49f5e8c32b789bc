// The ontology: which types of entities and relations exist, and what may be related to what. All
// of it is read from schema/ontology.json; code refers to a type by number, and to the few it must
// know by the names in CoreTypes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/id.h"

namespace weft::schema {

using TypeId = core::Id<struct TypeTag, uint16_t>;
using RelationId = core::Id<struct RelationTag, uint16_t>;

struct EntityType {
  std::string name;  // "Person"
  std::string description;
  std::string color;  // "#rrggbb", one colour a type in all formats
  std::vector<std::string>
      kinds;  // allowed values of an entity's `kind`; empty if the type has none
  std::string wikidata, schema_org;
  std::vector<std::string> examples;
};

struct RelationType {
  std::string name;     // "visited"
  std::string inverse;  // "visited by", for reading an edge backwards
  std::string description;
  bool symmetric = false;
  bool text_object = false;    // the object is text (serves_as, has_value)
  std::vector<TypeId> domain;  // allowed subject types
  std::vector<TypeId> range;   // allowed object types; empty if text_object
  std::string wikidata, schema_org;
};

/// The types the program itself refers to.
struct CoreTypes {
  TypeId person, organization, place, facility, position, initiative, theme, industry, event, work,
      product, group;
};

/// Immutable after loading; shared by all threads.
class Ontology {
 public:
  /// Throws SetupError with file and place on a fault.
  static Ontology load(const std::filesystem::path& file);

  const std::vector<EntityType>& types() const { return types_; }
  const std::vector<RelationType>& relations() const { return relations_; }
  const EntityType& operator[](TypeId id) const { return types_[id.value]; }
  const RelationType& operator[](RelationId id) const { return relations_[id.value]; }
  /// Invalid id if there is no such name.
  TypeId type(std::string_view name) const;
  RelationId relation(std::string_view name) const;
  const CoreTypes& core() const { return core_; }
  /// True if the relation may hold between a subject and an object of these types (in this
  /// direction).
  bool allows(RelationId relation, TypeId subject, TypeId object) const;
  bool allows_subject(RelationId relation, TypeId subject) const;

 private:
  std::vector<EntityType> types_;
  std::vector<RelationType> relations_;
  CoreTypes core_;
};

/// The folder schema/: `explicit_dir` if not empty, else $WEFT_SCHEMA, else beside the installed
/// program, else the source tree this program was built from. Throws SetupError saying where it
/// looked.
std::filesystem::path find_schema_dir(const std::filesystem::path& explicit_dir = {});

}  // namespace weft::schema
