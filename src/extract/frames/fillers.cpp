// Problem: the subject of "the construction of the port began" is the port, and that of "the Irish
// company Sliabh Fibre said" is the company by name. Method: an argument's head gives the longest
// mention that covers it; failing that, the mentions of its apposition and modifiers, and, through
// nouns that hand on their complement (a word list), those of their "of" phrase. All readings are
// kept in order, because only the relation knows which types fit. Cost: linear in the size of the
// noun phrase; depth is bounded.
#include "extract/frames/fillers.h"

#include <algorithm>

#include "schema/lexicon.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::TokenIndex;

constexpr unsigned kMaxDepth = 4;  // "the importance of the promotion of the development of X"
constexpr size_t kMaxMentionTokens = 60;

}  // namespace

FillerWords FillerWords::from(const schema::Lexicons& lists) {
  return {lists.list("passing_nouns"), lists.list("example_marks")};
}

MentionIndex::MentionIndex(const doc::Document& document) {
  const uint32_t n = document.token_count();
  begin_.assign(n + 1, 0);
  auto usable = [&](const doc::Mention& m) {
    return m.entity != doc::kNoEntity && !m.tokens.empty() && m.tokens.end <= n &&
           m.tokens.size() <= kMaxMentionTokens;
  };
  for (const doc::Mention& m : document.mentions)
    if (usable(m))
      for (TokenIndex t = m.tokens.begin; t < m.tokens.end; ++t) ++begin_[t + 1];
  for (uint32_t i = 0; i < n; ++i) begin_[i + 1] += begin_[i];
  mention_.resize(begin_[n]);
  std::vector<uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (uint32_t i = 0; i < document.mentions.size(); ++i)
    if (usable(document.mentions[i]))
      for (TokenIndex t = document.mentions[i].tokens.begin; t < document.mentions[i].tokens.end;
           ++t)
        mention_[next[t]++] = i;
  for (uint32_t t = 0; t < n; ++t)
    std::stable_sort(mention_.begin() + begin_[t], mention_.begin() + begin_[t + 1],
                     [&](uint32_t a, uint32_t b) {
                       const doc::Mention &x = document.mentions[a], &y = document.mentions[b];
                       return std::pair(y.head == t, y.tokens.size()) <
                              std::pair(x.head == t, x.tokens.size());
                     });
}

std::span<const uint32_t> MentionIndex::at(TokenIndex token) const {
  return std::span(mention_).subspan(begin_[token], begin_[token + 1] - begin_[token]);
}

void FillerFinder::add_mentions(TokenIndex token, bool passed, Readings& out) const {
  const doc::Document& d = frames_->document();
  const auto at = mentions_->at(token);
  const auto joint = [&](const doc::Mention& m) {
    if (m.form != doc::MentionForm::pronoun) return false;
    return std::any_of(at.begin(), at.end(), [&](uint32_t i) {
      return d.mentions[i].tokens == m.tokens && d.mentions[i].entity != m.entity &&
             d.mentions[i].form == doc::MentionForm::pronoun;
    });
  };
  auto add = [&](const doc::Mention& m) {
    for (const Filler& f : out)
      if (f.entity == m.entity) return;
    out.push_back({m.entity, token, m.confidence, passed, joint(m)});
  };
  for (uint32_t i : at) add(d.mentions[i]);
}

// Mentions inside the noun phrase of a head that is none itself: apposition, name parts, modifiers,
// handed-on complement.
void FillerFinder::add_inner(TokenIndex head, unsigned depth, Readings& out) const {
  if (depth > kMaxDepth) return;
  const doc::Document& d = frames_->document();
  const std::string* passing = words_.passing_nouns.value(d.lemma_of(head));
  const bool sent = passing && *passing == "from";  // "delegates from X", not "diplomats in X"
  const auto children = frames_->children(head);
  for (TokenIndex c : children) {
    const Deprel r = d.deprel[c];
    if (r == Deprel::appos || r == Deprel::flat) {
      add_mentions(c, false, out);
      if (out.empty()) add_inner(c, depth + 1, out);
    }
  }
  if (passing) {
    for (TokenIndex c : children) {
      if (d.deprel[c] != Deprel::nmod) continue;
      const std::string_view p = frames_->preposition(c);
      if (p != "of" && p != "from" && (sent || (p != "in" && p != "for" && p != "to"))) continue;
      for (TokenIndex part : frames_->conjuncts(c)) {
        const size_t before = out.size();
        add_mentions(part, true, out);
        if (out.size() == before) add_inner(part, depth + 1, out);
      }
      if (!out.empty()) break;
    }
    // "its stake in X": X, of which the possessor is none.
    const bool complemented = !out.empty();
    for (TokenIndex c : children)
      if (d.deprel[c] == Deprel::compound || d.deprel[c] == Deprel::amod ||
          (d.deprel[c] == Deprel::nmod_poss && !complemented))
        add_mentions(c, true, out);
  }
}

Readings FillerFinder::readings(TokenIndex head) const {
  Readings out;
  add_mentions(head, false, out);
  if (out.empty()) add_inner(head, 0, out);
  // "Beixin, a designer that FAW bought": a noun in apposition to a name stands for it.
  const doc::TokenIndex named = frames_->document().head[head];
  if (out.empty() && frames_->document().deprel[head] == Deprel::appos && named != doc::kNoToken &&
      frames_->document().upos[head] == doc::Upos::NOUN)
    add_mentions(named, false, out);
  // "the governor Ma Shouren", "ministry spokesperson Lot N.": the names beside the head are
  // further readings.
  const doc::Document& d = frames_->document();
  for (TokenIndex c : frames_->children(head)) {
    const Deprel r = d.deprel[c];
    if (r == Deprel::appos || r == Deprel::flat || r == Deprel::compound ||
        r == Deprel::nmod_desc || r == Deprel::dep || r == Deprel::nmod_unmarked)
      add_mentions(c, false, out);
  }
  return out;
}

std::vector<Readings> FillerFinder::find(TokenIndex head) const {
  const doc::Document& d = frames_->document();
  std::vector<Readings> out;
  for (TokenIndex h : frames_->conjuncts(head)) {
    Readings r = readings(h);
    if (r.empty() && h != head) {
      add_leader(h, out);
      continue;
    }
    // A passed complement may be several things: "the development of A and B".
    if (!r.empty() && r.front().passed) {
      for (size_t i = 1; i < r.size(); ++i)
        if (d.entities[r[i].entity].type == d.entities[r[0].entity].type) out.push_back({r[i]});
    }
    // "They", "both sides": each of them.
    if (!r.empty() && r.front().joint) {
      for (const Filler& f : r)
        if (f.joint) out.push_back({f});
      continue;
    }
    if (!r.empty()) out.push_back(std::move(r));
    add_listed(h, out);
    add_examples(h, out);
    add_leader(h, out);
  }
  return out;
}

// "three towns: A, B and C": beside the first, which stands for the noun, the others do too.
void FillerFinder::add_listed(TokenIndex head, std::vector<Readings>& out) const {
  if (is_mention(head)) return;
  const doc::Document& d = frames_->document();
  for (TokenIndex c : frames_->children(head)) {
    if (d.deprel[c] != Deprel::appos || !is_mention(c)) continue;
    for (TokenIndex part : frames_->conjuncts(c))
      if (part != c && is_mention(part))
        if (Readings r = readings(part); !r.empty()) out.push_back(std::move(r));
  }
}

// "invests in countries such as X and Y": in each of them.
void FillerFinder::add_examples(TokenIndex head, std::vector<Readings>& out) const {
  const doc::Document& d = frames_->document();
  if (d.upos[head] != doc::Upos::NOUN) return;
  for (TokenIndex c : frames_->children(head)) {
    if (d.deprel[c] != Deprel::nmod || !words_.example_marks.has(frames_->preposition(c))) continue;
    for (TokenIndex part : frames_->conjuncts(c))
      if (is_mention(part))
        if (Readings r = readings(part); !r.empty()) out.push_back(std::move(r));
  }
}

// "a delegation led by X visited Y": X did too.
void FillerFinder::add_leader(TokenIndex head, std::vector<Readings>& out) const {
  const doc::Document& d = frames_->document();
  if (d.upos[head] != doc::Upos::NOUN) return;
  for (TokenIndex c : frames_->children(head)) {
    if (d.deprel[c] != Deprel::acl) continue;
    const std::string_view verb = d.lemma_of(c);
    if (verb != "lead" && verb != "head") continue;
    for (TokenIndex by : frames_->children(c))
      if (frames_->preposition(by) == "by")
        if (Readings r = readings(by); !r.empty()) out.push_back(std::move(r));
  }
}

}  // namespace weft::extract
