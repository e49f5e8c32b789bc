// Binary searches over columns that are sorted by their first token.
#include "extract/within.h"

namespace weft::extract {

std::span<const doc::Mention> mentions_in(const doc::Document& document, core::TokenSpan sentence) {
  return begin_in(std::span(document.mentions), sentence);
}

std::span<const doc::TimeExpression> times_in(const doc::Document& document,
                                              core::TokenSpan sentence) {
  return begin_in(std::span(document.times), sentence);
}

std::span<const doc::NameSpan> names_meeting(const doc::Document& document, core::TokenSpan span) {
  const auto& all = document.names;  // without overlap: their ends stand in order too
  const auto first = std::upper_bound(
      all.begin(), all.end(), span.begin,
      [](doc::TokenIndex t, const doc::NameSpan& name) { return t < name.tokens.end; });
  auto last = first;
  while (last != all.end() && last->tokens.begin < span.end) ++last;
  return {first, last};
}

}  // namespace weft::extract
