// Figures: the amounts of a sentence with the words that belong to them, and which of them say
// something of a thing.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "extract/figures/amounts.h"
#include "extract/relations/matcher.h"

namespace weft::extract {

/// Lists of schema/lexicons that figures need.
struct FigureWords {
  const schema::WordList& hedges;      // words before a figure that belong to its value ("over")
  const schema::WordList& time_units;  // counted things that are no property ("three years")
  const schema::WordList& rates;       // "a" of "$298 a tonne"
  const schema::WordList& units;       // of measures, with their plurals
};

/// An amount with its hedges, the thing that is counted, and what is read together with it:
/// "over 18.6 billion yuan", "34 of the 101 seats", "CNY 412 million, up 17%".
struct Figure {
  core::TokenSpan span;
  doc::TokenIndex head = doc::kNoToken;  // of the words up to the first amount's end
  AmountKind kind = AmountKind::count;
  bool unit_noun = false;  // ends in a counted thing ("60,000 homes"), not a mere measure
  bool small = false;      // a count of one digit or in words
  bool joined = false;     // a hyphen joins it to the noun behind it: "82-kilometre railway"
};

/// The figures of one sentence, in order, that say something: not years, days, numbers in names or
/// mere labels. `amounts` are the sentence's.
std::vector<Figure> figures_of(const SentenceReading& reading, const FigureWords& words,
                               std::span<const Amount> amounts);

/// The figure as a value: its bytes, but "82-kilometre" as "82 kilometres".
std::string figure_text(const doc::Document& document, const Figure& figure,
                        const FigureWords& words);

}  // namespace weft::extract
