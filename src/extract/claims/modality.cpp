// Problem: "urged the city to build a port" must never become "the city builds a port" stated as
// fact. Method: a clause's own auxiliaries decide; else what governs it (a verb, noun or adjective
// of the word lists); else the clause it is joined or subordinate to. Frames come heads first, so
// one pass carries the status down; negation adds up along the same way. Cost: linear in tokens.
// Reference: Saurí and Pustejovsky 2009 (FactBank) for the propagation through governors.
#include "extract/claims/modality.h"

#include <algorithm>
#include <optional>
#include <string>

#include "schema/lexicon.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::Modality;
using doc::TokenIndex;
using doc::Xpos;

class Judge {
 public:
  Judge(const SentenceFrames& frames, const ModalityWords& words)
      : frames_(frames), words_(words), document_(frames.document()) {}

  std::vector<ClauseStatus> run() {
    for (const Frame& f : frames_.frames()) statuses_.push_back({modality(f), polarity(f)});
    return std::move(statuses_);
  }

 private:
  // "is to open" is a plan, and so is "the aim is to open"; other auxiliaries are in the list.
  std::optional<Modality> auxiliary(const Frame& f) const {
    bool be = false, to = false;
    for (TokenIndex c : frames_.children(f.predicate)) {
      const Deprel r = document_.deprel[c];
      const std::string form = text::lower_ascii(document_.norm_of(c));
      if (r == Deprel::mark && form == "to") to = true;
      if (r != Deprel::aux && r != Deprel::aux_pass && r != Deprel::cop) continue;
      if (const std::string* value = words_.auxiliaries.value(form))
        return doc::modality_from(*value);
      be = be || (document_.lemma_of(c) == "be" && document_.xpos[f.predicate] == Xpos::VB);
    }
    if (be && to) return Modality::planned;
    return std::nullopt;
  }

  // True if a word of the list, "whether", "in case", marks the clause.
  bool marked(const Frame& f, const schema::WordList& list, bool adverbs = false) const {
    const auto below = frames_.children(f.predicate);
    return std::any_of(below.begin(), below.end(), [&](TokenIndex c) {
      const Deprel r = document_.deprel[c];
      return (r == Deprel::mark || r == Deprel::case_ || (adverbs && r == Deprel::advmod)) &&
             list.has(frames_.with_fixed(c));
    });
  }

  bool has_child(const Frame& f, std::string_view word) const {
    const auto below = frames_.children(f.predicate);
    return std::any_of(below.begin(), below.end(),
                       [&](TokenIndex c) { return document_.norm_of(c) == word; });
  }

  // "its refusal to sign": the noun denies its infinitive.
  bool refused(const Frame& f) const {
    const TokenIndex up = document_.head[f.predicate];
    return document_.deprel[f.predicate] == Deprel::acl && up != doc::kNoToken &&
           document_.upos[up] == doc::Upos::NOUN &&
           words_.negative_verbs.has(document_.lemma_of(up));
  }

  // "has yet to sign"
  bool yet_to(const Frame& f) const {
    return f.parent != kNoFrame && frames_.frames()[f.parent].lemma == "have" &&
           f.link == ClauseLink::open_complement &&
           (has_child(f, "yet") || has_child(frames_.frames()[f.parent], "yet"));
  }

  // "allegedly attacked"
  bool doubted(const Frame& f) const {
    const auto below = frames_.children(f.predicate);
    return std::any_of(below.begin(), below.end(), [&](TokenIndex c) {
      return document_.deprel[c] == Deprel::advmod &&
             words_.doubts.has(text::lower_ascii(document_.norm_of(c)));
    });
  }

  // "Had Norsol bought it, …", "Did Norsol buy it?": an auxiliary before the subject.
  bool inverted(const Frame& f) const {
    TokenIndex subject = frames_.child(f.predicate, Deprel::nsubj);
    if (subject == doc::kNoToken) subject = frames_.child(f.predicate, Deprel::nsubj_pass);
    if (subject == doc::kNoToken) return false;
    const auto below = frames_.children(f.predicate);
    return std::any_of(below.begin(), below.end(), [&](TokenIndex c) {
      const Deprel r = document_.deprel[c];
      return (r == Deprel::aux || r == Deprel::aux_pass || r == Deprel::cop) && c < subject;
    });
  }

  bool asks() const {
    const core::TokenSpan s = frames_.sentence();
    for (TokenIndex t = s.end; t > s.begin && t + 3 > s.end; --t)
      if (document_.norm_of(t - 1) == "?") return true;
    return false;
  }

  // "Why did she go?" takes for granted that she went.
  bool has_question_word(const Frame& f) const {
    for (TokenIndex t = frames_.sentence().begin; t < f.predicate; ++t) {
      const Xpos x = document_.xpos[t];
      if (x == Xpos::WRB || x == Xpos::WP || x == Xpos::WDT || x == Xpos::WP_S) return true;
    }
    return false;
  }

  // What may be so or not: behind "if" and "whether", in "had she known", in a question.
  bool open(const Frame& f) const {
    if (marked(f, words_.conditions) || doubted(f)) return true;
    if (f.kind != FrameKind::verb) return false;
    const bool top = f.link == ClauseLink::none || f.link == ClauseLink::parataxis;
    if (asks()) return top && !has_question_word(f);
    return inverted(f) && f.link == ClauseLink::adverbial;
  }

  // "when Kenya signs, Ghana will leave": to come, like what it is told with.
  bool to_come(const Frame& f, Modality above) const {
    const Xpos x = document_.xpos[f.predicate];
    return above == Modality::planned && (x == Xpos::VBZ || x == Xpos::VBP) &&
           marked(f, words_.occasions, true);
  }

  // "Vigorously develop …": a present tense that begins its sentence, adverbs aside, has no subject
  // and is an imperative, whatever the tagger said.
  bool heads_sentence(TokenIndex verb) const {
    if (document_.xpos[verb] != Xpos::VBP || document_.deprel[verb] != Deprel::root) return false;
    for (TokenIndex t = frames_.sentence().begin; t < verb; ++t)
      if (document_.upos[t] != doc::Upos::ADV && document_.upos[t] != doc::Upos::PUNCT)
        return false;
    return true;
  }

  bool imperative(const Frame& f) const {
    if (f.kind != FrameKind::verb || f.own_subject) return false;
    if (document_.xpos[f.predicate] != Xpos::VB && !heads_sentence(f.predicate)) return false;
    if (f.link != ClauseLink::none && f.link != ClauseLink::parataxis &&
        f.link != ClauseLink::complement)
      return false;
    for (TokenIndex c : frames_.children(f.predicate)) {
      const Deprel r = document_.deprel[c];
      if (r == Deprel::aux || r == Deprel::aux_pass ||
          (r == Deprel::mark && document_.norm_of(c) == "to"))
        return false;
    }
    return true;
  }

  bool finite(const Frame& f) const {
    auto is_finite = [&](TokenIndex t) {
      const Xpos x = document_.xpos[t];
      return x == Xpos::VBZ || x == Xpos::VBD || x == Xpos::VBP;
    };
    if (is_finite(f.predicate)) return true;
    for (TokenIndex c : frames_.children(f.predicate)) {
      const Deprel r = document_.deprel[c];
      if ((r == Deprel::cop || r == Deprel::aux || r == Deprel::aux_pass) && is_finite(c))
        return true;
    }
    return false;
  }

  // "demanded that the firm close its mine": a bare present of one, or under a past tense.
  bool subjunctive(const Frame& f, const Frame& parent) const {
    if (document_.xpos[f.predicate] != Xpos::VBP) return false;
    if (document_.xpos[parent.predicate] == Xpos::VBD) return true;
    TokenIndex subject = frames_.child(f.predicate, Deprel::nsubj);
    if (subject == doc::kNoToken) subject = frames_.child(f.predicate, Deprel::nsubj_pass);
    if (subject == doc::kNoToken || frames_.child(subject, Deprel::conj) != doc::kNoToken)
      return false;
    return document_.xpos[subject] == Xpos::NN || document_.xpos[subject] == Xpos::NNP;
  }

  // "under a deal signed in May, X will supply Y", "a plant financed by X will open": a participle
  // tells what has been done to what the plan speaks of; what is yet to be made has yet to be done
  // to it, and what is demanded stays so.
  bool done_before(const Frame& f, const Frame& parent, Modality above) const {
    if (above != Modality::planned && above != Modality::possible) return false;
    if (f.link != ClauseLink::participle || document_.xpos[f.predicate] != Xpos::VBN) return false;
    const Deprel r = document_.deprel[parent.predicate];
    return r == Deprel::obl || r == Deprel::nsubj;
  }

  // "during his inspection, he stressed …": when it was said, no part of what was said.
  bool circumstance(const Frame& f) const {
    return f.kind == FrameKind::noun && words_.circumstances.has(frames_.preposition(f.predicate));
  }

  // "ordered two ferries from X", "ordered 12 trains": bought, not commanded.
  bool buys(const Frame& f) const {
    if (!words_.buying.has(f.lemma)) return false;
    return std::any_of(f.arguments.begin(), f.arguments.end(), [&](const Argument& a) {
      if (a.role == Role::prep) return a.preposition == "from";
      return a.role == Role::patient && frames_.child(a.head, Deprel::nummod) != doc::kNoToken;
    });
  }

  std::optional<Modality> governed(const Frame& f) const {
    if (f.parent == kNoFrame || f.link == ClauseLink::relative || f.link == ClauseLink::conjunct)
      return std::nullopt;
    const Frame& parent = frames_.frames()[f.parent];
    if (f.link == ClauseLink::adverbial && parent.kind == FrameKind::verb) return std::nullopt;
    const std::string* value = words_.governors.value(parent.lemma);
    if (!value || yet_to(f)) return std::nullopt;
    if (parent.lemma == "have" && frames_.child(parent.predicate, Deprel::obj) != doc::kNoToken)
      return std::nullopt;
    // "stressed that X is a port" states; "stressed building", "that X build" demand.
    const bool directive = doc::modality_from(*value) == Modality::directive;
    if (directive && f.link == ClauseLink::complement && finite(f) && !subjunctive(f, parent))
      return std::nullopt;
    // "called the bill a tax" says what it is.
    if (f.kind == FrameKind::noun && f.link == ClauseLink::open_complement &&
        frames_.child(f.predicate, Deprel::cop) == doc::kNoToken)
      return std::nullopt;
    // "should strive to build": a plan under a demand is demanded.
    if (!directive && doc::modality_from(*value) == Modality::planned &&
        statuses_[f.parent].modality == Modality::directive &&
        f.link == ClauseLink::open_complement)
      return Modality::directive;
    if (f.link ==
        ClauseLink::none) {  // a noun: only what is planned or called for, not who does it
      const Deprel r = document_.deprel[f.predicate];
      if (r != Deprel::obj && r != Deprel::obl && r != Deprel::nmod) return std::nullopt;
      if (directive && document_.upos[f.predicate] == doc::Upos::PROPN)
        return std::nullopt;  // "directs the Slope Observatory at Kalpetta"
      if (parent.kind != FrameKind::verb || circumstance(f)) return std::nullopt;
      if (buys(parent)) return std::nullopt;
      // "called the plan a failure", "directed the film": no demand without "for".
      if (words_.calling.has(parent.lemma) && frames_.preposition(f.predicate) != "for")
        return std::nullopt;
    }
    return doc::modality_from(*value);
  }

  Modality modality(const Frame& f) const {
    if (open(f)) return Modality::possible;
    if (const auto own = auxiliary(f)) return *own;
    if (const auto from_governor = governed(f)) return *from_governor;
    if (imperative(f)) return Modality::directive;
    if (f.parent == kNoFrame) return Modality::asserted;
    const Frame& parent = frames_.frames()[f.parent];
    const Modality above = statuses_[f.parent].modality;
    switch (f.link) {
      case ClauseLink::relative:
      case ClauseLink::parataxis:
        return Modality::asserted;
      case ClauseLink::complement:
        return words_.reporting.has(parent.lemma) ? Modality::asserted : above;
      case ClauseLink::conjunct:
        return f.own_subject && f.kind == FrameKind::verb ? Modality::asserted : above;
      case ClauseLink::adverbial: {
        if (to_come(f, above)) return above;
        if (f.own_subject) return Modality::asserted;
        const bool purpose = document_.xpos[f.predicate] == Xpos::VB;
        return above == Modality::asserted && purpose ? Modality::planned : above;
      }
      default:
        if (done_before(f, parent, above)) return Modality::asserted;
        return above == Modality::directive && circumstance(f) ? Modality::asserted : above;
    }
  }

  bool denies(TokenIndex t) const {
    return words_.negators.has(text::lower_ascii(document_.norm_of(t)));
  }

  bool negated(const Frame& f) const {
    for (TokenIndex c : frames_.children(f.predicate)) {
      const Deprel r = document_.deprel[c];
      if ((r == Deprel::advmod || r == Deprel::det || r == Deprel::cc_preconj || r == Deprel::cc) &&
          denies(c))
        return true;
      if (f.kind != FrameKind::verb ||
          (r != Deprel::obj && r != Deprel::nsubj && r != Deprel::nsubj_pass))
        continue;
      // "No country signed", "neither X nor Y signed", "none of them signed".
      if (denies(c)) return true;
      for (const TokenIndex g : frames_.children(c))
        if ((document_.deprel[g] == Deprel::det || document_.deprel[g] == Deprel::cc_preconj) &&
            denies(g))
          return true;
    }
    return false;
  }

  bool inherits_negation(const Frame& f) const {
    const Frame& parent = frames_.frames()[f.parent];
    switch (f.link) {
      case ClauseLink::open_complement:
        return true;
      case ClauseLink::none:
        return parent.kind == FrameKind::verb && document_.deprel[f.predicate] != Deprel::nsubj;
      case ClauseLink::conjunct: {
        const TokenIndex cc = frames_.child(f.predicate, Deprel::cc);
        const std::string word =
            cc == doc::kNoToken ? "" : text::lower_ascii(document_.norm_of(cc));
        return !f.own_subject && (word == "or" || word == "nor");
      }
      default:
        return false;
    }
  }

  /// The token behind the verb and its particle.
  TokenIndex end_of(const Frame& f) const {
    const TokenIndex p = frames_.child(f.predicate, Deprel::compound_prt);
    return (p == doc::kNoToken ? f.predicate : std::max(p, f.predicate)) + 1;
  }

  doc::Polarity polarity(const Frame& f) const {
    bool negative = negated(f) || marked(f, words_.replaced) || refused(f) || yet_to(f);
    if (f.parent != kNoFrame) {
      const Frame& parent = frames_.frames()[f.parent];
      // "ruled out working with her", "barred her from joining": a participle right behind the verb
      // or "from" is what is ruled out.
      const bool complement =
          f.link == ClauseLink::complement || f.link == ClauseLink::open_complement ||
          (f.link == ClauseLink::adverbial &&
           (f.predicate == end_of(parent) || frames_.has_mark(f.predicate, "from")) &&
           document_.xpos[f.predicate] == doc::Xpos::VBG);
      if (complement && words_.negative_verbs.has(frames_.with_particle(parent)))
        negative = !negative;
      if (complement && words_.truths.has(parent.lemma) &&
          statuses_[f.parent].polarity == doc::Polarity::negative)
        negative = !negative;  // "it is not true that"
      if (inherits_negation(f) && statuses_[f.parent].polarity == doc::Polarity::negative)
        negative = true;
    }
    return negative ? doc::Polarity::negative : doc::Polarity::positive;
  }

  const SentenceFrames& frames_;
  const ModalityWords& words_;
  const doc::Document& document_;
  std::vector<ClauseStatus> statuses_;
};

}  // namespace

ModalityWords ModalityWords::from(const schema::Lexicons& lexicons) {
  return {lexicons.list("modal_auxiliaries"), lexicons.list("modality_governors"),
          lexicons.list("reporting_verbs"),   lexicons.list("negators"),
          lexicons.list("negative_verbs"),    lexicons.list("circumstance_prepositions"),
          lexicons.list("buying_verbs"),      lexicons.list("calling_verbs"),
          lexicons.list("condition_marks"),   lexicons.list("occasion_marks"),
          lexicons.list("truth_words"),       lexicons.list("doubtful_adverbs"),
          lexicons.list("replaced_marks")};
}

std::vector<ClauseStatus> judge_clauses(const SentenceFrames& frames, const ModalityWords& words) {
  return Judge(frames, words).run();
}

}  // namespace weft::extract
