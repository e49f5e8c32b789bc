// What people decided about entities. Decisions are rows of their own that no rebuild touches; the
// graph is made anew from the records and from them (graph/resolve.h).
#include "core/error.h"
#include "store/store.h"

namespace weft::store {

namespace {

constexpr const char* kSame = "same";
constexpr const char* kDifferent = "different";

bool about_the_same(const Decision& x, const Decision& y) {
  const auto side = [](const Decision::Side& s, const Decision::Side& t) {
    return s.id == t.id && s.name == t.name;
  };
  return (side(x.a, y.a) && side(x.b, y.b)) || (side(x.a, y.b) && side(x.b, y.a));
}

}  // namespace

int64_t Store::add_decision(const Decision& d) {
  for (const Decision& old : decisions()) {
    if (!about_the_same(old, d)) continue;
    throw core::SetupError(
        "Decision " + std::to_string(old.number) + " says already that these two are " +
        (old.kind == DecisionKind::same ? "the same" : "different") +
        (old.kind == d.kind
             ? "."
             : ". Take it back first: weft decisions STORE --undo " + std::to_string(old.number)));
  }
  begin_if_needed();
  Statement row(*database_,
                "INSERT INTO decisions (kind, a, a_type, a_name, b, b_type, b_name)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)");
  row.bind(1, d.kind == DecisionKind::same ? kSame : kDifferent);
  row.bind(2, d.a.id).bind(3, d.a.type).bind(4, d.a.name);
  row.bind(5, d.b.id).bind(6, d.b.type).bind(7, d.b.name).run();
  return database_->last_row();
}

bool Store::remove_decision(int64_t number) {
  begin_if_needed();
  Statement(*database_, "DELETE FROM decisions WHERE number = ?").bind(1, number).run();
  return database_->changes() > 0;
}

std::vector<Decision> Store::decisions() const {
  std::vector<Decision> out;
  Statement row(*database_,
                "SELECT number, kind, a, a_type, a_name, b, b_type, b_name FROM decisions"
                " ORDER BY number");
  while (row.step()) {
    Decision d;
    d.number = row.integer(0);
    d.kind = row.text(1) == kDifferent ? DecisionKind::different : DecisionKind::same;
    d.a = {std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))};
    d.b = {std::string(row.text(5)), std::string(row.text(6)), std::string(row.text(7))};
    out.push_back(std::move(d));
  }
  return out;
}

}  // namespace weft::store
