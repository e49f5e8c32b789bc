// Problem: "We reject the statement," the ministry said: who rejects it? Method: the sentences are
// attributed once before facts are read; a word of the first person in a clause that is somebody's
// word stands for the speaker, "we" and "our" for the body whose office the speaker holds, where
// the text shows one. Interviews print answers without naming who speaks: they are known by their
// announcement and their questions, and the person named most answers. Cost: for texts that have
// such words, frames and attributions once more. Reference: Almeida et al. 2014 for joining the
// attribution of quotations with coreference.
#include "extract/reference/first_person.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "extract/frames/fillers.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::LocalEntity;
using doc::TokenIndex;

constexpr uint32_t kLead = 10;      // sentences in which an interview is announced
constexpr uint32_t kQuestions = 3;  // it has at least
constexpr uint32_t kAnnounced = 2;  // mentions of who is interviewed, at least
constexpr uint32_t kLongest = 400;  // tokens of a sentence
constexpr unsigned kMaxSteps = 40;  // up to the clause

enum class Person { none, one, many };

Person first_person(std::string_view form) {
  if (form == "I") return Person::one;
  const std::string low = text::lower_ascii(form);
  if (low == "me" || low == "my" || low == "myself") return Person::one;
  if (low == "we" || low == "our" || low == "ours" || low == "ourselves") return Person::many;
  if (form == "us" || form == "Us") return Person::many;  // "US" is a country
  return Person::none;
}

bool is_read(const doc::Document& d, uint32_t sentence) {
  const core::TokenSpan tokens = d.sentence(sentence);
  return !tokens.empty() && tokens.size() <= kLongest && d.is_prose(sentence);
}

bool is_question(const doc::Document& d, core::TokenSpan sentence) {
  return !sentence.empty() && d.norm_of(sentence.end - 1) == "?";
}

/// The bodies that people speak for: whose office a person holds, or who employs the person.
std::map<LocalEntity, LocalEntity> bodies_of(const doc::Document& d,
                                             const schema::Ontology& ontology) {
  const auto works_for = ontology.relation("works_for");
  const auto holds = ontology.relation("holds_position"), of = ontology.relation("position_in");
  const auto is_body = [&](LocalEntity e) {
    return e != kNoEntity && d.entities[e].type == ontology.core().organization;
  };
  std::map<LocalEntity, LocalEntity> of_office, out;
  for (const doc::Fact& f : d.facts)
    if (f.relation == of && is_body(f.object)) of_office.emplace(f.subject, f.object);
  for (const doc::Fact& f : d.facts) {
    if (f.relation == works_for && is_body(f.object)) out.emplace(f.subject, f.object);
    if (f.relation != holds) continue;
    if (const auto office = of_office.find(f.object); office != of_office.end())
      out.emplace(f.subject, office->second);
  }
  return out;
}

}  // namespace

Interview find_interview(const doc::Document& document, const AttributionWords& words) {
  Interview out;
  uint32_t questions = 0;
  bool announced = false;
  std::vector<uint32_t> counts(document.entities.size());
  for (uint32_t s = 0; s < document.sentence_count(); ++s) {
    const core::TokenSpan tokens = document.sentence(s);
    if (is_question(document, tokens) && questions++ == 0) out.from = s;
    if (s >= kLead || announced) continue;
    for (TokenIndex t = tokens.begin; t < tokens.end && !announced; ++t) {
      const std::string low = text::lower_ascii(document.norm_of(t));
      announced = words.interviews.has(low) ||
                  (t + 1 < tokens.end &&
                   words.interviews.has(low + " " + text::lower_ascii(document.norm_of(t + 1))));
    }
  }
  if (!announced || questions < kQuestions) return {};
  for (const doc::Mention& m : document.mentions)
    if (m.entity != kNoEntity && document.entities[m.entity].type == words.person &&
        document.sentence_of(m.tokens.begin) < std::max(out.from, 1U))
      ++counts[m.entity];
  uint32_t most = 0;
  for (LocalEntity e = 0; e < counts.size(); ++e)
    if (counts[e] > most) {
      most = counts[e];
      out.answers = e;
    }
  return most >= kAnnounced ? out : Interview{};
}

void resolve_first_person(doc::Document& document, const schema::Ontology& ontology,
                          const FrameWords& frame_words, const ModalityWords& modality_words,
                          const AttributionWords& attribution_words,
                          const FillerWords& filler_words) {
  bool any = false;
  for (TokenIndex t = 0; t < document.token_count() && !any; ++t)
    any = first_person(document.norm_of(t)) != Person::none;
  if (!any) return;
  std::vector<doc::Mention> found;
  const std::map<LocalEntity, LocalEntity> bodies = bodies_of(document, ontology);
  {
    const MentionIndex mentions(document);
    Attributor attributor(document, attribution_words);
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      if (!is_read(document, s)) continue;
      const core::TokenSpan tokens = document.sentence(s);
      const SentenceFrames frames(document, tokens, frame_words);
      const FillerFinder fillers(frames, mentions, filler_words);
      const auto said =
          attributor.attribute(s, frames, fillers, judge_clauses(frames, modality_words));
      for (TokenIndex t = tokens.begin; t < tokens.end; ++t) {
        const Person person = first_person(document.norm_of(t));
        if (person == Person::none || !mentions.at(t).empty()) continue;
        uint32_t frame = kNoFrame;
        TokenIndex at = t;
        for (unsigned i = 0;
             i < kMaxSteps && frame == kNoFrame && at != doc::kNoToken && tokens.contains(at);
             ++i, at = document.head[at])
          frame = frames.frame_of(at);
        if (frame == kNoFrame || said[frame].speaker == kNoEntity) continue;
        LocalEntity speaker = said[frame].speaker;
        // Who asks, thanks or blames is the one who speaks, whatever body acts.
        const std::string_view verb = frames.frames()[frame].lemma;
        const bool saying =
            attribution_words.directing.has(verb) || attribution_words.reporting.has(verb);
        if (const auto body = bodies.find(speaker);
            person == Person::many && !saying && body != bodies.end())
          speaker = body->second;
        doc::Mention m;
        m.tokens = {t, t + 1};
        m.head = t;
        m.entity = speaker;
        m.type = document.entities[speaker].type;
        m.form = doc::MentionForm::pronoun;
        m.rule = doc::JoinRule::pronoun;
        m.confidence = 0.6F;
        found.push_back(m);
      }
    }
  }
  if (found.empty()) return;
  std::vector<LocalEntity> changed;
  for (const doc::Mention& m : found) {
    document.entities[m.entity].joined.push_back({document.byte_span(m.tokens), m.rule});
    changed.push_back(m.entity);
  }
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  for (const LocalEntity e : changed)
    std::stable_sort(document.entities[e].joined.begin(), document.entities[e].joined.end(),
                     [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  document.mentions.insert(document.mentions.end(), found.begin(), found.end());
  std::stable_sort(document.mentions.begin(), document.mentions.end(),
                   [](const auto& a, const auto& b) {
                     return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                                             : a.tokens.end > b.tokens.end;
                   });
}

}  // namespace weft::extract
