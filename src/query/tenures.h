// Who is said to hold which office, and when.
#pragma once

#include <optional>
#include <vector>

#include "query/dates.h"
#include "query/functions.h"

namespace weft::query {

/// One person and one office, by what is stated and not denied. The span reaches from the first to
/// the last day for which some piece of evidence says so (its own time, else its document's date);
/// nothing if no piece has a date.
struct Tenure {
  graph::NodeIndex office = 0, holder = 0;
  graph::EdgeIndex edge = 0;
  std::optional<DayRange> days;
};

/// In order of edges. Throws SetupError if the ontology has no relation "holds_position".
std::vector<Tenure> tenures(View view);

/// The bodies and places that an office belongs to ("position_in"), by office.
std::vector<std::vector<graph::NodeIndex>> bodies_of_offices(View view);

}  // namespace weft::query
