// Problem: "X must finish the road to the port of Y, a unit of Z": the clause demands, but that the
// port lies in Y and belongs to Z is so. Method: of the mentions of both ends, some pair that the
// tree joins by links within a noun phrase only; the phrase's head tells whether the thing is known
// (a name, or a noun with "the"). Cost: mentions of both ends, which are bounded, x the path.
// Reference: Karttunen 1973 and FactBank (Saurí and Pustejovsky 2009) for presupposed noun phrases.
#include "extract/structure/phrases.h"

#include <algorithm>
#include <array>
#include <vector>

#include "extract/frames/within.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoToken;
using doc::TokenIndex;

constexpr size_t kMostMentions = 4;  // of one entity in one sentence
constexpr size_t kMostSteps = 12;    // up from a mention

/// True if the word hangs on its head within a noun phrase.
bool within_phrase(const doc::Document& d, TokenIndex t) {
  static constexpr std::array kLinks = {Deprel::nmod,          Deprel::nmod_poss, Deprel::nmod_desc,
                                        Deprel::nmod_unmarked, Deprel::compound,  Deprel::amod,
                                        Deprel::appos,         Deprel::flat,      Deprel::conj};
  return std::find(kLinks.begin(), kLinks.end(), d.deprel[t]) != kLinks.end();
}

/// The words from `t` up, as long as they stay within one noun phrase; `t` first.
std::vector<TokenIndex> climb(const SentenceFrames& frames, TokenIndex t) {
  const doc::Document& d = frames.document();
  std::vector<TokenIndex> out;
  while (t != kNoToken && frames.sentence().contains(t) && out.size() < kMostSteps) {
    out.push_back(t);
    // "nominated Ann Ray as chair": what she is to be, not what she is.
    if (!within_phrase(d, t) || frames.preposition(t) == "as") break;
    t = d.head[t];
  }
  return out;
}

/// The verb that makes the thing ("to set up a centre"); kNoToken if none does.
TokenIndex maker_of(const doc::Document& d, const schema::WordList& creating, TokenIndex head) {
  const bool made = d.deprel[head] == Deprel::obj || d.deprel[head] == Deprel::nsubj_pass;
  const TokenIndex above = made ? d.head[head] : kNoToken;
  return above != kNoToken && creating.has(d.lemma_of(above)) ? above : kNoToken;
}

/// True for a name, and for a noun with "the", "this" or an owner.
bool is_known(const SentenceFrames& frames, TokenIndex head) {
  const doc::Document& d = frames.document();
  if (d.upos[head] == doc::Upos::PROPN) return true;
  for (const TokenIndex c : frames.children(head)) {
    if (d.deprel[c] == Deprel::nmod_poss) return true;
    if (d.deprel[c] != Deprel::det) continue;
    const std::string word = text::lower_ascii(d.norm_of(c));
    if (word == "the" || word == "this" || word == "that" || word == "these" || word == "those")
      return true;
  }
  return false;
}

/// The word at which the paths up from both heads meet within one noun phrase; kNoToken if they
/// don't. Two conjuncts aren't joined by being conjuncts.
TokenIndex phrase_of(const SentenceFrames& frames, TokenIndex a, TokenIndex b) {
  const doc::Document& d = frames.document();
  const std::vector<TokenIndex> up = climb(frames, a), down = climb(frames, b);
  for (size_t i = 0; i < up.size(); ++i) {
    const auto met = std::find(down.begin(), down.end(), up[i]);
    if (met == down.end()) continue;
    const bool only_conjuncts =
        std::all_of(up.begin(), up.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](TokenIndex t) { return d.deprel[t] == Deprel::conj; }) &&
        std::all_of(down.begin(), met, [&](TokenIndex t) { return d.deprel[t] == Deprel::conj; });
    if (only_conjuncts && a != b) return kNoToken;
    return up[i];
  }
  return kNoToken;
}

}  // namespace

void free_from_clause(const SentenceReading& reading, const schema::Ontology& ontology,
                      const StandingWords& words, schema::RelationId relation,
                      doc::LocalEntity subject, doc::LocalEntity object, doc::Evidence& evidence) {
  if (!words.facts.has(ontology[relation].name)) return;
  const SentenceFrames& frames = reading.frames;
  const doc::Document& d = frames.document();
  std::vector<const doc::Mention*> subjects, objects;
  for (const doc::Mention& m : mentions_in(d, frames.sentence())) {
    if (m.entity == subject && subjects.size() < kMostMentions) subjects.push_back(&m);
    if (m.entity == object && objects.size() < kMostMentions) objects.push_back(&m);
  }
  const bool happens = d.entities[subject].type == ontology.core().event;
  for (const doc::Mention* s : subjects)
    for (const doc::Mention* o : objects) {
      const TokenIndex top = phrase_of(frames, s->head, o->head);
      if (top == kNoToken) continue;
      const bool known = is_known(frames, top);
      if (const TokenIndex maker = maker_of(d, words.creating, top); maker != kNoToken) {
        const uint32_t f = known ? kNoFrame : frames.frame_of(maker);
        if (f != kNoFrame && evidence.modality == doc::Modality::asserted)
          evidence.modality = reading.statuses[f].modality;
        return;
      }
      if (!known) continue;
      // A summit that somebody will attend is still to come.
      if (!happens || evidence.modality != doc::Modality::planned)
        evidence.modality = doc::Modality::asserted;
      if (!happens) evidence.time.clear();
      // Who won't attend the summit in Oslo doesn't deny that it is there.
      evidence.polarity = doc::Polarity::positive;
      // Whom "its" means is known from what the speaker tells.
      if (s->form != doc::MentionForm::pronoun && o->form != doc::MentionForm::pronoun)
        evidence.speaker = doc::kNoEntity;
      return;
    }
}

}  // namespace weft::extract
