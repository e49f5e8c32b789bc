// Fusion of evidence. The summary speaks for the strongest modality that some evidence has
// (asserted, planned, possible, directive: an instruction alone never reads as a thing done) and,
// within it, for the more frequent polarity; time and speaker are those of that evidence.
// Confidence is a noisy-or (Pearl 1988) over independent sentences, capped at 0.99.
#include "graph/fuse.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

namespace weft::graph {

namespace {

constexpr double kMaxConfidence = 0.99;
constexpr double kConfidenceScale = 10000;

auto reading(const EvidenceItem& e) {
  return std::tie(e.document, e.span, e.modality, e.polarity, e.time, e.speaker);
}

using Sentence = std::pair<std::string_view, uint32_t>;

Sentence sentence_of(const Piece& p) { return {p.content, p.sentence}; }

doc::Modality strongest(const std::vector<Piece>& pieces) {
  constexpr std::array kOrder = {doc::Modality::asserted, doc::Modality::planned,
                                 doc::Modality::possible};
  for (doc::Modality m : kOrder)
    if (std::any_of(pieces.begin(), pieces.end(),
                    [&](const Piece& p) { return p.item.modality == m; }))
      return m;
  return doc::Modality::directive;
}

/// Counted in independent sentences; a tie is positive.
doc::Polarity majority(const std::vector<Piece>& pieces, doc::Modality modality) {
  std::map<Sentence, int> balance;
  for (const Piece& p : pieces)
    if (p.item.modality == modality)
      balance[sentence_of(p)] += p.item.polarity == doc::Polarity::positive ? 1 : -1;
  int sum = 0;
  for (const auto& [sentence, vote] : balance) sum += (vote > 0) - (vote < 0);
  return sum < 0 ? doc::Polarity::negative : doc::Polarity::positive;
}

/// The most frequent time, of several the earliest (ISO 8601 sorts by bytes).
std::string usual_time(const std::vector<const Piece*>& pieces) {
  std::map<std::string_view, uint32_t> counts;
  for (const Piece* p : pieces)
    if (!p->item.time.empty()) ++counts[p->item.time];
  const auto best =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == counts.end() ? std::string() : std::string(best->first);
}

double noisy_or(const std::vector<const Piece*>& pieces) {
  std::map<Sentence, double> best;
  for (const Piece* p : pieces) {
    double& c = best[sentence_of(*p)];
    c = std::max(c, static_cast<double>(p->item.confidence));
  }
  double doubt = 1;
  for (const auto& [sentence, c] : best) doubt *= 1 - c;
  return std::min(1 - doubt, kMaxConfidence);
}

Qualifiers summarise(const std::vector<Piece>& pieces) {
  Qualifiers q;
  q.modality = strongest(pieces);
  q.polarity = majority(pieces, q.modality);
  std::vector<const Piece*> speaking;
  for (const Piece& p : pieces)
    if (p.item.modality == q.modality && p.item.polarity == q.polarity) speaking.push_back(&p);
  q.time = usual_time(speaking);
  if (!speaking.empty() && std::all_of(speaking.begin(), speaking.end(), [&](const Piece* p) {
        return p->item.speaker == speaking[0]->item.speaker;
      }))
    q.speaker = speaking[0]->item.speaker;
  q.confidence = rounded_confidence(noisy_or(speaking));
  return q;
}

}  // namespace

float rounded_confidence(double confidence) {
  if (!(confidence > 0)) return 0;
  return static_cast<float>(std::round(std::min(confidence, 1.0) * kConfidenceScale) /
                            kConfidenceScale);
}

Fused fuse(std::vector<Piece> pieces) {
  for (Piece& p : pieces) p.item.confidence = rounded_confidence(p.item.confidence);
  std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
    if (reading(a.item) != reading(b.item)) return reading(a.item) < reading(b.item);
    // Of one reading the surest rule stays; the rest of the key only makes the order complete.
    if (a.item.confidence != b.item.confidence) return a.item.confidence > b.item.confidence;
    return std::tie(a.item.rule, a.content, a.sentence) <
           std::tie(b.item.rule, b.content, b.sentence);
  });
  pieces.erase(std::unique(pieces.begin(), pieces.end(),
                           [](const Piece& a, const Piece& b) {
                             return reading(a.item) == reading(b.item);
                           }),
               pieces.end());
  Fused out;
  out.summary = summarise(pieces);
  std::map<Sentence, uint32_t> sentences;
  for (const Piece& p : pieces) ++sentences[sentence_of(p)];
  out.weight = static_cast<uint32_t>(sentences.size());
  out.evidence.reserve(pieces.size());
  for (Piece& p : pieces) out.evidence.push_back(std::move(p.item));
  return out;
}

}  // namespace weft::graph
