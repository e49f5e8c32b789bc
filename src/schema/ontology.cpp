// Loads and checks schema/ontology.json. The file is small (a few dozen rows), so look-ups by name
// are linear scans made once when a rule or a record is read.
#include "schema/ontology.h"

#include <algorithm>
#include <cstdlib>

#include "core/error.h"
#include "core/json_file.h"

namespace weft::schema {

namespace {

namespace fs = std::filesystem;
using rapidjson::Value;

std::vector<std::string> strings(const Value& object, const char* key) {
  std::vector<std::string> out;
  auto it = object.FindMember(key);
  if (it == object.MemberEnd() || !it->value.IsArray()) return out;
  for (const Value& v : it->value.GetArray())
    if (v.IsString()) out.emplace_back(v.GetString(), v.GetStringLength());
  return out;
}

bool flag(const Value& object, const char* key) {
  auto it = object.FindMember(key);
  return it != object.MemberEnd() && it->value.IsBool() && it->value.GetBool();
}

const Value& rows(const Value& json, const char* key, const std::string& file) {
  auto it = json.FindMember(key);
  if (it == json.MemberEnd() || !it->value.IsArray())
    throw core::SetupError(file + ": there is no list \"" + key +
                           "\". The ontology needs types and relations.");
  return it->value;
}

EntityType read_type(const Value& v, const std::string& file) {
  EntityType t;
  t.name = core::required_string(v, "name", file);
  t.description = core::required_string(v, "description", file);
  t.color = core::required_string(v, "color", file);
  t.kinds = strings(v, "kinds");
  t.wikidata = core::optional_string(v, "wikidata");
  t.schema_org = core::optional_string(v, "schema_org");
  t.examples = strings(v, "examples");
  return t;
}

std::vector<TypeId> read_types(const Value& v, const char* key, const Ontology& ontology,
                               const std::string& file, const std::string& relation) {
  std::vector<TypeId> out;
  for (const std::string& name : strings(v, key)) {
    const TypeId id = ontology.type(name);
    if (!id)
      throw core::SetupError(file + ": relation \"" + relation + "\" names the type \"" + name +
                             "\" in its " + key + ", but there is no such type.");
    out.push_back(id);
  }
  return out;
}

}  // namespace

Ontology Ontology::load(const fs::path& path) {
  const std::string file = path.string();
  const rapidjson::Document json = core::read_json_file(path);
  if (!json.IsObject()) throw core::SetupError(file + ": the ontology must be a JSON object.");
  Ontology o;
  for (const Value& v : rows(json, "types", file).GetArray()) {
    o.types_.push_back(read_type(v, file));
    if (o.type(o.types_.back().name).value + 1u != o.types_.size())
      throw core::SetupError(file + ": the type \"" + o.types_.back().name + "\" is there twice.");
  }
  for (const Value& v : rows(json, "relations", file).GetArray()) {
    RelationType r;
    r.name = core::required_string(v, "name", file);
    if (o.relation(r.name))
      throw core::SetupError(file + ": the relation \"" + r.name + "\" is there twice.");
    r.inverse = core::required_string(v, "inverse", file);
    r.description = core::required_string(v, "description", file);
    r.symmetric = flag(v, "symmetric");
    r.text_object = flag(v, "text_object");
    r.domain = read_types(v, "domain", o, file, r.name);
    r.range = read_types(v, "range", o, file, r.name);
    r.wikidata = core::optional_string(v, "wikidata");
    r.schema_org = core::optional_string(v, "schema_org");
    if (r.domain.empty() || r.range.empty() != r.text_object)
      throw core::SetupError(file + ": the relation \"" + r.name +
                             "\" needs a domain, and a range exactly if its object is not text.");
    o.relations_.push_back(std::move(r));
  }
  const std::pair<TypeId CoreTypes::*, const char*> core[] = {
      {&CoreTypes::person, "Person"},     {&CoreTypes::organization, "Organization"},
      {&CoreTypes::place, "Place"},       {&CoreTypes::facility, "Facility"},
      {&CoreTypes::position, "Position"}, {&CoreTypes::initiative, "Initiative"},
      {&CoreTypes::theme, "Theme"},       {&CoreTypes::industry, "Industry"},
      {&CoreTypes::event, "Event"},       {&CoreTypes::work, "Work"},
      {&CoreTypes::product, "Product"},   {&CoreTypes::group, "Group"}};
  for (const auto& [slot, name] : core) {
    o.core_.*slot = o.type(name);
    if (!(o.core_.*slot))
      throw core::SetupError(file + ": the program needs the type \"" + name + "\".");
  }
  return o;
}

TypeId Ontology::type(std::string_view name) const {
  const auto it = std::find_if(types_.begin(), types_.end(),
                               [&](const EntityType& t) { return t.name == name; });
  return it == types_.end() ? TypeId() : TypeId(static_cast<uint16_t>(it - types_.begin()));
}

RelationId Ontology::relation(std::string_view name) const {
  const auto it = std::find_if(relations_.begin(), relations_.end(),
                               [&](const RelationType& r) { return r.name == name; });
  return it == relations_.end() ? RelationId()
                                : RelationId(static_cast<uint16_t>(it - relations_.begin()));
}

bool Ontology::allows_subject(RelationId relation, TypeId subject) const {
  const auto& domain = (*this)[relation].domain;
  return std::find(domain.begin(), domain.end(), subject) != domain.end();
}

bool Ontology::allows(RelationId relation, TypeId subject, TypeId object) const {
  const RelationType& r = (*this)[relation];
  return allows_subject(relation, subject) &&
         std::find(r.range.begin(), r.range.end(), object) != r.range.end();
}

fs::path find_schema_dir(const fs::path& explicit_dir) {
  std::vector<fs::path> places;
  if (!explicit_dir.empty()) {
    places = {explicit_dir};
  } else if (const char* env = std::getenv("WEFT_SCHEMA"); env && *env) {
    places = {env};
  } else {
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    if (!program.empty())
      places.push_back(program.parent_path() / ".." / "share" / "weft" / "schema");
    places.emplace_back(WEFT_SOURCE_SCHEMA_DIR);
    places.emplace_back(WEFT_INSTALLED_SCHEMA_DIR);
  }
  std::string looked;
  for (const fs::path& place : places) {
    std::error_code ignored;
    if (fs::is_regular_file(place / "ontology.json", ignored)) return place.lexically_normal();
    looked += (looked.empty() ? "" : ", ") + place.lexically_normal().string();
  }
  throw core::SetupError("There is no schema folder with an ontology.json in: " + looked +
                         ". Name it with --schema DIR or the variable WEFT_SCHEMA.");
}

}  // namespace weft::schema
