// Problem: texts say what somebody or something is in many ways: "soil scientist Ann Lee", "Ann
// Lee, a soil scientist", "Ann Lee is a soil scientist", "works as a soil scientist"; and most
// words in such places are no description worth a fact ("in the city of X", "the day before, X
// said"). Method: candidates are taken generously from clauses (copula, complement, "as", "into",
// what is won), from the words beside names and from labels; descriptions/features.cpp describes
// each, and a logistic regression whose weights were learned from documents with their graphs
// (tools/train/descriptions) judges it. Cost: linear in the tokens of the sentence, since every
// phrase that is looked at is bounded. Reference: Hearst 1992 for appositions, Fleischman et al.
// 2003 for descriptions of people.
#include "extract/descriptions/descriptions.h"

#include <algorithm>

#include "extract/frames/within.h"
#include "text/ascii.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;
using doc::kNoToken;
using doc::LocalEntity;
using doc::TokenIndex;
using doc::Upos;
using doc::Xpos;

constexpr uint32_t kMaxWords = 8;       // of a description before a name
constexpr uint32_t kMaxReach = 12;      // tokens in which the head of a phrase must stand
constexpr uint32_t kMaxLabel = 6;       // words of a label
constexpr size_t kMaxAliases = 8;       // that a description is compared with
constexpr size_t kMaxBearers = 4;       // who is described together
constexpr size_t kMaxCandidates = 120;  // of a sentence
constexpr std::string_view kWinner = "winner of ", kPrize = " prize";

std::string lower(std::string_view s) { return text::lower_ascii(s); }

bool is_possessive(const doc::Document& d, TokenIndex t) {
  return d.xpos[t] == Xpos::POS || d.xpos[t] == Xpos::PRP_S;
}

bool is_upper(std::string_view s) {
  return std::none_of(s.begin(), s.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

DescribingWords DescribingWords::from(const schema::Lexicons& lists) {
  return {lists.list("describing_verbs"),
          lists.list("opinion_verbs"),
          lists.list("winning_verbs"),
          lists.list("prize_words"),
          lists.list("mention_personal_titles"),
          lists.list("mention_descriptions"),
          lists.list("office_heads"),
          lists.list("mention_position_heads"),
          lists.list("kinship"),
          lists.list("gendered_nouns"),
          lists.list("organization_heads"),
          lists.list("place_heads"),
          lists.list("facility_heads"),
          lists.list("event_heads"),
          lists.list("work_heads"),
          lists.list("description_weights")};
}

DescriptionFinder::DescriptionFinder(const SentenceReading& reading,
                                     const schema::Ontology& ontology, const DescribingWords& words,
                                     bool prizes)
    : reading_(reading),
      ontology_(ontology),
      words_(words),
      document_(reading.frames.document()),
      sentence_(reading.frames.sentence()),
      mentions_(mentions_in(document_, sentence_)),
      prizes_(prizes) {}

// The mention whose own words the token belongs to; the shortest, as "Jiangxi" in "Jiangxi
// Provincial Committee".
const doc::Mention* DescriptionFinder::mention_at(TokenIndex t) const {
  const doc::Mention* found = nullptr;
  for (const doc::Mention& m : mentions_) {
    if (m.tokens.begin > t) break;
    if (m.tokens.contains(t) && m.entity != kNoEntity &&
        (found == nullptr || m.tokens.size() < found->tokens.size()))
      found = &m;
  }
  return found;
}

bool DescriptionFinder::is_time(TokenIndex t) const {
  for (const doc::TimeExpression& time : times_in(document_, sentence_))
    if (time.tokens.contains(t)) return true;
  return false;
}

bool DescriptionFinder::is_sign(TokenIndex t, std::string_view signs) const {
  const std::string_view form = document_.norm_of(t);
  return sentence_.contains(t) && form.size() == 1 && signs.find(form) != std::string_view::npos;
}

// The head of the noun phrase that begins at a token, as far as it stands near; else kNoToken.
TokenIndex DescriptionFinder::phrase_head(TokenIndex first) const {
  TokenIndex at = first;
  for (;;) {
    const TokenIndex head = document_.head[at];
    if (head == kNoToken || head <= at || head > first + kMaxReach || !sentence_.contains(head) ||
        document_.upos[head] == Upos::VERB || document_.upos[at] == Upos::NOUN)
      break;
    at = head;
  }
  const bool group = document_.upos[at] == Upos::PROPN && at > first &&
                     document_.upos[first] == Upos::DET;  // "a Democrat"
  return document_.upos[at] == Upos::NOUN || group ? at : kNoToken;
}

// The words that run up to `last` as one description, without article and possessor.
core::TokenSpan DescriptionFinder::run_before(TokenIndex last) const {
  core::TokenSpan out{last, last + 1};
  while (out.begin > sentence_.begin && out.size() < kMaxWords) {
    const TokenIndex t = out.begin - 1;
    const Upos u = document_.upos[t];
    const bool hyphen = is_sign(t, "-") && t > sentence_.begin &&
                        document_.token_end[t] == document_.token_begin[out.begin];
    const bool modifier = u == Upos::ADJ || u == Upos::NOUN || u == Upos::PROPN ||
                          document_.xpos[t] == Xpos::VBN ||
                          (out.size() > 1 && is_sign(out.begin, "-"));
    if (!(hyphen || modifier) || is_possessive(document_, t) || is_time(t)) break;
    out.begin = t;
  }
  while (out.size() > 1 && is_sign(out.begin, "-")) ++out.begin;
  return out;
}

void DescriptionFinder::add(std::string_view way, TokenIndex who, TokenIndex head, uint32_t frame,
                            std::vector<Draft>& out) const {
  size_t left = kMaxBearers;
  bool first = true;
  for (const Readings& all : reading_.fillers.find(who)) {
    for (const Filler& f : all) {
      if (document_.entities[f.entity].type == ontology_.core().position) continue;
      if (left-- == 0) return;
      Draft d;
      d.way = way;
      d.entity = f.entity;
      d.who = f.head;
      d.head = head;
      d.frame = frame;
      if (f.passed) d.features.push_back("passed");
      if (!first) d.features.push_back("joined");
      out.push_back(std::move(d));
      break;
    }
    first = false;
  }
}

void DescriptionFinder::from_clauses(std::vector<Draft>& out) const {
  const auto& frames = reading_.frames.frames();
  for (uint32_t i = 0; i < frames.size() && out.size() < kMaxCandidates; ++i) {
    if (frames[i].kind == FrameKind::verb)
      from_verb(i, out);
    else
      from_noun(i, out);
  }
}

// "serves as a hub", "was turned into a hub", "became a hub", "won the prize".
void DescriptionFinder::from_verb(uint32_t frame, std::vector<Draft>& out) const {
  const Frame& f = reading_.frames.frames()[frame];
  const std::string* listed = words_.verbs.value(f.lemma);
  const std::string* won = words_.winning.value(f.lemma);
  const auto is_party = [&](const Argument& a) {
    return a.role == Role::agent || a.role == Role::patient;
  };
  for (const Argument& what : f.arguments) {
    std::string way;
    if (what.role == Role::prep && (what.preposition == "as" || what.preposition == "into"))
      way = what.preposition;
    else if (what.role == Role::patient && won)
      way = "won";
    else
      continue;
    const bool known = won || (listed && *listed == way);
    bool object = false;  // what an active verb acts on is what it makes something of
    for (const Argument& a : f.arguments)
      object = object || (a.role == Role::patient && a.head != what.head);
    for (const Argument& who : f.arguments) {
      if (!is_party(who) || who.head == what.head) continue;
      const size_t before = out.size();
      for (const TokenIndex each : reading_.frames.conjuncts(what.head))  // "as X and as Y"
        if (each == what.head || reading_.frames.preposition(each) == what.preposition)
          add(way, who.head, each, frame, out);
      for (size_t i = before; i < out.size(); ++i) {
        out[i].features.push_back(way + (known ? " listed" : " unlisted"));
        out[i].features.push_back(way + (who.role == Role::agent ? " agent" : " patient") +
                                  (object ? " beside object" : "") + (f.passive ? " passive" : ""));
        if (who.inherited) out[i].features.push_back("inherited");
        if (way == "won") out[i].prefix = *won + " ";
      }
    }
  }
}

// "is a hub", "called it a hub", "X, a hub", "the hub, X".
void DescriptionFinder::from_noun(uint32_t frame, std::vector<Draft>& out) const {
  const Frame& f = reading_.frames.frames()[frame];
  const Upos u = document_.upos[f.predicate];
  if (u != Upos::NOUN && u != Upos::ADJ && u != Upos::PROPN) return;
  for (const Argument& what : f.arguments) {  // "its role as a hub"
    if (what.role != Role::prep || what.preposition != "as") continue;
    for (const Argument& whose : f.arguments) {
      if (whose.role != Role::agent || whose.head == what.head) continue;
      const size_t before = out.size();
      add("as", whose.head, what.head, f.parent == kNoFrame ? frame : f.parent, out);
      for (size_t i = before; i < out.size(); ++i) out[i].features.push_back("as of noun");
    }
  }
  const bool complement = f.link == ClauseLink::open_complement && f.parent != kNoFrame;
  const bool said = f.copula || complement;
  if (u != Upos::NOUN && !said) return;
  for (const Argument& a : f.arguments) {
    if (a.role != Role::bearer) continue;
    if (f.predicate + 1 < sentence_.end && is_sign(f.predicate + 1, ":")) continue;  // a label
    const bool ahead = a.head < f.predicate;
    const size_t before = out.size();
    add(f.copula     ? "copula"
        : complement ? "complement"
        : ahead      ? "behind"
                     : "before",
        a.head, f.predicate, said ? frame : kNoFrame, out);
    for (size_t i = before; i < out.size(); ++i) {
      if (said && !ahead) out[i].features.push_back("inverted");
      if (said && f.link == ClauseLink::relative) out[i].features.push_back("relative");
      if (a.inherited) out[i].features.push_back("inherited");
      if (complement) {
        const Frame& verb = reading_.frames.frames()[f.parent];
        const std::string* listed = words_.verbs.value(verb.lemma);
        out[i].features.push_back(listed ? "complement of " + *listed : "complement of other");
        if (verb.passive) out[i].features.push_back("complement of passive");
        for (const Argument& o : verb.arguments)
          if (o.role == Role::patient) out[i].features.push_back("complement of object");
      }
      if (said && document_.upos[a.head] == Upos::PRON)
        out[i].features.push_back("of pronoun " + lower(document_.norm_of(a.head)));
    }
  }
}

void DescriptionFinder::beside_names(std::vector<Draft>& out) const {
  for (const doc::Mention& m : mentions_) {
    if (out.size() >= kMaxCandidates) return;
    if (m.entity == kNoEntity || m.form == doc::MentionForm::pronoun ||
        document_.entities[m.entity].type == ontology_.core().position)
      continue;
    if (m.form == doc::MentionForm::name) {
      before(m, out);
      label(m, out);
    }
    behind(m, out);
  }
}

// "soil scientist Ann Lee", "the state broadcaster, NBZ".
void DescriptionFinder::before(const doc::Mention& m, std::vector<Draft>& out) const {
  TokenIndex t = m.tokens.begin;
  const auto back = [&] { return t > sentence_.begin ? --t : t = kNoToken; };
  if (back() == kNoToken) return;
  while (words_.titles.has(lower(document_.norm_of(t))))
    if (back() == kNoToken) return;
  bool comma = false, quote = false;
  if (is_sign(t, "\"'(")) {
    quote = true;
    if (back() == kNoToken) return;
  }
  if (is_sign(t, ",")) {
    comma = true;
    if (back() == kNoToken) return;
  }
  Draft d;
  d.entity = m.entity;
  d.who = m.head;
  if (comma) d.features.push_back("comma");
  if (quote) d.features.push_back("quote");
  if (document_.upos[t] != Upos::NOUN || is_time(t)) return;
  d.way = "before";
  d.head = t;
  d.words = run_before(t);
  out.push_back(std::move(d));
}

// "Ann Lee, a soil scientist", "Ann Lee, 44, a soil scientist", "Ann Lee (defending champion)".
void DescriptionFinder::behind(const doc::Mention& m, std::vector<Draft>& out) const {
  TokenIndex t = m.tokens.end;
  if (t < sentence_.end && is_sign(t, "\"'")) ++t;
  if (t >= sentence_.end || !(is_sign(t, ",(:-") || document_.norm_of(t) == "--")) return;
  const std::string sign(document_.norm_of(t));
  ++t;
  bool age = false;
  if (t + 1 < sentence_.end && document_.upos[t] == Upos::NUM && is_sign(t + 1, ",")) {
    age = true;
    t += 2;
  }
  if (t >= sentence_.end) return;
  const Upos u = document_.upos[t];
  if (u != Upos::DET && u != Upos::ADJ && u != Upos::NOUN && u != Upos::PROPN && u != Upos::NUM &&
      !is_possessive(document_, t))
    return;
  const TokenIndex head = phrase_head(t);
  if (head == kNoToken || is_time(head) || !reading_.frames.preposition(head).empty()) return;
  Draft d;
  d.way = "behind";
  d.entity = m.entity;
  d.who = m.head;
  d.head = head;
  d.features.push_back("behind " + (sign == ","   ? "comma"
                                    : sign == "(" ? "bracket"
                                    : sign == ":" ? std::string("colon")
                                                  : "dash"));
  if (age) d.features.push_back("age");
  out.push_back(std::move(d));
}

// "Best climber: Ann Lee", "Fiction prize: Ann Lee".
void DescriptionFinder::label(const doc::Mention& m, std::vector<Draft>& out) const {
  TokenIndex colon = m.tokens.begin;
  if (colon == sentence_.begin) return;
  --colon;
  if (is_sign(colon, "\"'") && colon > sentence_.begin) --colon;
  if (!is_sign(colon, ":")) return;
  core::TokenSpan words{sentence_.begin, colon};
  const auto numbers = [&](TokenIndex t) {  // "3.", "(c)", "-"
    const Upos u = document_.upos[t];
    const std::string_view next = t + 1 < colon ? document_.norm_of(t + 1) : std::string_view();
    return u == Upos::PUNCT || u == Upos::NUM || u == Upos::X || u == Upos::SYM ||
           document_.norm_of(t) == "\u3001" || next == "\u3001";
  };
  while (!words.empty() && numbers(words.begin)) ++words.begin;
  if (words.empty() || words.size() > kMaxLabel) return;
  bool prize = false;
  for (TokenIndex t = words.begin; t < words.end; ++t) {
    if (document_.upos[t] == Upos::VERB || is_sign(t, ",;:.")) return;
    prize = prize || words_.prizes.has(lower(document_.lemma_of(t)));
  }
  // "Best climber" is somebody; "Fiction" in a list of prizes is what somebody won; "Forwards"
  // before several people says nothing.
  const bool best = document_.xpos[words.begin] == Xpos::JJS;
  const auto people = std::count_if(mentions_.begin(), mentions_.end(), [&](const doc::Mention& p) {
    return p.entity != kNoEntity && p.form == doc::MentionForm::name &&
           document_.entities[p.entity].type == ontology_.core().person && p.entity != m.entity;
  });
  if (!prize && !best && (!prizes_ || people > 0)) return;
  Draft d;
  d.way = "label";
  d.entity = m.entity;
  d.who = m.head;
  d.head = words.end - 1;
  d.words = words;
  if (prize || !best) {
    d.prefix = kWinner;
    if (!prize) d.suffix = kPrize;
  }
  if (prizes_) d.features.push_back("label among prizes");
  if (prize) d.features.push_back("label is a prize");
  out.push_back(std::move(d));
}

// Its value and features; false if it can't be a description.
bool DescriptionFinder::complete(Draft& draft, Description& out) const {
  if (document_.upos[draft.head] == Upos::PRON || document_.upos[draft.head] == Upos::NUM)
    return false;
  if (draft.head == draft.who) return false;
  std::string value =
      draft.words.empty()
          ? phrase_text(reading_.frames, draft.head,
                        draft.frame == kNoFrame ? draft.head
                                                : reading_.frames.frames()[draft.frame].predicate)
          : std::string(document_.text_of(draft.words));
  if (draft.words.empty() && draft.way == "before" && draft.who > draft.head) {
    // "the haulage firm, Veld, in Breda": the name and what follows are no part of it.
    const std::string run(document_.text_of(run_before(draft.head)));
    if (value.size() > run.size() && value.find(document_.form(draft.who)) != std::string::npos)
      value = run;
  }
  std::replace_if(
      value.begin(), value.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  for (const TokenIndex c : reading_.frames.children(draft.head)) {  // "her boss": "boss"
    const std::string_view form = document_.form(c);
    if (document_.deprel[c] == Deprel::nmod_poss && document_.upos[c] == Upos::PRON &&
        value.size() > form.size() && value.starts_with(form) && value[form.size()] == ' ')
      value.erase(0, form.size() + 1);
  }
  if (std::count(value.begin(), value.end(), '"') % 2 != 0) value.erase(value.rfind('"'), 1);
  if (value.empty()) return false;
  const std::string folded = text::name_key(value);
  const auto& aliases = document_.entities[draft.entity].aliases;
  for (size_t i = 0; i < std::min(aliases.size(), kMaxAliases); ++i)
    if (text::name_key(aliases[i].form) == folded) draft.features.push_back("is alias");
  out.entity = draft.entity;
  out.head = draft.head;
  if (!draft.prefix.empty() && is_upper(value)) value = lower(value);
  out.value = draft.prefix + value + draft.suffix;
  out.frame = draft.frame;
  out.rule = "serves_as." + draft.way;
  out.features = draft.features;
  describe(draft, out);
  describe_noun(draft, out);
  std::sort(out.features.begin(), out.features.end());
  out.features.erase(std::unique(out.features.begin(), out.features.end()), out.features.end());
  return true;
}

std::vector<Description> DescriptionFinder::candidates() const {
  std::vector<Draft> drafts;
  from_clauses(drafts);
  beside_names(drafts);
  std::stable_sort(drafts.begin(), drafts.end(),
                   [](const Draft& a, const Draft& b) { return a.head < b.head; });
  std::vector<Description> out;
  for (Draft& d : drafts) {
    const bool again = std::any_of(out.begin(), out.end(), [&](const Description& o) {
      return o.entity == d.entity && o.head == d.head;
    });
    Description found;
    if (!again && out.size() < kMaxCandidates && complete(d, found))
      out.push_back(std::move(found));
  }
  return out;
}

}  // namespace weft::extract
