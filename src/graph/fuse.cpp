// Fusion of evidence. The summary speaks for the strongest modality that some evidence has
// (asserted, planned, possible, directive: an instruction alone never reads as a thing done) and,
// within it, for the more frequent polarity; time and speaker are those of that evidence.
// Confidence is a noisy-or (Pearl 1988) over independent sentences, capped at 0.99. Of several
// copies of a text only the one with most sentences for the fact counts; the others are listed.
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
using Chosen = std::vector<const Piece*>;

Sentence sentence_of(const Piece& p) { return {p.content, p.sentence}; }

/// Of each source the pieces from one document: the one with most sentences, of several the first.
Chosen independent(const Chosen& pieces) {
  struct Copy {
    size_t sentences = 0;
    std::string_view document;
  };
  std::map<std::string_view, Copy> best;
  for (size_t i = 0; i < pieces.size(); ++i) {
    // Pieces are sorted by document.
    if (i > 0 && pieces[i]->item.document == pieces[i - 1]->item.document) continue;
    Copy copy{0, pieces[i]->item.document};
    std::vector<uint32_t> sentences;
    for (size_t k = i; k < pieces.size() && pieces[k]->item.document == copy.document; ++k)
      sentences.push_back(pieces[k]->sentence);
    std::sort(sentences.begin(), sentences.end());
    copy.sentences =
        static_cast<size_t>(std::unique(sentences.begin(), sentences.end()) - sentences.begin());
    Copy& other = best[pieces[i]->content];
    if (copy.sentences > other.sentences) other = copy;
  }
  Chosen out;
  for (const Piece* p : pieces)
    if (best[p->content].document == p->item.document) out.push_back(p);
  return out;
}

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
  Chosen such;
  for (const Piece& p : pieces)
    if (p.item.modality == modality) such.push_back(&p);
  std::map<Sentence, int> balance;
  for (const Piece* p : independent(such))
    balance[sentence_of(*p)] += p->item.polarity == doc::Polarity::positive ? 1 : -1;
  int sum = 0;
  for (const auto& [sentence, vote] : balance) sum += (vote > 0) - (vote < 0);
  return sum < 0 ? doc::Polarity::negative : doc::Polarity::positive;
}

/// The most frequent time, of several the earliest (ISO 8601 sorts by bytes).
std::string usual_time(const Chosen& pieces) {
  std::map<std::string_view, uint32_t> counts;
  for (const Piece* p : pieces)
    if (!p->item.time.empty()) ++counts[p->item.time];
  const auto best =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == counts.end() ? std::string() : std::string(best->first);
}

/// The most frequent speaker, of several the one met first; nobody where a text itself states it as
/// so.
std::string usual_speaker(const Chosen& pieces) {
  std::vector<std::pair<std::string_view, uint32_t>> counts;
  for (const Piece* p : pieces) {
    const std::string& speaker = p->item.speaker;
    if (speaker.empty() && p->item.modality == doc::Modality::asserted) return {};
    if (speaker.empty()) continue;
    auto it = std::find_if(counts.begin(), counts.end(),
                           [&](const auto& c) { return c.first == speaker; });
    if (it == counts.end()) it = counts.insert(counts.end(), {speaker, 0});
    ++it->second;
  }
  const auto best =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == counts.end() ? std::string() : std::string(best->first);
}

double noisy_or(const Chosen& pieces) {
  std::map<Sentence, double> best;
  for (const Piece* p : independent(pieces)) {
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
  Chosen speaking;
  for (const Piece& p : pieces)
    if (p.item.modality == q.modality && p.item.polarity == q.polarity) speaking.push_back(&p);
  q.time = usual_time(speaking);
  q.speaker = usual_speaker(speaking);
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
  if (pieces.size() == 1) {  // most facts are said once
    const EvidenceItem& e = pieces[0].item;
    out.summary = {e.modality, e.polarity, e.time, e.speaker,
                   rounded_confidence(std::min<double>(e.confidence, kMaxConfidence))};
    out.weight = 1;
  } else {
    out.summary = summarise(pieces);
    Chosen all;
    for (const Piece& p : pieces) all.push_back(&p);
    std::vector<Sentence> sentences;
    for (const Piece* p : independent(all)) sentences.push_back(sentence_of(*p));
    std::sort(sentences.begin(), sentences.end());
    out.weight =
        static_cast<uint32_t>(std::unique(sentences.begin(), sentences.end()) - sentences.begin());
  }
  out.evidence.reserve(pieces.size());
  for (Piece& p : pieces) out.evidence.push_back(std::move(p.item));
  return out;
}

}  // namespace weft::graph
