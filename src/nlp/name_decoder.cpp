// Features after Zhang and Johnson (2003) and Ratinov and Roth (2009): words, shapes, affixes, tags
// and clusters around the word, and the label that the same word got earlier in the document.
// Decoding is Viterbi over BIO labels.
#include "nlp/name_decoder.h"

#include <algorithm>
#include <limits>

#include "nlp/feature.h"

namespace weft::nlp {

void NameMemory::remember(const TaggerInput& input, std::span<const int> labels) {
  for (size_t i = 0; i < labels.size(); ++i)
    if (input.words[i].flags & kInitialUpper) labels_[input.words[i].form] = 1 + labels[i];
}

uint64_t name_step_key(int previous) { return feature(1000, previous); }

void name_features(const TaggerInput& in, const NameView& view, size_t i, const NameMemory& memory,
                   std::vector<uint64_t>& keys) {
  const size_t n = in.words.size();
  static const Word kNothing = [] {
    Word w;
    w.form = w.lower = w.shape = 7;
    return w;
  }();
  const auto at = [&](size_t k) -> const Word& { return k < n ? in.words[k] : kNothing; };
  const auto tag = [&](size_t k) -> uint64_t { return k < n ? view.tags[k] : 0xff; };
  const auto cluster = [&](size_t k) -> uint64_t { return k < n ? in.cluster[k] : 0xffff; };
  const auto upper = [&](size_t k) -> uint64_t {
    return k < n && (in.words[k].flags & kInitialUpper) ? 1 : 0;
  };
  const Word &w = in.words[i], &l1 = at(i - 1), &l2 = at(i - 2), &r1 = at(i + 1), &r2 = at(i + 2);
  const auto caps = static_cast<uint64_t>(in.capitals);
  const uint64_t start = i == 0 ? 1 : 0;

  uint64_t t = 100;
  const auto put = [&](auto... values) { keys.push_back(feature(t++, values...)); };
  put(caps);
  put(w.form), put(w.lower), put(l1.lower), put(l2.lower), put(r1.lower), put(r2.lower);
  put(w.lower, l1.lower), put(w.lower, r1.lower), put(l1.lower, r1.lower), put(l2.lower, l1.lower);
  put(r1.lower, r2.lower), put(w.shape, l1.lower), put(w.shape, r1.lower);
  put(w.shape, start, caps), put(l1.shape, w.shape), put(w.shape, r1.shape),
      put(l1.shape, w.shape, r1.shape);
  for (const uint64_t affix : w.prefix) put(affix, upper(i));
  for (const uint64_t affix : w.suffix) put(affix, upper(i));
  put(tag(i)), put(tag(i - 1), tag(i)), put(tag(i), tag(i + 1)),
      put(tag(i - 1), tag(i), tag(i + 1));
  put(tag(i), upper(i), start, caps), put(tag(i + 1), tag(i + 2), upper(i));
  put(cluster(i), upper(i)), put(cluster(i - 1), upper(i)), put(cluster(i + 1), upper(i)),
      put(cluster(i), cluster(i + 1));
  put(cluster(i - 1), cluster(i)), put(cluster(i - 1), cluster(i + 1), upper(i));
  put(upper(i - 1), upper(i), upper(i + 1), upper(i + 2), caps),
      put(r1.suffix[3], upper(i), upper(i + 1));
  put(l1.suffix[3], upper(i));
  // The next word in lower case and the last word of this run of capitals tell what kind of name it
  // is.
  size_t last = i;
  while (last + 1 < n && last - i < 8 && upper(last + 1)) ++last;
  put(in.words[last].lower, upper(i)), put(at(last + 1).lower, upper(i));
  if (upper(i)) {
    size_t first = i;
    while (first > 0 && i - first < 8 && upper(first - 1)) --first;
    put(at(first - 1).lower), put(in.words[first].lower, i - first),
        put(in.words[last].lower, last - i);
    put(at(first - 1).lower, at(last + 1).lower);
  }
  const auto known = [&](size_t k) -> uint64_t { return k < n ? view.gazetteer[k] : 1u << 31; };
  const auto list = [&](size_t k) -> uint64_t { return k < n ? view.lists[k] : 1u << 15; };
  t = 160;
  put(known(i), upper(i)), put(known(i), known(i + 1)), put(known(i - 1), known(i)),
      put(known(i), tag(i));
  put(known(i + 1), upper(i)), put(known(i - 1), upper(i)), put(known(i), l1.lower),
      put(known(i), r1.lower);
  put(list(i), upper(i)), put(list(i), list(i + 1), upper(i), upper(i + 1)),
      put(list(i - 1), list(i), upper(i));
  put(list(i - 1), upper(i)), put(list(i + 1), upper(i)), put(list(i), known(i), upper(i)),
      put(list(last), upper(i));
  put(list(last), known(i), upper(i)), put(list(last), list(i), upper(i)),
      put(list(last + 1), upper(i));
  const int earlier = memory.recall(w.form);
  t = 200;
  put(earlier, upper(i)), put(earlier, w.shape, start);
  put(memory.recall(r1.form), upper(i)), put(memory.recall(l1.form), upper(i));
}

template <class Score>
void NameDecoder<Score>::decode(std::span<const Score> emissions, std::span<const Score> steps,
                                std::span<const uint8_t> allowed, int labels,
                                std::vector<int>& path) {
  constexpr Score kNever = std::numeric_limits<Score>::lowest() / 4;
  const size_t n = emissions.size() / static_cast<size_t>(labels);
  const auto possible = [&](size_t i, int label) {
    return allowed.empty() || allowed[i * labels + label] != 0;
  };
  best_.assign(n * labels, kNever);
  from_.assign(n * labels, 0);
  path.assign(n, kOutside);
  if (n == 0) return;
  for (int label = 0; label < labels; ++label)
    if (!is_inside(label) && possible(0, label)) best_[label] = emissions[label] + steps[label];
  for (size_t i = 1; i < n; ++i) {
    const Score* before = &best_[(i - 1) * labels];
    for (int label = 0; label < labels; ++label) {
      if (!possible(i, label)) continue;
      Score best = kNever;
      int from = -1;
      const auto consider = [&](int previous) {
        const Score score = before[previous] <= kNever
                                ? kNever
                                : before[previous] + steps[previous * labels + label];
        if (score > best) best = score, from = previous;
      };
      if (is_inside(label)) {
        consider(label - 1), consider(label);
      } else {
        for (int previous = 0; previous < labels; ++previous) consider(previous);
      }
      if (from < 0) continue;
      best_[i * labels + label] = best + emissions[i * labels + label];
      from_[i * labels + label] = static_cast<int16_t>(from);
    }
  }
  const auto end = best_.begin() + static_cast<long>((n - 1) * labels);
  int label = static_cast<int>(std::max_element(end, end + labels) - end);
  for (size_t i = n; i-- > 0;) {
    path[i] = label;
    label = from_[i * labels + label];
  }
}

template class NameDecoder<float>;
template class NameDecoder<int32_t>;

}  // namespace weft::nlp
