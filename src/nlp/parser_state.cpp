// Transitions and features. Each sentence of n tokens takes 2n transitions. The templates follow
// Zhang and Nivre (2011), "Transition-based dependency parsing with rich non-local features":
// words, tags, clusters, distance, valency, relations of dependents; on top of the stack (S0, S1,
// S2), the front of the buffer (B0 … B2) and their outer dependents.
#include "nlp/parser_state.h"

#include <algorithm>

#include "nlp/feature.h"

namespace weft::nlp {

void ParserState::start(std::span<const ParserToken> tokens) {
  tokens_ = tokens;
  size_ = static_cast<int32_t>(tokens.size());
  buffer_ = 0;
  stack_.clear();
  nodes_.assign(tokens.size() + 1, Node());
}

void ParserState::attach(int32_t head, int32_t dependent, uint8_t relation) {
  Node& child = nodes_[dependent];
  Node& parent = nodes_[head];
  child.head = head;
  child.relation = relation;
  const bool on_left = dependent < head;
  auto& side = on_left ? parent.left : parent.right;
  side[1] = side[0];
  side[0] = dependent;
  auto& count = on_left ? parent.left_count : parent.right_count;
  if (count < 7) ++count;
  (on_left ? parent.left_set : parent.right_set) |= uint64_t{1} << (relation & 63);
}

void ParserState::apply(Transition transition) {
  if (transition.move == Move::shift) {
    stack_.push_back(buffer_++);
    return;
  }
  const int32_t dependent = stack_.back();
  stack_.pop_back();
  attach(transition.move == Move::left ? buffer_ : stack_.back(), dependent, transition.relation);
}

namespace {

/// The values of one position, with marks for "nothing here" and for the root.
struct View {
  uint64_t w = 3, p = 0xf0, u = 0xf0, c = 0xfff0, s = 3, f = 0;
  uint64_t l = 0xf0;  // relation to its head
};

}  // namespace

void ParserState::features(std::vector<uint64_t>& keys) const {
  const auto view = [&](int32_t node) {
    View v;
    if (node == kNoNode || node > size_) return v;
    if (node == size_) {
      v.w = 5, v.p = 0xf1, v.u = 0xf1, v.c = 0xfff1, v.s = 5;
      return v;
    }
    const ParserToken& t = tokens_[node];
    v = {t.form, t.tag, t.upos, t.cluster, t.suffix, t.flags, 0xf0};
    if (nodes_[node].head != kNoNode) v.l = nodes_[node].relation;
    return v;
  };
  static const Node kNothing;
  const auto node_of = [&](int32_t i) -> const Node& {
    return i == kNoNode ? kNothing : nodes_[i];
  };

  const int32_t i0 = stack_top(0), i1 = stack_top(1), b0 = buffer_;
  const Node &n0 = node_of(i0), &n1 = node_of(i1), &nb = node_of(b0);
  const View s0 = view(i0), s1 = view(i1), s2 = view(stack_top(2));
  const View q0 = view(b0), q1 = view(b0 + 1), q2 = view(b0 + 2),
             before = view(b0 > 0 ? b0 - 1 : kNoNode);
  const View s0l = view(n0.left[0]), s0r = view(n0.right[0]), s0l2 = view(n0.left[1]),
             s0r2 = view(n0.right[1]);
  const View s1l = view(n1.left[0]), s1r = view(n1.right[0]), s1r2 = view(n1.right[1]);
  const View q0l = view(nb.left[0]), q0l2 = view(nb.left[1]);
  const auto distance = [](int32_t a, int32_t b) -> uint64_t {
    if (a == kNoNode || b == kNoNode) return 0;
    const int32_t d = b - a;
    return d <= 4 ? d : d <= 6 ? 5 : d <= 10 ? 6 : d <= 20 ? 7 : 8;
  };
  const uint64_t d0 = distance(i0, b0), d1 = distance(i1, i0);
  // Punctuation, conjunctions and verbs between S0 and B0 say more than the bare distance.
  uint64_t between = 0;
  if (i0 != kNoNode)
    for (int32_t i = i0 + 1, steps = 0; i < b0 && steps < 12; ++i, ++steps) {
      const uint8_t u = tokens_[i].upos;
      if (u < 32) between |= uint64_t{1} << u;
    }

  uint64_t t = 1;
  const auto put = [&](auto... values) { keys.push_back(feature(t++, values...)); };
  put(0);
  // One position.
  for (const View* v : {&s0, &s1, &q0}) {
    put(v->w), put(v->p), put(v->w, v->p), put(v->c), put(v->c, v->p), put(v->s, v->p),
        put(v->f, v->p);
  }
  for (const View* v : {&s2, &q1, &q2}) put(v->w, v->p), put(v->p), put(v->c);
  put(q1.w), put(q1.s, q1.p), put(before.w, before.p);
  // Pairs.
  put(s0.w, s0.p, q0.w, q0.p), put(s0.w, s0.p, q0.p), put(s0.p, q0.w, q0.p), put(s0.w, q0.w),
      put(s0.p, q0.p);
  put(s0.w, q0.p), put(s0.p, q0.w), put(s0.c, q0.c), put(s0.c, q0.p), put(s0.p, q0.c),
      put(s0.w, q0.c), put(s0.c, q0.w);
  put(s1.w, s0.w), put(s1.p, s0.p), put(s1.w, s1.p, s0.p), put(s1.p, s0.w, s0.p), put(s1.c, s0.c),
      put(s1.p, s0.c);
  put(s1.c, s0.p), put(s1.w, s0.c), put(s1.c, s0.w), put(s1.p, q0.p), put(s1.w, q0.w),
      put(s1.c, q0.c), put(s1.w, q0.p);
  put(s1.p, q0.w), put(q0.p, q1.p), put(q0.w, q1.w), put(q0.c, q1.c), put(q0.w, q1.p),
      put(q0.p, q1.w);
  // Triples and more.
  put(q0.p, q1.p, q2.p), put(s0.p, q0.p, q1.p), put(s1.p, s0.p, q0.p), put(s2.p, s1.p, s0.p),
      put(s1.p, s0.p, q0.p, q1.p);
  put(s0.w, q0.p, q1.p), put(s0.p, q0.w, q1.p), put(s1.p, s0.w, q0.p), put(s1.w, s0.p, q0.p),
      put(s1.p, s0.p, q0.w);
  put(s0.c, q0.c, q1.p), put(s1.c, s0.c, q0.p), put(s1.c, s0.p, q0.c), put(s1.p, s0.c, q0.p),
      put(s1.u, s0.u, q0.u, q1.u, q2.u);
  put(s2.u, s1.u, s0.u, q0.u, q1.u);
  put(s1.w, s0.w, q0.p), put(s1.p, s0.w, q0.w), put(s1.w, s0.p, q0.w), put(s0.w, q0.w, q1.p);
  // Dependents.
  put(s0.p, s0l.p, q0.p), put(s0.p, s0r.p, q0.p), put(s0.p, q0.p, q0l.p), put(s1.p, s1r.p, s0.p),
      put(s1.p, s1l.p, s0.p);
  put(s1.p, s0.p, s0l.p), put(s1.p, s0.p, s0r.p), put(s0.p, s0l.p, s0l2.p),
      put(s0.p, s0r.p, s0r2.p), put(q0.p, q0l.p, q0l2.p);
  put(s1.p, s1r.p, s1r2.p);
  put(s0.w, s0l.l), put(s0.w, s0r.l), put(s0.p, s0l.l, s0l2.l), put(s0.p, s0r.l, s0r2.l),
      put(q0.w, q0l.l);
  put(q0.p, q0l.l, q0l2.l), put(s1.w, s1r.l), put(s1.p, s1l.l), put(s1.p, s1r.l, s1r2.l);
  put(s0l.w, s0l.l), put(s0r.w, s0r.l), put(q0l.w, q0l.l), put(s1r.w, s1r.l), put(s1l.w, s1l.l);
  put(s0l.w, s0.p, q0.p), put(s0r.w, s0.p, q0.p), put(s0l.w, s1.p, s0.p), put(s0l.w, s0.w),
      put(q0l.w, q0.w, s0.p);
  put(s0r.w, s0.w), put(s1.p, s1r.w, s0.p);
  put(s0l.w, s0.p, s1.w), put(s0r.l, s0.p, q0.p), put(s0l.l, s1.p, s0.p), put(q0l.l, s0.p, q0.p),
      put(s1r.l, s1.p, s0.p);
  // Distance, valency, sets of relations.
  put(s0.w, d0), put(s0.p, d0), put(q0.w, d0), put(q0.p, d0), put(s0.p, q0.p, d0),
      put(s1.p, s0.p, d1), put(s1.w, d1);
  put(s0.w, d1), put(s0.p, q0.p, between), put(s0.w, between), put(q0.w, between),
      put(s1.p, s0.p, d1, q0.p);
  put(s0.w, n0.left_count), put(s0.p, n0.left_count), put(s0.w, n0.right_count),
      put(s0.p, n0.right_count);
  put(q0.w, nb.left_count), put(q0.p, nb.left_count), put(s1.p, n1.right_count),
      put(s1.w, n1.right_count);
  put(s0.p, n0.left_set), put(s0.p, n0.right_set), put(s0.w, n0.left_set), put(s0.w, n0.right_set),
      put(q0.p, nb.left_set);
  put(q0.w, nb.left_set), put(s1.p, n1.right_set), put(s1.w, n1.right_set),
      put(s1.p, s0.p, n1.right_set);
  put(s0.p, q0.p, n0.right_set), put(s0.p, q0.p, nb.left_set), put(s1.p, s0.p, n0.left_set);
  put(std::min<size_t>(stack_.size(), 4), q0.p, s0.p);
}

}  // namespace weft::nlp
