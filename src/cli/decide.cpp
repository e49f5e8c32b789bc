// weft same, weft different, weft decisions: what people know better.
//
// A decision is stored in the store and the graph is made anew at once, from the records and all
// decisions; every later build does the same.
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"
#include "pipeline/weave.h"
#include "text/fold.h"

namespace weft::cli {

namespace {

constexpr unsigned kMostDecisions = 1'000'000'000;

struct Targets {
  std::string store, a, b, undo;
  bool open = false;
};

void weave_again(Session& session, store::Store& store) {
  const auto schema = schema::Schema::load(session.schema_dir());
  pipeline::weave(store, schema, store.meta("graph_fingerprint"), false, true);
}

/// The entity that the user means. The name is the one that was typed if the entity bears it: "WHO"
/// may be what is wrong about an organization that has it as an alias.
store::Decision::Side side_of(const Question& question, const std::string& text) {
  const auto node = question.entity(text);
  if (!node) throw core::SetupError(question.no_such_entity(text));
  const graph::Node& n = question.view().graph.nodes[*node];
  store::Decision::Side side{n.id, question.view().ontology[n.type].name, n.label};
  for (const doc::Alias& alias : n.aliases)
    if (text::name_key(alias.form) == text::name_key(text)) side.name = alias.form;
  return side;
}

core::ExitCode run_decision(Session& session, const Targets& to, store::DecisionKind kind) {
  store::Decision decision;
  decision.kind = kind;
  {
    const Question question(session, to.store);
    decision.a = side_of(question, to.a);
    decision.b = side_of(question, to.b);
  }
  const bool same = kind == store::DecisionKind::same;
  const std::string pair = decision.a.name + " (" + decision.a.id + ") and " + decision.b.name +
                           " (" + decision.b.id + ")";
  if (decision.a.id == decision.b.id &&
      (same || text::name_key(decision.a.name) == text::name_key(decision.b.name)))
    throw core::SetupError("Both names lead to " + decision.a.id +
                           (same ? ", so they are the same already."
                                 : ". Name two forms of it that mean different things."));
  auto store = store::Store::open_for_writing(to.store);
  const int64_t number = store.add_decision(decision);
  weave_again(session, store);
  session.note("Decision " + std::to_string(number) + ": " + pair + " are " +
               (same ? "the same." : "different.") + " Take it back with: weft decisions " +
               to.store + " --undo " + std::to_string(number));
  return core::ExitCode::ok;
}

/// The pairs that may be the same and wait for a decision.
core::ExitCode list_open(Session& session, const Targets& to) {
  const Question question(session, to.store);
  const graph::Graph& g = question.view().graph;
  query::Table table;
  table.columns = {{"a"}, {"a_id"}, {"b"}, {"b_id"}, {"reason"}};
  for (const graph::MaybeSame& m : g.maybe_same)
    table.rows.push_back(
        {g.nodes[m.a].label, g.nodes[m.a].id, g.nodes[m.b].label, g.nodes[m.b].id, m.reason});
  return session.answer(table, "Nothing is in doubt.");
}

core::ExitCode run_decisions(Session& session, const Targets& to) {
  if (!to.undo.empty()) {
    const unsigned number = whole_number(to.undo, "--undo", kMostDecisions);
    (void)store::Store::open(to.store);
    auto store = store::Store::open_for_writing(to.store);
    if (!store.remove_decision(number))
      throw core::SetupError("There is no decision " + to.undo + " in " + to.store +
                             ". `weft decisions` lists those there are.");
    weave_again(session, store);
    session.note("Decision " + to.undo + " was taken back.");
    return core::ExitCode::ok;
  }
  if (to.open) return list_open(session, to);
  query::Table table;
  table.columns = {{"number"}, {"decision"}, {"a"}, {"a_id"}, {"b"}, {"b_id"}};
  for (const store::Decision& d : store::Store::open(to.store).decisions())
    table.rows.push_back({d.number,
                          std::string(d.kind == store::DecisionKind::same ? "same" : "different"),
                          d.a.name, d.a.id, d.b.name, d.b.id});
  return session.answer(table, "No decisions were made about this store.");
}

Run declare_decision(OptionSet& options, store::DecisionKind kind) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("A", to->a, "an entity: its id, label or an alias");
  options.argument("B", to->b, "another one");
  return [to, kind](Session& s) { return run_decision(s, *to, kind); };
}

}  // namespace

Run declare_same(Session&, OptionSet& options) {
  return declare_decision(options, store::DecisionKind::same);
}

Run declare_different(Session&, OptionSet& options) {
  return declare_decision(options, store::DecisionKind::different);
}

Run declare_decisions(Session& session, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.value("--undo", "N", to->undo, "take decision N back");
  options.flag("--open", to->open,
               "list instead the pairs that may be one thing but were not merged, with the reason");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) { return run_decisions(s, *to); };
}

}  // namespace weft::cli
