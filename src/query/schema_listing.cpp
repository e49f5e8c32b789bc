// Lists what the ontology knows, from the ontology itself, so that help and data can't disagree.
#include "core/error.h"
#include "query/functions.h"
#include "query/vocabulary.h"

namespace weft::query {

namespace {

std::vector<std::string> names_of(const schema::Ontology& ontology,
                                  const std::vector<schema::TypeId>& types) {
  std::vector<std::string> out;
  for (const schema::TypeId t : types) out.push_back(ontology[t].name);
  return out;
}

Cell list_or_nothing(std::vector<std::string> list) {
  if (list.empty()) return std::monostate();
  return list;
}

}  // namespace

Table schema_listing(const schema::Ontology& ontology, std::string_view only) {
  Table table;
  table.columns = {{"part", Show::always, "", true},
                   {"name"},
                   {"description"},
                   {"subject", Show::if_unusual},
                   {"object", Show::if_unusual},
                   {"inverse", Show::on_request},
                   {"symmetric", Show::on_request},
                   {"kinds", Show::if_unusual},
                   {"examples", Show::on_request},
                   {"color", Show::on_request},
                   {"wikidata", Show::on_request},
                   {"schema_org", Show::on_request}};
  const std::string wanted = plain_word(only);
  std::vector<std::string> known{"types", "relations"};
  for (const schema::EntityType& t : ontology.types()) {
    known.push_back(t.name);
    if (!wanted.empty() && wanted != "types" && wanted != plain_word(t.name)) continue;
    table.rows.push_back({std::string("type"), t.name, t.description, Cell(), Cell(), Cell(),
                          Cell(), list_or_nothing(t.kinds), list_or_nothing(t.examples), t.color,
                          text_or_nothing(t.wikidata), text_or_nothing(t.schema_org)});
  }
  for (const schema::RelationType& r : ontology.relations()) {
    known.push_back(r.name);
    const bool named = wanted == plain_word(r.name) || wanted == plain_word(r.inverse);
    if (!wanted.empty() && wanted != "relations" && !named) continue;
    table.rows.push_back(
        {std::string("relation"), r.name, r.description, names_of(ontology, r.domain),
         r.text_object ? Cell(std::string("text")) : Cell(names_of(ontology, r.range)), r.inverse,
         std::string(r.symmetric ? "yes" : "no"), Cell(), Cell(), Cell(),
         text_or_nothing(r.wikidata), text_or_nothing(r.schema_org)});
  }
  if (table.rows.empty())
    throw core::SetupError("The schema has no type or relation \"" + std::string(only) + "\"." +
                           did_you_mean(only, known));
  return table;
}

}  // namespace weft::query
