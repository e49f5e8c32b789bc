// Problem: "the output value of Jinlong reached 18.6 billion yuan" is a fact of Jinlong: "output
// value: 18.6 billion yuan". Method: the sentence's figures (figures.cpp), each with its owner
// (figure_owners.cpp), as a value that names the property, or else says the verb. Ages of people
// and dates are left alone: half of the careful readers take them for no property worth a fact.
// Cost: linear in the sentence for each figure, whose number is bounded.
#include "extract/facts_values.h"

#include <algorithm>

#include "extract/within.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::kNoToken;
using doc::TokenIndex;
using doc::Upos;

constexpr size_t kMostFigures = 40;  // of a sentence; more of them are a table

class ValueFinder {
 public:
  ValueFinder(const SentenceReading& reading, const schema::Ontology& ontology,
              const ValueWords& words, std::span<const Amount> amounts, const ToldBefore& before,
              FactCollector& out, FigureNotes* notes)
      : reading_(reading),
        words_(words),
        amounts_(amounts),
        relation_(ontology.relation("has_value")),
        out_(out),
        notes_(notes),
        document_(reading.frames.document()),
        sentence_(reading.frames.sentence()),
        owners_(reading, ontology, words.owners, before) {}

  void run() {
    size_t left = kMostFigures;
    for (const Figure& figure : figures_of(reading_, words_.figures, amounts_)) {
      if (left-- == 0) break;
      add(figure);
    }
  }

 private:
  // The frame of the clause in which a token stands.
  uint32_t clause_of(TokenIndex at) const {
    for (;;) {
      if (const uint32_t frame = reading_.frames.frame_of(at); frame != kNoFrame) return frame;
      at = document_.head[at];
      if (at == kNoToken || !sentence_.contains(at)) return kNoFrame;
    }
  }

  // "output value: 18.6 billion yuan"; without a noun, "fell 3 percent".
  std::string value_of(const Figure& figure, const OwnerCandidate& owner) const {
    const std::string text = figure_text(document_, figure, words_.figures);
    if (!owner.property.empty()) return owner.property + ": " + text;
    const bool verb = owner.verb != kNoToken && document_.upos[owner.verb] == Upos::VERB;
    if (verb && !words_.holding.has(document_.lemma_of(owner.verb)))
      return std::string(document_.form(owner.verb)) + " " + text;
    return text;
  }

  void add(const Figure& figure) {
    const std::vector<OwnerCandidate> candidates = owners_.candidates(figure);
    if (notes_ != nullptr) {
      std::vector<std::string> values;
      for (const OwnerCandidate& c : candidates) values.push_back(value_of(figure, c));
      notes_->note(document_, candidates, values);
    }
    const std::vector<float> likely = owners_.likelihoods(candidates);
    const auto best_at = std::max_element(likely.begin(), likely.end());
    if (best_at == likely.end() || *best_at < owners_.least_likely()) return;
    const OwnerCandidate* best = &candidates[static_cast<size_t>(best_at - likely.begin())];
    uint32_t frame = best->verb == kNoToken ? kNoFrame : reading_.frames.frame_of(best->verb);
    if (frame == kNoFrame) frame = clause_of(figure.head);
    if (frame == kNoFrame) return;
    out_.add_value(
        best->entity, relation_, value_of(figure, *best),
        make_evidence(reading_, frame, best->here ? "has_value.here" : "has_value.told", *best_at));
  }

  const SentenceReading& reading_;
  const ValueWords& words_;
  std::span<const Amount> amounts_;
  schema::RelationId relation_;
  FactCollector& out_;
  FigureNotes* notes_;
  const doc::Document& document_;
  core::TokenSpan sentence_;
  FigureOwners owners_;
};

}  // namespace

void find_values(const SentenceReading& reading, const schema::Ontology& ontology,
                 const ValueWords& words, std::span<const Amount> amounts, ToldBefore& before,
                 FactCollector& out, FigureNotes* notes) {
  ValueFinder(reading, ontology, words, amounts, before, out, notes).run();
  before.add(reading);
}

}  // namespace weft::extract
