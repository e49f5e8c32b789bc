// Problem: "the mayor of Paris, Anne Hidalgo, who left on Monday" is one subtree, but the argument
// of a clause is "the mayor of Paris". Method: breadth first from the head, leaving out what says
// something of its own (it makes triples of its own), then punctuation at the edges. Cost: linear
// in the subtree. Reference: Gashteovski et al. 2017 (MinIE) for what to leave out.
#include "extract/open/phrases.h"

#include <algorithm>

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoToken;
using doc::TokenIndex;
using doc::Upos;
using doc::Xpos;

bool hangs_loosely(Deprel r) {
  return r == Deprel::parataxis || r == Deprel::discourse || r == Deprel::vocative ||
         r == Deprel::list || r == Deprel::dislocated || r == Deprel::reparandum;
}

bool left_out(Deprel r, PhraseCut cut, bool possessive) {
  if (hangs_loosely(r)) return true;
  if (cut == PhraseCut::clause) return false;
  if (r == Deprel::appos || r == Deprel::acl_relcl || r == Deprel::advcl || r == Deprel::cop)
    return true;
  if (cut == PhraseCut::predicate)
    return is_subject(r) || r == Deprel::aux || r == Deprel::mark || r == Deprel::expl ||
           r == Deprel::ccomp;
  if (r == Deprel::nsubj) return true;
  return cut == PhraseCut::subject &&
         ((r == Deprel::case_ && !possessive) || r == Deprel::cc || r == Deprel::mark ||
          r == Deprel::obl || r == Deprel::expl || r == Deprel::aux);
}

// "is at home and works": a clause joined to a word that is none.
bool is_joined_clause(const SentenceFrames& frames, TokenIndex token, TokenIndex head) {
  const doc::Document& d = frames.document();
  if (d.deprel[token] != Deprel::conj) return false;
  const auto verbal = [&](TokenIndex t) {
    return d.upos[t] == Upos::VERB || d.upos[t] == Upos::AUX;
  };
  return frames.child(token, Deprel::cop) != kNoToken || own_subject(frames, token) != kNoToken ||
         (verbal(token) && d.upos[head] != Upos::VERB && d.upos[head] != Upos::ADJ);
}

// Takes punctuation from the edges, unless it is one of two quotation marks or brackets.
void trim(const doc::Document& d, Tokens& words) {
  const auto pairs = [&](TokenIndex t) {
    const Xpos x = d.xpos[t];
    return x == Xpos::OPEN_QUOTE || x == Xpos::CLOSE_QUOTE || x == Xpos::LRB || x == Xpos::RRB ||
           d.norm_of(t) == "\"";
  };
  const auto loose = [&](TokenIndex t) {
    return d.upos[t] == Upos::PUNCT || d.deprel[t] == Deprel::cc;
  };
  const auto pairs_in = [&] { return std::count_if(words.begin(), words.end(), pairs) > 1; };
  while (words.size() > 1 && loose(words.front()) && !(pairs(words.front()) && pairs_in()))
    words.erase(words.begin());
  while (words.size() > 1 && loose(words.back()) && !(pairs(words.back()) && pairs_in()))
    words.pop_back();
}

}  // namespace

bool is_subject(Deprel r) {
  return r == Deprel::nsubj || r == Deprel::nsubj_pass || r == Deprel::nsubj_outer ||
         r == Deprel::csubj || r == Deprel::csubj_pass || r == Deprel::csubj_outer;
}

TokenIndex own_subject(const SentenceFrames& frames, TokenIndex head) {
  const doc::Document& d = frames.document();
  for (TokenIndex c : frames.children(head))
    if (is_subject(d.deprel[c]) && d.xpos[c] != Xpos::EX) return c;
  return kNoToken;
}

bool is_relative_word(const doc::Document& d, TokenIndex t) {
  const Xpos x = d.xpos[t];
  return x == Xpos::WDT || x == Xpos::WP || x == Xpos::WRB || x == Xpos::WP_S;
}

Tokens phrase_words(const SentenceFrames& frames, TokenIndex head, PhraseCut cut,
                    const Tokens& without) {
  const doc::Document& d = frames.document();
  Tokens words{head};
  for (size_t i = 0; i < words.size(); ++i) {
    const bool top = words[i] == head;
    for (TokenIndex c : frames.children(words[i])) {
      const Deprel r = d.deprel[c];
      if (top ? left_out(r, cut, d.xpos[c] == Xpos::POS) : hangs_loosely(r)) continue;
      if (top && std::find(without.begin(), without.end(), c) != without.end()) continue;
      if (top && cut != PhraseCut::clause && is_joined_clause(frames, c, head)) continue;
      if (!top && cut != PhraseCut::clause && r == Deprel::acl_relcl) continue;
      words.push_back(c);
    }
  }
  std::sort(words.begin(), words.end());
  trim(d, words);
  return words;
}

OpenPhrase phrase_of(const doc::Document& d, Tokens words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  OpenPhrase out;
  const auto blank = [](char c) { return c == '\n' || c == '\r' || c == '\t' || c == ' '; };
  for (size_t i = 0; i < words.size();) {
    size_t j = i + 1;
    while (j < words.size() && words[j] == words[j - 1] + 1) ++j;
    const core::ByteSpan span = d.byte_span({words[i], words[j - 1] + 1});
    if (!out.text.empty()) out.text += ' ';
    for (const char c : d.bytes(span))
      if (!blank(c))
        out.text += c;
      else if (!out.text.empty() && out.text.back() != ' ')
        out.text += ' ';
    out.stretches.push_back(span);
    i = j;
  }
  return out;
}

}  // namespace weft::extract
