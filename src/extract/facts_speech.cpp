// Problem: policy prose is one long speech: "X stressed the need to build A, strengthen B and
// foster C. Efforts should be made to …", and X puts weight on every theme in it, whatever its
// place in the grammar. Method: attribution says whose word each clause is; a theme, industry or
// initiative in a clause that is stressed or demanded is emphasized by its speaker. Demands that
// name nobody are made of the place that the document is about. Cost: linear in the mentions of the
// sentence. Reference: Pareti 2016 (PARC 3.0) for content spans of attribution.
#include "extract/facts_speech.h"

#include <algorithm>

#include "schema/lexicon.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::kNoToken;
using doc::TokenIndex;

constexpr float kConfidence = 0.6f;
constexpr uint32_t kLeadBlocks = 4;   // title, dateline and lead
constexpr uint32_t kMinMentions = 3;  // a topic comes back
constexpr unsigned kMaxSteps = 12;    // from a word up to its clause

// The frame of the nearest verb or copular clause above the token; kNoFrame if there is none.
uint32_t clause_of(const SentenceFrames& frames, TokenIndex token) {
  const doc::Document& d = frames.document();
  for (unsigned steps = 0; steps < kMaxSteps; ++steps) {
    const uint32_t frame = frames.frame_of(token);
    if (frame != kNoFrame) {
      const Frame& f = frames.frames()[frame];
      if (f.kind == FrameKind::verb || f.copula) return frame;
    }
    if (d.head[token] == kNoToken || !frames.sentence().contains(d.head[token])) return frame;
    token = d.head[token];
  }
  return kNoFrame;
}

}  // namespace

SpeechReader::SpeechReader(const doc::Document& document, const schema::Ontology& ontology,
                           const schema::WordList& stress_verbs)
    : document_(document),
      stress_verbs_(stress_verbs),
      emphasized_(ontology.relation("emphasized")),
      place_(ontology.core().place),
      weighty_{ontology.core().theme, ontology.core().industry, ontology.core().initiative},
      topic_(find_topic()) {}

doc::LocalEntity SpeechReader::find_topic() const {
  std::vector<uint32_t> count(document_.entities.size(), 0);
  std::vector<bool> leads(document_.entities.size(), false);
  for (const doc::Mention& m : document_.mentions) {
    if (m.entity == kNoEntity || m.tokens.empty()) continue;
    const doc::Entity& e = document_.entities[m.entity];
    if (e.type != place_ || e.kind == "country") continue;
    ++count[m.entity];
    const uint32_t sentence = document_.sentence_of(m.tokens.begin);
    if (document_.sentence_block.empty() || document_.sentence_block[sentence] < kLeadBlocks)
      leads[m.entity] = true;
  }
  doc::LocalEntity best = kNoEntity;
  for (doc::LocalEntity e = 0; e < count.size(); ++e)
    if (leads[e] && count[e] >= kMinMentions && (best == kNoEntity || count[e] > count[best]))
      best = e;
  return best;
}

void SpeechReader::read(const SentenceReading& reading, FactCollector& out) const {
  const core::TokenSpan sentence = reading.frames.sentence();
  for (const doc::Mention& m : document_.mentions) {
    if (m.entity == kNoEntity || !sentence.contains(m.tokens) || m.tokens.empty() ||
        m.head == kNoToken || !sentence.contains(m.head))
      continue;
    const schema::TypeId type = document_.entities[m.entity].type;
    if (std::find(weighty_.begin(), weighty_.end(), type) == weighty_.end()) continue;
    const uint32_t frame = clause_of(reading.frames, m.head);
    if (frame == kNoFrame) continue;
    const Attribution& said = reading.attributions[frame];
    if (said.speaker == kNoEntity || said.speaker == m.entity) continue;
    if (!stress_verbs_.has(said.verb) &&
        reading.statuses[frame].modality != doc::Modality::directive)
      continue;
    doc::Evidence e = make_evidence(reading, frame, "emphasized.speech",
                                    kConfidence * std::min(1.0f, m.confidence));
    e.modality = doc::Modality::asserted;  // that it was said is the document's own word
    e.polarity = doc::Polarity::positive;
    e.speaker = kNoEntity;
    out.add(said.speaker, emphasized_, m.entity, std::move(e));
  }
}

}  // namespace weft::extract
