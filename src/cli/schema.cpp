// weft schema: the types and relations there are.
//
// One call of query::schema_listing() on the ontology; needs no store.
#include <memory>

#include "cli/commands.h"
#include "query/functions.h"

namespace weft::cli {

Run declare_schema(Session& session, OptionSet& options) {
  const auto what = std::make_shared<std::string>();
  options.optional_argument("WHAT", *what,
                            "\"types\", \"relations\" or the name of one of them (default: all)");
  session.declare_format(options);
  return [what](Session& s) {
    const auto ontology = schema::Ontology::load(s.schema_dir() / "ontology.json");
    return s.answer(query::schema_listing(ontology, *what), "");
  };
}

}  // namespace weft::cli
