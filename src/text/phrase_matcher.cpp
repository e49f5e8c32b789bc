// Aho-Corasick over word ids. The program starts anew for each question, so making the automaton
// must be quick: the phrases are sorted, which lets the trie be written front to back into flat
// arrays (no node is ever inserted into), and the root, which has tens of thousands of children, is
// a table. Compiling costs O(n log n) in the phrases, a match O(words + matches). Reference: A. Aho
// and M. Corasick, "Efficient string matching", CACM 18 (1975).
#include "text/phrase_matcher.h"

#include <algorithm>
#include <tuple>

namespace weft::text {

void PhraseMatcher::add(std::span<const std::string_view> words, uint32_t payload) {
  phrases_.push_back(
      {static_cast<uint32_t>(pending_.size()), static_cast<uint32_t>(words.size()), payload});
  for (const std::string_view w : words) pending_.push_back(words_.intern(w));
}

void PhraseMatcher::compile() {
  phrase_count_ = phrases_.size();
  std::sort(phrases_.begin(), phrases_.end(), [this](const Phrase& a, const Phrase& b) {
    const auto* wa = pending_.data() + a.begin;
    const auto* wb = pending_.data() + b.begin;
    const auto order = std::lexicographical_compare_three_way(wa, wa + a.length, wb, wb + b.length);
    return order < 0 || (order == 0 && a.payload < b.payload);
  });
  build_trie();
  build_fails();
  pending_ = {};
  phrases_ = {};
}

void PhraseMatcher::build_trie() {
  struct Link {
    uint32_t parent;
    Edge edge;
  };
  std::vector<Link>
      links;  // by child; for each parent in order of word, since the phrases are sorted
  std::vector<uint32_t> path{0};  // states of the phrase before, by depth
  states_.assign(1, {});
  payloads_.clear();
  const Phrase* previous = nullptr;
  for (const Phrase& phrase : phrases_) {
    uint32_t shared = 0;
    if (previous)
      while (shared < phrase.length && shared < previous->length &&
             pending_[phrase.begin + shared] == pending_[previous->begin + shared])
        ++shared;
    path.resize(shared + 1);
    for (uint32_t i = shared; i < phrase.length; ++i) {
      const auto state = static_cast<uint32_t>(states_.size());
      links.push_back({path.back(), {pending_[phrase.begin + i], state}});
      // A phrase that ends in this state comes before all longer ones, so the ranges of payloads
      // follow the states.
      states_.push_back({0, static_cast<uint32_t>(payloads_.size()), 0, 0, i + 1});
      path.push_back(state);
    }
    payloads_.push_back(phrase.payload);
    previous = &phrase;
  }
  // Counting sort of the edges by parent.
  states_.push_back({0, static_cast<uint32_t>(payloads_.size()), 0, 0, 0});
  for (const Link& link : links) ++states_[link.parent + 1].edges;
  for (size_t i = 1; i < states_.size(); ++i) states_[i].edges += states_[i - 1].edges;
  std::vector<uint32_t> at(states_.size());
  for (size_t i = 0; i < states_.size(); ++i) at[i] = states_[i].edges;
  edges_.resize(links.size());
  for (const Link& link : links) edges_[at[link.parent]++] = link.edge;
  root_.assign(words_.size(), 0);
  for (uint32_t e = states_[0].edges; e < states_[1].edges; ++e)
    root_[edges_[e].word] = edges_[e].state;
}

void PhraseMatcher::build_fails() {
  std::vector<uint32_t> queue;
  const auto finish = [this, &queue](uint32_t state, uint32_t fail) {
    states_[state].fail = fail;
    const bool ends = states_[state].payloads < states_[state + 1].payloads;
    states_[state].output = ends ? state : states_[fail].output;
    queue.push_back(state);
  };
  for (uint32_t e = states_[0].edges; e < states_[1].edges; ++e) finish(edges_[e].state, 0);
  for (size_t head = 0; head < queue.size(); ++head) {
    const uint32_t state = queue[head];
    for (uint32_t e = states_[state].edges; e < states_[state + 1].edges; ++e)
      finish(edges_[e].state, step(states_[state].fail, edges_[e].word));
  }
}

uint32_t PhraseMatcher::child(uint32_t state, core::StringId word) const {
  if (state == 0) return root_[word];
  const Edge* begin = edges_.data() + states_[state].edges;
  const Edge* end = edges_.data() + states_[state + 1].edges;
  const Edge* it = std::lower_bound(begin, end, word,
                                    [](const Edge& e, core::StringId w) { return e.word < w; });
  return it != end && it->word == word ? it->state : 0;
}

uint32_t PhraseMatcher::step(uint32_t state, core::StringId word) const {
  for (;;) {
    if (const uint32_t next = child(state, word)) return next;
    if (state == 0) return 0;
    state = states_[state].fail;
  }
}

void PhraseMatcher::find(std::span<const core::StringId> ids, std::vector<Match>& out) const {
  const size_t first = out.size();
  uint32_t state = 0;
  for (uint32_t i = 0; i < ids.size(); ++i) {
    state = ids[i] < root_.size() ? step(state, ids[i]) : 0;
    for (uint32_t s = state == 0 ? 0 : states_[state].output; s != 0;
         s = states_[states_[s].fail].output)
      for (uint32_t p = states_[s].payloads; p < states_[s + 1].payloads; ++p)
        out.push_back({{i + 1 - states_[s].depth, i + 1}, payloads_[p]});
  }
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
            [](const Match& a, const Match& b) {
              return std::tuple(a.tokens.begin, b.tokens.end, a.payload) <
                     std::tuple(b.tokens.begin, a.tokens.end, b.payload);
            });
}

}  // namespace weft::text
