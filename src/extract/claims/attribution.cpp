// Problem: "The port will open in May, Xi said. It will serve Africa." Who says the second
// sentence? Method: a clause below a reporting or directing verb is the word of that verb's
// subject, and so is the main clause of "…, X said"; "according to X" covers the clause it stands
// in; a name beside a reporting verb at a sentence's end counts where the tree shows nothing; a
// label ("LI: …") gives a whole block; a quotation that stays open, or a list of demands without a
// subject, goes on with the last speaker of its paragraph. Cost: linear in frames. Reference:
// Pareti 2016 (PARC 3.0) for the kinds of attribution.
#include "extract/claims/attribution.h"

#include <algorithm>

#include "extract/frames/within.h"
#include "extract/reference/first_person.h"
#include "schema/lexicon.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;

constexpr uint32_t kMaxName = 12;                    // tokens
constexpr uint32_t kMaxLabel = 5;                    // tokens before the colon
constexpr size_t kMaxItemMark = 6;                   // bytes of "(xiv)" and the like
constexpr std::string_view kMakesPoints = "demand";  // "laid out tasks in these areas:"
constexpr uint32_t kMaxSilence = 6;                  // sentences of nobody's word within one speech

}  // namespace

AttributionWords AttributionWords::from(const schema::Lexicons& lexicons,
                                        const schema::CoreTypes& core) {
  return {lexicons.list("reporting_verbs"),
          lexicons.list("directing_verbs"),
          lexicons.list("source_phrases"),
          lexicons.list("stress_verbs"),
          lexicons.list("quoting_verbs"),
          lexicons.list("source_links"),
          lexicons.list("opinion_nouns"),
          lexicons.list("statement_nouns"),
          lexicons.list("interview_cues"),
          lexicons.list("interview_asides"),
          core.person,
          core.work};
}

Attributor::Attributor(const doc::Document& document, const AttributionWords& words)
    : document_(document), words_(words) {
  const Interview interview = find_interview(document, words);
  answers_ = interview.answers;
  questions_from_ = interview.from;
  for (doc::LocalEntity e = 0; e < document.entities.size(); ++e)
    if (document.entities[e].type == words.person)
      for (const auto& alias : document.entities[e].aliases)
        if (const size_t space = alias.form.find(' '); space != std::string::npos)
          titled_.emplace(alias.form.substr(0, space), e);
}

/// A sentence of an interview that is the answer to a question: what doesn't ask or speak to
/// "you", nor stands behind a heading "About her" or behind a sentence that names who answers,
/// which is told by the writer, up to the next question.
bool Attributor::answers(uint32_t sentence, core::TokenSpan tokens) {
  if (answers_ == kNoEntity || sentence <= questions_from_) return false;
  const std::string_view last = document_.norm_of(tokens.end - 1);
  if (tokens.size() <= kMaxLabel && last != "." && last != "?" && last != "!" &&
      words_.asides.has(text::lower_ascii(document_.norm_of(tokens.begin))))
    told_ = true;
  for (const doc::Mention& m : mentions_in(document_, tokens))
    told_ = told_ || (m.entity == answers_ && m.form != doc::MentionForm::pronoun);
  for (doc::TokenIndex t = tokens.begin; t < tokens.end; ++t) {
    const std::string_view w = document_.norm_of(t);
    if (w == "?") told_ = false;
    if (w == "?" || w == "you" || w == "You" || w == "your" || w == "Your") return false;
  }
  return !told_;
}

doc::LocalEntity Attributor::speaker_of(const Frame& frame, const FillerFinder& fillers) const {
  // "X was quoted as saying".
  const bool quoted = frame.passive && words_.quoting.has(frame.lemma);
  for (const Argument& a : frame.arguments) {
    const bool speaks = a.role == (quoted ? Role::patient : Role::agent) ||
                        (a.role == Role::bearer && frame.kind != FrameKind::verb);
    if (!speaks) continue;
    const Readings readings = fillers.readings(a.head);
    if (readings.empty()) continue;
    // "its finance spokesman, X, said": the person rather than the office.
    for (doc::TokenIndex t = a.head + 1; t < document_.token_count() && t <= a.head + kMaxName; ++t)
      if (document_.head[t] == a.head && document_.deprel[t] == Deprel::appos)
        for (const Filler& f : fillers.readings(t))
          if (document_.entities[f.entity].type == words_.person &&
              document_.entities[readings.front().entity].type != words_.person)
            return f.entity;
    return readings.front().entity;
  }
  return kNoEntity;
}

Attribution Attributor::own(const SentenceFrames& frames, uint32_t frame,
                            const FillerFinder& fillers) const {
  const auto& all = frames.frames();
  bool aside = false;  // in a relative clause, which tells of the thing, not of what is called for
  for (uint32_t at = frame; at != kNoFrame; at = all[at].parent) {
    const Frame& f = all[at];
    for (const Argument& a : f.arguments) {  // "according to X, …", "in the opinion of X, …"
      if (a.role == Role::prep && words_.opinions.has(document_.lemma_of(a.head)) &&
          (a.preposition == "in" || a.preposition == "by"))
        for (doc::TokenIndex c : frames.children(a.head))
          if (document_.deprel[c] == Deprel::nmod_poss ||
              (document_.deprel[c] == Deprel::nmod && frames.preposition(c) == "of"))
            for (const Filler& source : fillers.readings(c)) return {source.entity, {}};
      if (a.role == Role::prep && words_.sources.has(a.preposition)) {
        for (const Filler& source : fillers.readings(a.head)) return {source.entity, {}};
        for (doc::TokenIndex c : frames.children(a.head))  // "according to a report of X"
          if (document_.deprel[c] == Deprel::nmod_poss ||
              (document_.deprel[c] == Deprel::nmod && words_.links.has(frames.preposition(c))))
            for (const Filler& source : fillers.readings(c)) return {source.entity, {}};
      }
    }
    if (f.parent != kNoFrame) {
      const Frame& parent = all[f.parent];
      const bool clause = f.link == ClauseLink::complement ||
                          f.link == ClauseLink::open_complement || f.link == ClauseLink::parataxis;
      // "Stressed pushing forward …" and "stressed the need to push" report; "said to be rich"
      // doesn't.
      const bool reports =
          words_.reporting.has(parent.lemma) &&
          (f.link != ClauseLink::open_complement || document_.xpos[f.predicate] == doc::Xpos::VBG ||
           (!parent.passive && words_.stress.has(parent.lemma)));
      if (clause && parent.kind == FrameKind::verb &&
          (reports || words_.directing.has(parent.lemma))) {
        const doc::LocalEntity speaker = speaker_of(parent, fillers);
        if (speaker != kNoEntity) return {speaker, std::string(parent.lemma)};
      }
      // What is said as a noun: "called for the construction of a port", "stressed the need to
      // build".
      const Deprel r = document_.deprel[f.predicate];
      const bool content = (r == Deprel::obl && !aside && words_.directing.has(parent.lemma) &&
                            frames.preposition(f.predicate) != "from") ||
                           (r == Deprel::obj && at != frame && words_.reporting.has(parent.lemma));
      if (f.link == ClauseLink::none && f.kind == FrameKind::noun &&
          parent.kind == FrameKind::verb && content) {
        const doc::LocalEntity speaker = speaker_of(parent, fillers);
        if (speaker != kNoEntity) return {speaker, std::string(parent.lemma)};
      }
    }
    aside = aside || f.link == ClauseLink::relative;
  }
  // "…, X said": the reporting clause hangs on the root that it reports.
  for (uint32_t at = frame; at != kNoFrame; at = all[at].parent) {
    if (all[at].link == ClauseLink::parataxis) return {};
    if (all[at].parent != kNoFrame) continue;
    for (const Frame& f : all) {
      if (f.parent != at || f.link != ClauseLink::parataxis || !words_.reporting.has(f.lemma))
        continue;
      const doc::LocalEntity speaker = speaker_of(f, fillers);
      if (speaker != kNoEntity) return {speaker, std::string(f.lemma)};
    }
  }
  return {};
}

// True if the sentence goes on with what its speaker demands: a directive in its main clause, in
// one joined to it, or in the clause below its adjective ("it is necessary to …").
bool Attributor::continues(const SentenceFrames& frames,
                           const std::vector<ClauseStatus>& statuses) const {
  const auto& all = frames.frames();
  for (uint32_t i = 0; i < all.size(); ++i) {
    if (statuses[i].modality != doc::Modality::directive || all[i].kind == FrameKind::noun)
      continue;
    const bool main = all[i].parent == kNoFrame;
    const bool beside =
        !main && all[all[i].parent].parent == kNoFrame &&
        (all[i].link == ClauseLink::conjunct || all[i].link == ClauseLink::parataxis ||
         (all[i].link != ClauseLink::none && all[all[i].parent].kind != FrameKind::verb));
    if (main || beside) return true;
  }
  return false;
}

void Attributor::follow_quotes(core::TokenSpan sentence) {
  for (doc::TokenIndex t = sentence.begin; t < sentence.end; ++t) {
    const std::string_view form = document_.form(t);
    if (form == "\xe2\x80\x9c" || document_.xpos[t] == doc::Xpos::OPEN_QUOTE)
      quote_open_ = true;
    else if (form == "\xe2\x80\x9d" || document_.xpos[t] == doc::Xpos::CLOSE_QUOTE)
      quote_open_ = false;
    else if (form == "\"")
      quote_open_ = !quote_open_;
  }
}

/// The longest mention that begins (ends) at the token; nullptr if there is none.
const doc::Mention* Attributor::mention_at(doc::TokenIndex token, bool ends) const {
  const auto& all = document_.mentions;
  const doc::TokenIndex first = ends && token > kMaxName ? token - kMaxName : ends ? 0 : token;
  auto it =
      std::lower_bound(all.begin(), all.end(), first,
                       [](const doc::Mention& m, doc::TokenIndex t) { return m.tokens.begin < t; });
  const doc::Mention* best = nullptr;
  for (; it != all.end() && it->tokens.begin <= token; ++it) {
    const bool fits = ends ? it->tokens.end == token : it->tokens.begin == token;
    if (fits && it->entity != kNoEntity && (!best || it->tokens.size() > best->tokens.size()))
      best = &*it;
  }
  return best;
}

/// True if what stands behind a reporting verb may be its subject: not in "X, who headed the panel,
/// said the ruling would …", nor in "X, who came too, urged residents to …".
bool Attributor::may_follow(core::TokenSpan sentence, doc::TokenIndex verb,
                            doc::TokenIndex head) const {
  const auto subject = [&](doc::TokenIndex t) {
    return document_.deprel[t] == Deprel::nsubj || document_.deprel[t] == Deprel::nsubj_pass;
  };
  if (subject(head)) return document_.head[head] == verb;
  for (doc::TokenIndex t = sentence.begin; t < verb; ++t)
    if (document_.head[t] == verb && subject(t)) return false;
  return true;
}

/// "…, Li said." and "…, said Li": a name beside a reporting verb at the end of its sentence,
/// whatever the tree made of it.
Attribution Attributor::beside(core::TokenSpan sentence, doc::TokenIndex& verb) const {
  for (doc::TokenIndex t = sentence.end; t-- > sentence.begin + 1;) {
    if (document_.upos[t] != doc::Upos::VERB || !words_.reporting.has(document_.lemma_of(t)) ||
        document_.xpos[t] == doc::Xpos::VBN || document_.xpos[t] == doc::Xpos::VBG)
      continue;
    auto border = [&](doc::TokenIndex k) {
      if (k >= sentence.end) return true;
      const std::string_view w = document_.norm_of(k);
      return w == "." || w == "," || w == "\"" || w == "''" || w == ":" || w == ";";
    };
    auto behind_comma = [&](doc::TokenIndex k) {
      return k > sentence.begin && border(k - 1) && document_.norm_of(k - 1) != ".";
    };
    if (const doc::Mention* m = mention_at(t, true);
        m && behind_comma(m->tokens.begin) && border(t + 1)) {
      verb = t;
      return {m->entity, std::string(document_.lemma_of(t))};
    }
    doc::TokenIndex name = t + 1;
    if (name < sentence.end && document_.norm_of(name) == "the") ++name;
    const doc::Mention* m = name < sentence.end ? mention_at(name, false) : nullptr;
    if (m && behind_comma(t) && may_follow(sentence, t, m->head)) {
      verb = t;
      return {m->entity, std::string(document_.lemma_of(t))};
    }
  }
  return {};
}

/// Where the words begin that "X said" at `verb` gives to X: at the mark that opens the quotation
/// before it ("A met B. “We agreed,” X said", read as one sentence), else with the sentence.
doc::TokenIndex Attributor::quoted_from(core::TokenSpan sentence, doc::TokenIndex verb) const {
  constexpr doc::TokenIndex kMaxBetween = 8;  // "he", "the company's finance spokesman"
  const auto is_mark = [&](doc::TokenIndex t) {
    const std::string_view form = document_.norm_of(t);
    return form == "\"" || form == "''" || form == "``";
  };
  doc::TokenIndex close = verb;
  while (close > sentence.begin && verb - close < kMaxBetween && !is_mark(close)) --close;
  if (!is_mark(close)) return sentence.begin;
  for (doc::TokenIndex t = close; t-- > sentence.begin;)
    if (is_mark(t)) return t;
  return sentence.begin;
}

/// The person named most often.
doc::LocalEntity Attributor::main_person() const {
  doc::LocalEntity best = kNoEntity;
  size_t most = 0;
  for (doc::LocalEntity e = 0; e < document_.entities.size(); ++e) {
    const size_t n = document_.entities[e].mentions.size();
    if (document_.entities[e].type == words_.person && n > most) {
      best = e;
      most = n;
    }
  }
  return best;
}

/// "LI: …", "AB: …" (initials), "A: …" (who answers): who has the word in a block of an interview.
doc::LocalEntity Attributor::label(core::TokenSpan sentence) const {
  doc::TokenIndex colon = sentence.begin;
  while (colon < sentence.end && colon < sentence.begin + kMaxLabel &&
         document_.norm_of(colon) != ":")
    ++colon;
  if (colon == sentence.begin || colon >= sentence.end || document_.norm_of(colon) != ":")
    return kNoEntity;
  if (const doc::Mention* m = mention_at(colon, true);
      m && m->tokens.begin == sentence.begin && m->type == words_.person)
    return m->entity;
  const std::string_view word = document_.form(sentence.begin);
  if (colon != sentence.begin + 1 || word.empty()) return kNoEntity;
  if (word.size() > 3) {  // "Mayor: …": who was named with that title
    const auto bearer = titled_.find(word);
    return bearer == titled_.end() ? kNoEntity : bearer->second;
  }
  if (word == "A") return main_person();
  for (doc::LocalEntity e = 0; e < document_.entities.size(); ++e) {
    if (document_.entities[e].type != words_.person) continue;
    std::string initials;
    bool begins = true;
    for (const char c : document_.entities[e].label) {
      if (begins && c >= 'A' && c <= 'Z') initials += c;
      begins = c == ' ' || c == '-';
    }
    if (word.size() > 1 && initials.starts_with(word)) return e;
  }
  return kNoEntity;
}

/// The sentence begins inside quotation marks of its own.
bool Attributor::all_quoted(core::TokenSpan sentence) const {
  const std::string_view first = document_.form(sentence.begin);
  return first == "\"" || first == "\xe2\x80\x9c" ||
         document_.xpos[sentence.begin] == doc::Xpos::OPEN_QUOTE;
}

/// The sentence ends with a colon: a list or a statement follows.
bool Attributor::announces(core::TokenSpan sentence) const {
  return sentence.size() > 2 && document_.norm_of(sentence.end - 1) == ":";
}

/// Who makes the points that a sentence with a colon at its end announces: the subject of a verb of
/// saying, or of one whose object is a statement; "In the Declaration, the Council:" has no verb.
Attribution Attributor::announcer(const SentenceFrames& frames, const FillerFinder& fillers) const {
  if (!frames.frames().empty() && frames.frames().front().kind == FrameKind::verb) {
    const Frame& root = frames.frames().front();
    if (words_.reporting.has(root.lemma) || words_.directing.has(root.lemma))
      return {speaker_of(root, fillers), std::string(root.lemma)};
    bool statement = false;
    for (doc::TokenIndex t = frames.sentence().begin; t < frames.sentence().end && !statement; ++t)
      statement = words_.statements.has(document_.lemma_of(t));
    return {statement ? speaker_of(root, fillers) : kNoEntity, std::string(kMakesPoints)};
  }
  const doc::Mention* m = mention_at(frames.sentence().end - 1, true);
  return {m != nullptr ? m->entity : kNoEntity, std::string(kMakesPoints)};
}

/// Begins with a number, a letter in brackets ("(a)" may be one token), a bullet or "first".
bool Attributor::is_item(core::TokenSpan sentence) const {
  const std::string_view w = document_.norm_of(sentence.begin);
  if (w.empty()) return false;
  const bool digit = w[0] >= '0' && w[0] <= '9' && w.size() <= 3;
  const bool bracketed = w[0] == '(' || (w.back() == ')' && w.size() > 1);
  return digit || (bracketed && w.size() <= kMaxItemMark) || w == "-" || w == "*" ||
         w == "\u2022" || w == "\u25cf" || w == "\u2013" || w == "\u2014" ||
         words_.statements.has(text::lower_ascii(w));
}

/// The items of an announced list, or the paragraphs of an announced quotation, are the announcer's
/// word; an item that is a finite verb without subject tells what the announcer does.
void Attributor::follow_announcement(bool begins_block, bool quoted, const SentenceFrames& frames,
                                     Attribution& said, std::vector<Attribution>& out) {
  subject_ = kNoEntity;
  if (announced_.speaker == kNoEntity) return;
  const bool goes_on = announced_now_ || quoted || is_item(frames.sentence());
  if (begins_block && !goes_on) announced_ = {};
  announced_now_ = false;
  if (announced_.speaker == kNoEntity || frames.frames().empty()) return;
  const Frame& root = frames.frames().front();
  const auto has_subject = [](const Frame& f) {
    return std::any_of(f.arguments.begin(), f.arguments.end(), [](const Argument& a) {
      return a.role == Role::agent || a.role == Role::bearer;
    });
  };
  const doc::Xpos tag = document_.xpos[root.predicate];
  if (root.kind == FrameKind::verb && !root.passive && !quoted && !has_subject(root) &&
      (tag == doc::Xpos::VBZ || tag == doc::Xpos::VBD)) {
    subject_ = announced_.speaker;
    return;
  }
  // Demands that nobody new makes go on with whoever made the last ones.
  if (said.speaker != kNoEntity) return;
  said = announced_;
  for (Attribution& a : out) a = said;
}

std::vector<Attribution> Attributor::attribute(uint32_t sentence, const SentenceFrames& frames,
                                               const FillerFinder& fillers,
                                               const std::vector<ClauseStatus>& statuses) {
  const uint32_t block = document_.sentence_block.empty() ? 0 : document_.sentence_block[sentence];
  const bool begins_block = block != last_block_;
  if (begins_block) {  // demands go on over paragraphs, quotations don't
    quote_open_ = false;
    last_block_ = block;
    turn_ = {label(frames.sentence()), {}};
  }
  const bool quoted = quote_open_ || all_quoted(frames.sentence());
  const bool carried =
      last_.speaker != kNoEntity && ((quoted && silent_ == 0) || continues(frames, statuses));
  std::vector<Attribution> out;
  Attribution said;
  for (uint32_t i = 0; i < frames.frames().size(); ++i) {
    Attribution a = own(frames, i, fillers);
    if (a.speaker != kNoEntity && said.speaker == kNoEntity) said = a;
    out.push_back(a);
  }
  doc::TokenIndex verb = doc::kNoToken;
  if (const Attribution found = beside(frames.sentence(), verb); found.speaker != kNoEntity) {
    if (said.speaker == kNoEntity) said = found;
    const doc::TokenIndex begin = quoted_from(frames.sentence(), verb);
    for (uint32_t i = 0; i < out.size(); ++i)
      if (frames.frames()[i].predicate >= begin && frames.frames()[i].predicate < verb &&
          out[i].speaker == kNoEntity)
        out[i] = found;
  }
  if (said.speaker == kNoEntity && turn_.speaker != kNoEntity) {
    for (Attribution& a : out) a = turn_;
    said = turn_;
  }
  follow_announcement(begins_block, quoted, frames, said, out);
  if (said.speaker == kNoEntity && !quoted && answers(sentence, frames.sentence())) {
    said = {answers_, {}};
    for (Attribution& a : out) a = said;
  }
  if (said.speaker == kNoEntity && carried) {
    for (Attribution& a : out) a = last_;
    said = last_;
  }
  // What is said with a plain object ("stressed the role of X") also names the speaker of what
  // follows.
  if (said.speaker == kNoEntity && !frames.frames().empty()) {
    const Frame& root = frames.frames().front();
    if (root.kind == FrameKind::verb &&
        (words_.reporting.has(root.lemma) || words_.directing.has(root.lemma)))
      said = {speaker_of(root, fillers), std::string(root.lemma)};
  }
  // Demands go on over a remark of the document's own ("Output doubled last year."), not over many.
  silent_ = said.speaker == kNoEntity ? silent_ + 1 : 0;
  // "According to the report" names no one whose word could go on.
  const bool by_work = said.speaker != kNoEntity && said.verb.empty() &&
                       document_.entities[said.speaker].type == words_.work;
  if (said.speaker != kNoEntity || silent_ > kMaxSilence) last_ = by_work ? Attribution{} : said;
  if (announces(frames.sentence()))
    if (Attribution a = announcer(frames, fillers); a.speaker != kNoEntity) {
      announced_ = std::move(a);
      announced_now_ = true;
    }
  follow_quotes(frames.sentence());
  return out;
}

}  // namespace weft::extract
