// The mentions, times and names of one stretch of tokens: all stand in text order, so that asking
// for those of a sentence costs no look at the others.
#pragma once

#include <algorithm>
#include <span>

#include "doc/document.h"
#include "schema/lexicon.h"

namespace weft::extract {

/// Those of `all` (in text order, with their `tokens`) that begin in `sentence`, by binary search.
template <class T>
std::span<const T> begin_in(std::span<const T> all, core::TokenSpan sentence) {
  const auto before = [](const T& item, doc::TokenIndex t) { return item.tokens.begin < t; };
  const auto first = std::lower_bound(all.begin(), all.end(), sentence.begin, before);
  return {first, std::lower_bound(first, all.end(), sentence.end, before)};
}

/// Those that begin in `sentence`; none reaches beyond its sentence.
std::span<const doc::Mention> mentions_in(const doc::Document& document, core::TokenSpan sentence);
std::span<const doc::TimeExpression> times_in(const doc::Document& document,
                                              core::TokenSpan sentence);
/// True if the mention only says what the noun behind it is, which isn't a holder of `position`: in
/// "Sweden's NATO membership" the membership is Sweden's, in "Brazil's Supreme Court judge" the
/// court.
bool names_what_follows(const doc::Document& document, const doc::Mention& mention,
                        schema::TypeId position);
/// The value of the mention's head noun, by its lemma, in the list; null if it isn't there.
const std::string* head_in(const doc::Document& document, const doc::Mention& mention,
                           const schema::WordList& heads);
/// True if the mention's noun is one of an event that people go to: a summit, no earthquake.
/// `event_heads`: nouns of events with their classes.
bool is_gathering(const doc::Document& document, const doc::Mention& event,
                  const schema::WordList& event_heads);
/// The tagger's names that overlap the span.
std::span<const doc::NameSpan> names_meeting(const doc::Document& document, core::TokenSpan span);

}  // namespace weft::extract
