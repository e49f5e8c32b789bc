// weft facts STORE: facts by conditions.
//
// One call of query::facts(). An --object that names no entity is looked for in text values ("Party
// chief").
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_facts(Session& session, OptionSet& options) {
  struct Targets {
    std::string store, subject, object;
    query::FactFilter filter;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.value("-s,--subject", "ENTITY", to->subject, "an id, a label or an alias");
  options.list("-r,--relation", "RELATION", to->filter.relations,
               "this relation (`weft schema relations`); may be given several times");
  options.value("-o,--object", "ENTITY", to->object,
                "an id, a label or an alias, or words of a text value");
  options.value("--since", "DATE", to->filter.since,
                "facts of this time or later: 2024-03-05, 2024-03 or 2024");
  options.value("--until", "DATE", to->filter.until, "facts of this time or earlier");
  options.list("-m,--modality", "MODALITY", to->filter.modalities,
               "asserted, directive (should, must), planned (will) or possible (may); may be given "
               "several times");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const Question question(s, to->store);
    if (!to->subject.empty()) {
      to->filter.subject = question.entity(to->subject);
      if (!to->filter.subject) return s.nothing_found(question.no_such_entity(to->subject));
    }
    if (!to->object.empty()) {
      to->filter.object = question.entity(to->object);
      if (!to->filter.object) to->filter.object_text = to->object;
    }
    const query::Table table = query::facts(question.view(), to->filter);
    if (table.rows.empty() && !to->filter.object_text.empty())
      return s.nothing_found("No fact has such a text value. " +
                             question.no_such_entity(to->object));
    return s.answer(table, "No fact meets these conditions.");
  };
}

}  // namespace weft::cli
