// weft explain STORE WHAT: why the mentions of an entity were merged, or what gave a fact.
//
// Reads the records again and resolves them as the build did: what joined which mention is not kept
// in the graph.
#include "query/explain.h"

#include <memory>
#include <set>

#include "cli/commands.h"
#include "cli/question.h"
#include "schema/schema.h"
#include "store/snapshot.h"

namespace weft::cli {

namespace {

struct Targets {
  std::string store;
  std::vector<std::string> what;
};

core::ExitCode run_explain(Session& session, const Targets& to) {
  const auto store = store::Store::open(to.store);
  const store::Snapshot state(store);  // the graph and the records that it was made of
  const Question question(session, store);
  std::string text;
  for (const std::string& word : to.what) text += (text.empty() ? "" : " ") + word;
  std::optional<graph::NodeIndex> node;
  std::string problem;
  std::vector<query::FactRef> facts;
  // An entity's name comes first, but three words are a fact before they are a name.
  if (to.what.size() != 3) node = question.entity(text);
  if (!node) facts = query::find_facts(question.view(), question.names(), to.what, problem);
  if (!node && facts.empty()) node = question.entity(text);
  if (!node && facts.empty())
    return session.nothing_found("Nothing is called \"" + text + "\", and " +
                                 "no fact is named so: " + problem);

  const auto schema = schema::Schema::load(session.schema_dir());
  const query::TextOf text_of = [&](const std::string& id) {
    return store.text(id).value_or(std::string());
  };
  const graph::Graph& g = question.view().graph;
  std::set<std::string> ids;
  if (node) ids.insert(g.nodes[*node].id);
  for (const query::FactRef& f : facts) {
    ids.insert(g.nodes[f.is_edge ? g.edges[f.edge].source : f.node].id);
    if (f.is_edge) ids.insert(g.nodes[g.edges[f.edge].target].id);
  }
  const graph::Joints joints = graph::joints_of(ids, store, schema.ontology, &schema.gazetteer);
  if (node) return session.answer(query::explain_node(joints.begin()->second, text_of), "");
  return session.answer(query::explain_facts(question.view(), facts, text_of, session.schema_dir(),
                                             schema.lexicons, joints),
                        "");
}

}  // namespace

Run declare_explain(Session& session, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.arguments(
      "WHAT", to->what, 1,
      "an entity (id, label or alias), the id of an edge, or SUBJECT RELATION OBJECT");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) { return run_explain(s, *to); };
}

}  // namespace weft::cli
