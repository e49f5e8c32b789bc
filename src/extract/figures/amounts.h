// Amounts in the text: money, percentages, measures, and other numbers. The one place that knows
// what an amount is: `weft annotate` shows them, figures/values.cpp asks what they measure.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "doc/document.h"
#include "schema/lexicon.h"

namespace weft::extract {

enum class AmountKind : uint8_t { money, percent, quantity, count };

/// A number with its sign or unit, without hedges ("about"): "US$5-6 million", "18.6 billion yuan",
/// "40 degrees Celsius", "82-kilometre", "5 per cent"; a count is a number alone.
struct Amount {
  core::TokenSpan tokens;
  doc::TokenIndex number = doc::kNoToken;  // the first token of its figure
  AmountKind kind = AmountKind::count;
};

struct AmountLists;

/// Immutable; shared by all threads.
class AmountFinder {
 public:
  /// Throws SetupError if a list of schema/lexicons/amounts.json is missing. `lexicons` must
  /// outlive the object.
  explicit AmountFinder(const schema::Lexicons& lexicons);
  ~AmountFinder();
  /// The amounts of a document's prose in text order, overlapping neither each other nor a time.
  /// Needs tokens, tags and times.
  std::vector<Amount> find(const doc::Document& document) const;

 private:
  std::unique_ptr<const AmountLists> lists_;
};

}  // namespace weft::extract
