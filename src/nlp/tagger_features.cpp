// Feature templates after Ratnaparkhi (1996) and Collins (2002): the word, its affixes and shape,
// its neighbours, the two labels before it, and word clusters. In a sentence all in capitals the
// written form says nothing, so there the lower-cased word takes its place; in a title-cased one
// the capitals are marked as such.
#include "nlp/tagger_features.h"

#include "nlp/feature.h"

namespace weft::nlp {

void TaggerInput::assign(std::span<const std::string_view> norms, const Clusters& clusters) {
  words.clear();
  quote.clear();
  cluster.clear();
  if (lowered.size() < norms.size()) lowered.resize(norms.size());
  size_t letters = 0, upper = 0, initial = 0;
  uint8_t inside = 0;
  for (size_t i = 0; i < norms.size(); ++i) {
    words.push_back(describe(norms[i], lowered[i]));
    cluster.push_back(clusters.of(words.back().lower));
    if (norms[i] == "\"" || norms[i] == "''" || norms[i] == "``") inside ^= 1;
    quote.push_back(inside);
    const uint16_t flags = words.back().flags;
    if (norms[i].size() < 2 || !(flags & kHasLetter)) continue;
    ++letters;
    upper += (flags & kAllUpper) != 0;
    if (norms[i].size() > 3) initial += (flags & kInitialUpper) ? 1 : -1;
  }
  capitals = Capitals::normal;
  if (letters >= 3 && upper == letters) {
    capitals = Capitals::all;
  } else if (letters >= 4 && initial * 4 >= letters && initial <= letters) {
    capitals = Capitals::title;
  }
  if (capitals == Capitals::all)
    for (size_t i = 0; i < norms.size(); ++i) {
      std::string ignored;
      words[i] = describe(lowered[i], ignored);
    }
}

void tagger_features(const TaggerInput& in, size_t i, int previous, int before,
                     std::vector<uint64_t>& keys) {
  const size_t n = in.words.size();
  const Word& w = in.words[i];
  const auto lower_at = [&](size_t at) { return at < n ? in.words[at].lower : 1; };
  const auto cluster_at = [&](size_t at) -> uint64_t { return at < n ? in.cluster[at] : 0xffff; };
  const uint64_t l1 = lower_at(i - 1), l2 = lower_at(i - 2), r1 = lower_at(i + 1),
                 r2 = lower_at(i + 2);
  const auto suffix_at = [&](size_t at) { return at < n ? in.words[at].suffix[2] : 1; };
  const auto caps = static_cast<uint64_t>(in.capitals);
  const uint64_t start = i == 0 ? 1 : 0;

  uint64_t t = 1;
  const auto put = [&](auto... values) { keys.push_back(feature(t++, values...)); };
  put(0);
  put(w.form, caps);
  put(w.lower);
  for (const uint64_t affix : w.prefix) put(affix);
  for (const uint64_t affix : w.suffix) put(affix);
  put(w.shape, start, caps);
  put(w.flags, caps, start);
  put(w.suffix[2], w.flags);
  put(previous);
  put(previous, before);
  put(previous, w.lower);
  put(previous, w.suffix[2]);
  put(previous, w.shape);
  put(l1);
  put(l2);
  put(r1);
  put(r2);
  put(l1, w.lower);
  put(w.lower, r1);
  put(l1, r1);
  put(previous, r1);
  put(suffix_at(i - 1));
  put(suffix_at(i + 1));
  put(suffix_at(i + 1), previous);
  put(w.suffix[2], suffix_at(i + 1));
  put(i + 1 < n ? in.words[i + 1].shape : 1, w.shape);
  put(in.cluster[i]);
  put(cluster_at(i - 1), in.cluster[i]);
  put(in.cluster[i], cluster_at(i + 1));
  put(cluster_at(i + 1), previous);
  put(cluster_at(i + 1), cluster_at(i + 2), in.cluster[i]);
  put(in.quote[i], w.lower);
  put(previous, in.cluster[i], cluster_at(i + 1));
}

}  // namespace weft::nlp
