// Loads all parts of the schema folder. The order matters: gazetteers refer to the types of the
// ontology.
#include "schema/schema.h"

namespace weft::schema {

Schema Schema::load(const std::filesystem::path& dir) {
  Schema s;
  s.dir = dir;
  s.ontology = Ontology::load(dir / "ontology.json");
  s.gazetteer = Gazetteer::load(dir / "gazetteers", s.ontology);
  s.lexicons = Lexicons::load(dir / "lexicons");
  return s;
}

}  // namespace weft::schema
