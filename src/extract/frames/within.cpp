// Binary searches over columns that are sorted by their first token.
#include "extract/frames/within.h"

#include "text/ascii.h"

namespace weft::extract {

std::span<const doc::Mention> mentions_in(const doc::Document& document, core::TokenSpan sentence) {
  return begin_in(std::span(document.mentions), sentence);
}

std::span<const doc::TimeExpression> times_in(const doc::Document& document,
                                              core::TokenSpan sentence) {
  return begin_in(std::span(document.times), sentence);
}

bool names_what_follows(const doc::Document& document, const doc::Mention& mention,
                        schema::TypeId position) {
  if (document.head.size() != document.token_count() ||
      document.deprel[mention.head] != doc::Deprel::compound)
    return false;
  const doc::TokenIndex noun = document.head[mention.head];
  if (noun < mention.tokens.end || noun >= document.token_count() ||
      document.upos[noun] != doc::Upos::NOUN)
    return false;
  const std::span<const doc::Mention> between =
      begin_in(std::span(document.mentions), {mention.tokens.begin, noun + 1});
  return std::none_of(between.begin(), between.end(), [&](const doc::Mention& m) {
    return m.tokens.contains(noun) && m.entity != doc::kNoEntity &&
           document.entities[m.entity].type == position;
  });
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

const std::string* head_in(const doc::Document& document, const doc::Mention& mention,
                           const schema::WordList& heads) {
  const doc::TokenIndex head =
      mention.head == doc::kNoToken ? mention.tokens.end - 1 : mention.head;
  return heads.value(text::lower_ascii(document.lemma_of(head)));
}

bool is_gathering(const doc::Document& document, const doc::Mention& event,
                  const schema::WordList& event_heads) {
  const std::string* kind = head_in(document, event, event_heads);
  return !kind || *kind != "disaster";
}

}  // namespace weft::extract
