// Problem: the ontology knows some thirty relations; texts say much else. Method: the clauses of
// each sentence (open/clauses.h) with the same qualifiers as facts have, from the same judges of
// modality, polarity, speaker and time; each rule's confidence is the share of its words that
// careful readers have too (schema/lexicons/open.json). Cost: linear in the words below each
// predicate. Reference: Bhardwaj et al. 2019 (CaRB) for how it is measured.
#include "extract/open/triples.h"

#include <charconv>

#include "extract/open/clauses.h"
#include "extract/relations/matcher.h"

namespace weft::extract {

namespace {

constexpr uint32_t kMaxSentenceTokens = 400;  // as for facts
constexpr float kUnmeasured = 0.5f;

}  // namespace

struct OpenReader::Words {
  FrameWords frames;
  ModalityWords modality;
  AttributionWords attribution;
  FillerWords fillers;
  const schema::WordList& confidence;
  OpenWords open;
};

OpenReader::OpenReader(const schema::Schema& schema)
    : words_(std::make_unique<Words>(
          Words{FrameWords::from(schema.lexicons), ModalityWords::from(schema.lexicons),
                AttributionWords::from(schema.lexicons, schema.ontology.core()),
                FillerWords::from(schema.lexicons), schema.lexicons.list("open_confidence"),
                OpenWords{schema.lexicons.list("subject_control_verbs"),
                          schema.lexicons.list("reporting_verbs"),
                          schema.lexicons.list("open_circumstances")}})) {}

OpenReader::~OpenReader() = default;

std::vector<OpenTriple> OpenReader::read(const doc::Document& document) const {
  std::vector<OpenTriple> out;
  const MentionIndex mentions(document);
  Attributor attributor(document, words_->attribution);
  for (uint32_t s = 0; s < document.sentence_count(); ++s) {
    const core::TokenSpan tokens = document.sentence(s);
    if (tokens.empty() || tokens.size() > kMaxSentenceTokens || !document.is_prose(s)) continue;
    const SentenceFrames frames(document, tokens, words_->frames);
    const FillerFinder fillers(frames, mentions, words_->fillers);
    const std::vector<ClauseStatus> statuses = judge_clauses(frames, words_->modality);
    const std::vector<Attribution> said = attributor.attribute(s, frames, fillers, statuses);
    SentenceReading reading{frames, fillers, statuses, said};
    reading.sentence = s;
    const auto phrase = [&](const DraftPhrase& p, bool names) {
      OpenPhrase made = phrase_of(document, p.words);
      if (!p.implied.empty())
        made.text = std::string(p.implied) + (made.text.empty() ? "" : " ") + made.text;
      if (names)
        for (const uint32_t m : mentions.at(p.head))
          if (document.mentions[m].head == p.head && made.entity == doc::kNoEntity)
            made.entity = document.mentions[m].entity;
      return made;
    };
    for (const DraftTriple& t : ClauseReader(frames, words_->open).read()) {
      OpenTriple triple{phrase(t.subject, true), phrase(t.relation, false), {}, {}};
      for (const DraftPhrase& a : t.arguments) triple.arguments.push_back(phrase(a, true));
      float confidence = kUnmeasured;
      if (const std::string* share = words_->confidence.value(t.rule))
        std::from_chars(share->data(), share->data() + share->size(), confidence);
      triple.evidence = make_evidence(reading, t.frame, t.rule, confidence);
      out.push_back(std::move(triple));
    }
  }
  return out;
}

}  // namespace weft::extract
