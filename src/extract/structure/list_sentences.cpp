// Problem: "Torvik's A and B", "the jury consists of A and B" and "A, a Labour MP" say who is of
// which body without a verb of membership. Method: a run of people joined by commas and "and" takes
// the body before and behind it, or that of the words that introduce it; each person that of an
// apposition or bracket. Cost: linear in tokens and mentions; each looks at a bounded stretch
// around itself. Reference: Hearst 1992.
#include <algorithm>
#include <span>

#include "extract/frames/within.h"
#include "extract/structure/list_text.h"

namespace weft::extract {

namespace {

using core::TokenSpan;
using doc::kNoEntity;
using doc::LocalEntity;
using doc::Mention;
using doc::TokenIndex;

class SentenceLists {
 public:
  explicit SentenceLists(ListText& text) : x(text) {}

  void read_sentence(TokenSpan sentence);

 private:
  bool titled(const Mention& m) const;
  void coordinated(const std::vector<const Mention*>& run, TokenSpan sentence);
  void in_title(const Mention& m);
  void affiliated(const Mention& m, TokenIndex t, TokenIndex end);
  void described(const Mention& m, TokenSpan sentence);
  void introduced(TokenIndex t, TokenSpan sentence);

  ListText& x;
  TokenIndex listed_to = 0;  // the end of the introduced lists so far
};

void SentenceLists::read_sentence(TokenSpan sentence) {
  for (TokenIndex t = sentence.begin; t < sentence.end; ++t) {
    if (!x.person[t]) continue;
    const auto run = x.bare_run(t, sentence.end);
    coordinated(run, sentence);
    introduced(t, sentence);
    for (const Mention* m : run) described(*m, sentence);
    t = run.back()->tokens.end - 1;
  }
}

/// "Judge A": whoever brings an office along need not be of the others' body.
bool SentenceLists::titled(const Mention& m) const {
  for (const Mention& office : begin_in(std::span<const Mention>(x.d.mentions), m.tokens))
    if (office.entity != kNoEntity && x.d.entities[office.entity].type == x.core.position)
      return true;
  return false;
}

/// "Torvik's A and B", "A, B and C of Torvik".
void SentenceLists::coordinated(const std::vector<const Mention*>& run, TokenSpan sentence) {
  const TokenIndex begin = run.front()->tokens.begin, end = run.back()->tokens.end;
  const Mention* behind = x.complement(end, sentence.end);
  // "A and B (both Torvik)", "A, B and C, all of Torvik"
  if ((x.word(end) == "(" || x.word(end) == ",") &&
      (x.word(end + 1) == "both" || x.word(end + 1) == "all")) {
    TokenIndex at = end + 2;
    if (x.word(at) == "of" || x.word(at) == "from") ++at;
    if (const Mention* of = x.body_at(at, sentence.end)) behind = of;
  }
  if (begin >= sentence.begin + 2 && x.possessive(begin - 1))
    if (const Mention* owner = x.body_end[begin - 1])
      for (const Mention* m : run)
        if ((m != run.back() || !behind) && (m == run.front() || x.bodies.has(owner->entity)))
          x.add(*m, owner->entity, kLikelyItem, m == run.front() ? ".owner" : ".owners", false);
  if (!behind || run.size() < 2) return;
  const bool owned = begin > sentence.begin && x.possessive(begin - 1);
  const bool joined = x.word(run.back()->tokens.begin - 1) != ",";  // "A, B of X" is no pair
  for (const Mention* m : run)
    if (m == run.back() || (joined && !owned && !titled(*m)))
      x.add(*m, behind->entity, kLikelyItem, ".coordinated", false);
}

/// "Torvik striker X": the title that the mention of a person takes in.
void SentenceLists::in_title(const Mention& m) {
  const Mention* body = x.body[m.tokens.begin];
  if (!body || body->tokens.end >= m.tokens.end || !x.bodies.has(body->entity)) return;
  for (TokenIndex t = body->tokens.end; t < m.tokens.end; ++t)
    if (x.roles.has(x.word(t))) return x.add(m, body->entity, kLikelyItem, ".role", true);
}

/// "X (Torvik and Kestonia)": the bodies of a bracket.
void SentenceLists::affiliated(const Mention& m, TokenIndex t, TokenIndex end) {
  const TokenIndex first = t;
  while (t < end && t < first + kListLookBack && x.word(t) != ")") {
    const Mention* body = x.body[t];
    if (body && x.bodies.has(body->entity)) x.add(m, body->entity, kLikelyItem, ".bracket", true);
    t = body ? body->tokens.end : t + 1;
  }
}

/// "X, a Labour lawmaker", "X, striker of Torvik": what the apposition calls a person.
void SentenceLists::described(const Mention& m, TokenSpan sentence) {
  TokenIndex t = m.tokens.end;
  in_title(m);
  if (x.word(t) == "(") affiliated(m, t + 1, sentence.end);
  if (x.word(t) != "," && x.word(t) != "(") return;
  ++t;
  // "X, of the Labour Party,"
  if (const Mention* body = x.complement(t, sentence.end))
    return x.add(m, body->entity, kLikelyItem, ".of", false);
  const std::string article = x.word(t);
  if (article == "a" || article == "an" || article == "the") ++t;
  for (TokenIndex n = t; n < sentence.end && n < t + 3; ++n) {
    if (const Mention* body = x.body[n]) {
      TokenIndex role = body->tokens.end;
      if (x.possessive(role)) ++role;
      for (TokenIndex k = role; k < sentence.end && k < role + 3; ++k)
        if (x.roles.has(x.word(k))) {
          if (x.bodies.has(body->entity)) x.add(m, body->entity, kSureItem, ".described", true);
          return;
        }
      return;
    }
    if (x.roles.has(x.word(n))) {
      const std::string link = x.word(n + 1);
      if (link != "of" && link != "for" && link != "from" && link != "in") return;
      const Mention* body = x.body_at(n + 2, sentence.end);
      if (body && x.bodies.has(body->entity)) x.add(m, body->entity, kSureItem, ".described", true);
      return;
    }
    if (x.person[n] || x.separates(n)) return;
  }
}

void SentenceLists::introduced(TokenIndex t, TokenSpan sentence) {
  const ListText::Introduction in = x.introduction(t, sentence.begin);
  if (in.body == kNoEntity || in.open) return;
  x.bodies.mark(in.body);
  if (in.single) {
    if (x.bodies.has(in.body)) x.add(*x.person[t], in.body, kLikelyItem, ".role", true);
    return;
  }
  // A list within a list is as long as its commas: no name is stepped over many times.
  const auto people = t < listed_to ? x.bare_run(t, sentence.end) : x.long_run(t, sentence.end);
  listed_to = std::max(listed_to, people.back()->tokens.end);
  for (const Mention* m : people) x.add(*m, in.body, kLikelyItem, ".introduced", true);
}

}  // namespace

void read_list_sentences(ListText& text) {
  SentenceLists lists(text);
  for (uint32_t s = 0; s < text.d.sentence_count(); ++s)
    if (text.d.is_prose(s)) lists.read_sentence(text.d.sentence(s));
}

}  // namespace weft::extract
