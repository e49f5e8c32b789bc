// weft claims STORE: what is reported as somebody's word.
//
// One call of query::claims().
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_claims(Session& session, OptionSet& options) {
  struct Targets {
    std::string store, speaker, about;
    query::ClaimFilter filter;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.value("-s,--speaker", "ENTITY", to->speaker,
                "whose words: an id, a label or an alias (default: anybody's)");
  options.value("-a,--about", "ENTITY", to->about, "only what is said of this entity");
  options.list("-r,--relation", "RELATION", to->filter.relations,
               "only this relation; may be given several times");
  options.list("-m,--modality", "MODALITY", to->filter.modalities,
               "asserted, directive (should, must), planned (will) or possible (may); may be given "
               "several times");
  options.value("--since", "DATE", to->filter.span.since,
                "said in documents of this date or later: 2024-03-05, 2024-03 or 2024");
  options.value("--until", "DATE", to->filter.span.until,
                "said in documents of this date or earlier");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const Question question(s, to->store);
    if (!to->speaker.empty()) {
      to->filter.speaker = question.entity(to->speaker);
      if (!to->filter.speaker) return s.nothing_found(question.no_such_entity(to->speaker));
    }
    if (!to->about.empty()) {
      to->filter.about = question.entity(to->about);
      if (!to->filter.about) return s.nothing_found(question.no_such_entity(to->about));
    }
    return s.answer(query::claims(question.view(), to->filter), "No such claim is reported.");
  };
}

}  // namespace weft::cli
