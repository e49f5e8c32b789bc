// Problem: "the output value of Jinlong reached 18.6 billion yuan" is a fact of Jinlong: "output
// value: 18.6 billion yuan". Method: the sentence's figures (figures/figures.cpp), each with its
// owner (figures/owners.cpp), as a value that names the property, or else says the verb. Ages of
// people and dates are left alone: half of the careful readers take them for no property worth a
// fact. Cost: linear in the sentence for each figure, whose number is bounded.
#include "extract/figures/values.h"

#include <algorithm>

#include "extract/frames/within.h"

namespace weft::extract {

namespace {

using doc::Deprel;
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

  // The word by which the figure hangs on its clause, and that clause's verb: with "sent 120
  // rescuers and three excavators" also the excavators' is "sent".
  TokenIndex verb_over(TokenIndex& at) const {
    while (document_.deprel[at] == Deprel::conj && document_.head[at] != kNoToken &&
           sentence_.contains(document_.head[at]) &&
           document_.upos[document_.head[at]] != Upos::VERB)
      at = document_.head[at];
    const TokenIndex head = document_.head[at];
    return head != kNoToken && sentence_.contains(head) && document_.upos[head] == Upos::VERB
               ? head
               : kNoToken;
  }

  // The word behind the figure that it says the degree of: "143 metres high", "2 percent lower".
  TokenIndex grade_of(const Figure& figure) const {
    const TokenIndex next = figure.span.end;
    if (figure.joined || next >= sentence_.end || document_.head[figure.head] != next)
      return kNoToken;
    const Upos u = document_.upos[next];
    return u == Upos::ADJ || u == Upos::ADV ? next : kNoToken;
  }

  std::string text_of(const Figure& figure) const {
    const std::string text = figure_text(document_, figure, words_.figures);
    const TokenIndex grade = grade_of(figure);
    return grade == kNoToken ? text : text + " " + std::string(document_.form(grade));
  }

  std::string on_one_line(core::TokenSpan span) const {
    std::string text(document_.text_of(span));
    for (char& c : text)
      if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    return text;
  }

  // Not the "than" of "more than 40", which the figure has in itself.
  std::string_view preposition_of(TokenIndex at, const Figure& figure) const {
    for (TokenIndex c : reading_.frames.children(at))
      if (document_.deprel[c] == Deprel::case_ && figure.span.contains(c)) return {};
    return reading_.frames.preposition(at);
  }

  // "up" of "rose by 3 percent", not of "rose to 3 percent".
  std::string direction_of(const Figure& figure, const OwnerCandidate& owner) const {
    TokenIndex at = figure.head;
    const TokenIndex verb = verb_over(at);
    if (verb == kNoToken || verb != owner.verb || is_subject(at)) return {};
    const std::string_view preposition = preposition_of(at, figure);
    const std::string* way = words_.changes.value(document_.lemma_of(verb));
    return way && (preposition.empty() || preposition == "by") ? *way + " " : std::string();
  }

  bool is_subject(TokenIndex at) const {
    return document_.deprel[at] == Deprel::nsubj || document_.deprel[at] == Deprel::nsubj_pass;
  }

  // "output value: 18.6 billion yuan"; without a noun, "fell by 3 percent", "14 people died",
  // "214-metre span".
  std::string value_of(const Figure& figure, const OwnerCandidate& owner) const {
    const std::string text = text_of(figure);
    if (!owner.property.empty()) return owner.property + ": " + direction_of(figure, owner) + text;
    if (figure.joined) {
      const TokenIndex noun = document_.head[figure.head];
      constexpr TokenIndex kLongest = 4;  // words from the figure to the noun that it describes
      const bool plain = noun != kNoToken && sentence_.contains(noun) && noun >= figure.span.end &&
                         noun < figure.span.end + kLongest && document_.upos[noun] == Upos::NOUN &&
                         !reading_.fillers.is_mention(noun);
      return plain ? on_one_line({figure.span.begin, noun + 1}) : text;
    }
    TokenIndex at = figure.head;
    if (grade_of(figure) != kNoToken) at = grade_of(figure);
    const TokenIndex verb = verb_over(at);
    if (verb == kNoToken || words_.holding.has(document_.lemma_of(verb))) return text;
    const std::string said(document_.form(verb));
    if (is_subject(at)) return text + " " + said;
    const std::string preposition(preposition_of(at, figure));
    return said + " " + (preposition.empty() ? "" : preposition + " ") + text;
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
