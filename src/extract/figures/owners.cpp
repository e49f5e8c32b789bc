// Problem: of what is "18.6 billion yuan" the figure in "the output value of Jinlong reached 18.6
// billion yuan", and in "Output value: 18.6 billion yuan"? Method: the figure's way up the tree
// meets the noun that it counts, who that noun belongs to, and the parties of its clause; these,
// the other names of the sentence and those told of before it are candidates. Each is described by
// features (how it was met, where it stands, what it is, how much was told of it), whose weights
// were learned from documents with their graphs (tools/train/values): a conditional logit over the
// candidates and nobody. The likeliest one owns the figure, if it is likely enough. Cost: figures x
// candidates, both bounded, x the tokens of the sentence. Reference: Maiya et al. 2015 for figures,
// Lappin and Leass 1994 for salience.
#include "extract/figures/owners.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "extract/descriptions/weights.h"
#include "extract/frames/within.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;
using doc::kNoToken;
using doc::LocalEntity;
using doc::TokenIndex;
using doc::Upos;

constexpr uint32_t kMaxPropertyWords = 4;
constexpr unsigned kMaxSteps = 8;    // from a figure up the tree
constexpr unsigned kMaxClauses = 3;  // on that way
constexpr size_t kMaxRecent = 12;    // entities told of before that a figure may be of
constexpr size_t kMaxCandidates = 40;
constexpr std::string_view kPrice = "purchase price";

std::string bucket(uint32_t n) {
  return n <= 3 ? std::to_string(n) : n <= 6 ? "4-6" : n <= 12 ? "7-12" : "more";
}

std::string_view name_of(AmountKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"money", "percent", "quantity", "count"};
  return kNames[static_cast<size_t>(kind)];
}

std::string_view name_of(Role role) {
  constexpr std::array<std::string_view, 6> kNames = {"agent",  "patient", "recipient",
                                                      "bearer", "prep",    "compound"};
  return kNames[static_cast<size_t>(role)];
}

// "clause prep in" of "clause prep" and a preposition, which may be empty.
std::string behind(std::string_view how, std::string_view preposition) {
  std::string out(how);
  if (!preposition.empty()) out += " " + text::lower_ascii(preposition);
  return out;
}

}  // namespace

ToldBefore::ToldBefore(const doc::Document& document, const schema::Ontology& ontology)
    : document_(document), ontology_(ontology), seen_(document.entities.size()) {
  for (const doc::Mention& m : document.mentions) {
    if (m.entity == kNoEntity || m.tokens.empty()) continue;
    ++seen_[m.entity].mentions;
    if (m.tokens.begin < document.sentence(0).end) seen_[m.entity].title = true;
  }
  std::map<uint16_t, uint32_t> most;
  for (size_t e = 0; e < seen_.size(); ++e) {
    uint32_t& n = most[document.entities[e].type.value];
    n = std::max(n, seen_[e].mentions);
  }
  for (size_t e = 0; e < seen_.size(); ++e)
    seen_[e].most = seen_[e].mentions == most[document.entities[e].type.value];
}

void ToldBefore::add(const SentenceReading& reading) {
  for (const doc::Mention& m : mentions_in(document_, reading.frames.sentence())) {
    if (m.entity == kNoEntity) continue;
    Seen& s = seen_[m.entity];
    if (!s.met || s.sentence != reading.sentence) s.subject = false;
    s.met = true;
    s.sentence = reading.sentence;
    const Deprel r = document_.deprel[m.head];
    s.subject = s.subject || r == Deprel::nsubj || r == Deprel::nsubj_pass;
    std::erase(recent_, m.entity);
    recent_.insert(recent_.begin(), m.entity);
  }
  // The document's main things stay, however long ago they were named.
  while (recent_.size() > kMaxRecent) {
    auto drop = std::find_if(recent_.rbegin(), recent_.rend(),
                             [&](LocalEntity e) { return !seen_[e].most && !seen_[e].title; });
    if (drop == recent_.rend()) drop = recent_.rbegin();
    recent_.erase(std::next(drop).base());
  }
}

// What the way up met: for each entity how, and what the figure then measures.
struct FigureOwners::Walk {
  std::map<LocalEntity, OwnerCandidate> met;
  LocalEntity first = kNoEntity;
  std::string property;  // the first noun that the figure counts or measures
  std::string subject;   // the head noun of a clause's subject that names nobody
  TokenIndex verb = kNoToken;
  unsigned clauses = 0;
};

FigureOwners::FigureOwners(const SentenceReading& reading, const schema::Ontology& ontology,
                           const OwnerWords& words, const ToldBefore& before)
    : reading_(reading),
      words_(words),
      before_(before),
      ontology_(ontology),
      document_(reading.frames.document()),
      sentence_(reading.frames.sentence()),
      mentions_(mentions_in(document_, sentence_)),
      least_likely_(weight_in(words.weights, "least likely")) {}

bool FigureOwners::measurable(LocalEntity e) const {
  return e != kNoEntity && document_.entities[e].type != ontology_.core().position;
}

std::string FigureOwners::type_of(LocalEntity e) const {
  return text::lower_ascii(ontology_[document_.entities[e].type].name);
}

// Words of a property noun without the entity: "output value" of "the output value of Jinlong".
std::string FigureOwners::property_words(TokenIndex noun, const Figure& f) const {
  TokenIndex begin = noun;
  for (TokenIndex c : reading_.frames.children(noun)) {
    const Deprel r = document_.deprel[c];
    if ((r == Deprel::compound || r == Deprel::amod) && c < begin && !f.span.contains(c) &&
        !reading_.fillers.is_mention(c))
      begin = c;
  }
  while (begin > sentence_.begin + 1 && document_.norm_of(begin - 1) == "-" &&
         !f.span.contains(begin - 2))
    begin -= 2;  // "first-quarter profit"
  if (noun - begin > kMaxPropertyWords) begin = noun;
  if (begin < f.span.end && noun >= f.span.end) begin = f.span.end;
  return std::string(document_.text_of({begin, noun + 1}));
}

void FigureOwners::meet(TokenIndex head, const std::string& how, const std::string& property,
                        Walk& out) const {
  unsigned rank = 0;
  for (const Filler& r : reading_.fillers.readings(head)) {
    if (!measurable(r.entity)) continue;
    OwnerCandidate& c = out.met[r.entity];
    if (c.entity == kNoEntity) {
      c.entity = r.entity;
      c.property = property;
      c.verb = out.verb;
      c.features.push_back("first way=" + how);
    }
    if (out.first == kNoEntity && document_.entities[r.entity].type != ontology_.core().person) {
      out.first = r.entity;
      c.features.push_back("nearest");
      c.features.push_back("nearest way=" + how);
    }
    c.features.push_back("way=" + how);
    if (r.passed) c.features.push_back("passed");
    if (rank++ > 0) c.features.push_back("further reading");
  }
}

// The noun that is counted or measured, and who it belongs to. It `names` what is measured, or not.
void FigureOwners::meet_noun(TokenIndex noun, const Figure& f, std::string_view how, bool names,
                             Walk& out) const {
  names = names && document_.upos[noun] == Upos::NOUN;
  const std::string words = names ? property_words(noun, f) : std::string();
  if (reading_.fillers.is_mention(noun))
    meet(noun, std::string(how) + (f.joined ? " joined" : ""), out.property, out);
  for (TokenIndex c : reading_.frames.children(noun)) {
    const Deprel r = document_.deprel[c];
    if (f.span.contains(c)) continue;
    const std::string& property = out.property.empty() ? words : out.property;
    if (r == Deprel::nmod_poss)
      meet(c, std::string(how) + " poss", property, out);
    else if (r == Deprel::compound)
      meet(c, std::string(how) + " compound", property, out);
    else if (r == Deprel::nmod)
      meet(c, behind(how, reading_.frames.preposition(c)), property, out);
    else if (r == Deprel::appos)
      meet(c, std::string(how) + " appos", out.property, out);
  }
  const TokenIndex head = document_.head[noun];
  if (document_.deprel[noun] == Deprel::appos && head != kNoToken && sentence_.contains(head))
    meet(head, std::string(how) + " appos of", out.property, out);
  if (out.property.empty() && !reading_.fillers.is_mention(noun)) out.property = words;
}

void FigureOwners::meet_clause(const Frame& frame, TokenIndex below, const Figure& f,
                               Walk& out) const {
  const std::string level = out.clauses == 0 ? "clause " : "outer clause ";
  const std::string* paid = words_.transfers.value(frame.lemma);
  const bool measuring = frame.copula || words_.measuring.has(frame.lemma);
  // "raised its list price by 50 yuan": the object says what changes.
  const std::string_view p = reading_.frames.preposition(below);
  const bool changes = p == "to" || p == "by" || p == "from" || p == "at";
  const auto names = [&](const Argument& a) {
    return a.role == Role::patient && !frame.passive ? changes : measuring;
  };
  const auto is_party = [&](const Argument& a) {
    return a.role == Role::agent || a.role == Role::bearer || a.role == Role::patient;
  };
  const auto apart = [&](const Argument& a) {
    return !f.span.contains(a.head) && a.head != below && document_.upos[a.head] != Upos::NUM;
  };
  for (const Argument& a : frame.arguments)
    if (out.property.empty() && apart(a) && is_party(a) && names(a) &&
        !reading_.fillers.is_mention(a.head) && document_.upos[a.head] == Upos::NOUN)
      out.property = property_words(a.head, f);
  for (const Argument& a : frame.arguments) {
    if (!apart(a)) continue;
    std::string how = level + std::string(name_of(a.role));
    if (a.role == Role::prep) how = behind(how, a.preposition);
    if (frame.passive) how += " passive";
    if (is_party(a) && !reading_.fillers.is_mention(a.head)) {
      meet_noun(a.head, f, how, names(a), out);
      if (a.role != Role::patient && out.subject.empty())
        out.subject = text::lower_ascii(document_.lemma_of(a.head));
    }
    const bool price = paid && *paid == kPrice && a.role == Role::patient;
    meet(a.head, how, price ? *paid : out.property, out);
    if (paid) meet(a.head, "paid " + how, out.property, out);
    if (measuring) meet(a.head, "measured " + how, out.property, out);
  }
}

void FigureOwners::walk(const Figure& f, Walk& out) const {
  for (const doc::Mention& m : mentions_)
    if (m.tokens.begin == f.span.end && m.tokens.contains(m.head) &&
        document_.head[f.head] == m.head)
      meet(m.head, "beside", {}, out);
  if (reading_.fillers.is_mention(f.head)) meet(f.head, "itself", {}, out);
  for (TokenIndex c : reading_.frames.children(f.head))
    if (!f.span.contains(c) && document_.deprel[c] == Deprel::nmod)
      meet(c, behind("itself", reading_.frames.preposition(c)), {}, out);
  TokenIndex at = f.head, below = f.head;
  for (unsigned steps = 0; steps < kMaxSteps && out.clauses < kMaxClauses; ++steps) {
    const uint32_t frame = reading_.frames.frame_of(at);
    if (steps > 0 || (frame != kNoFrame && reading_.frames.frames()[frame].copula)) {
      const Upos u = document_.upos[at];
      if (u == Upos::VERB || (frame != kNoFrame && reading_.frames.frames()[frame].copula)) {
        if (frame == kNoFrame) return;
        if (out.verb == kNoToken) out.verb = at;
        meet_clause(reading_.frames.frames()[frame], below, f, out);
        ++out.clauses;
      } else if ((u == Upos::NOUN || u == Upos::PROPN) && !f.span.contains(at)) {
        meet_noun(at, f, out.clauses == 0 ? "noun" : "outer noun", out.clauses == 0, out);
      }
    }
    const TokenIndex head = document_.head[at];
    if (head == kNoToken || !sentence_.contains(head)) return;
    below = at;
    at = head;
  }
}

bool FigureOwners::measures_country(const std::string& property) const {
  const std::string lower = text::lower_ascii(property);
  for (size_t begin = 0; begin < lower.size();) {
    const size_t end = std::min(lower.find_first_of(" -", begin), lower.size());
    std::string word = lower.substr(begin, end - begin);
    if (words_.measures.has(word)) return true;
    if (word.ends_with('s') && words_.measures.has(word.substr(0, word.size() - 1))) return true;
    begin = end + 1;
  }
  return false;
}

/// "61 seats", "46% of the vote": what is won in a contest.
bool FigureOwners::scores(const Figure& f) const {
  for (TokenIndex t = f.span.begin; t < f.span.end; ++t)
    if (words_.scores.has(text::lower_ascii(document_.norm_of(t)))) return true;
  return false;
}

// Where the sentence names it.
void FigureOwners::describe_place(const Figure& f, OwnerCandidate& c) const {
  const doc::Mention* near = nullptr;
  uint32_t distance = 0, between = 0;
  bool first = true;
  for (const doc::Mention& m : mentions_) {
    if (m.entity != c.entity) {
      first = first && near != nullptr;
      continue;
    }
    const uint32_t d = m.tokens.begin >= f.span.end   ? m.tokens.begin - f.span.end
                       : m.tokens.end <= f.span.begin ? f.span.begin - m.tokens.end
                                                      : 0;
    if (near == nullptr || d < distance) {
      near = &m;
      distance = d;
    }
  }
  if (near == nullptr) return;
  c.here = true;
  const bool ahead = near->tokens.begin < f.span.begin;
  for (const doc::Mention& m : mentions_)
    if (m.entity != c.entity && measurable(m.entity) &&
        (ahead ? m.tokens.begin >= near->tokens.end && m.tokens.end <= f.span.begin
               : m.tokens.begin >= f.span.end && m.tokens.end <= near->tokens.begin))
      ++between;
  const std::string side = ahead ? "before" : "behind";
  c.features.push_back("here " + side);
  c.features.push_back(side + " by " + bucket(distance));
  c.features.push_back(side + " names between " + bucket(between));
  if (first) c.features.push_back("first of sentence");
  if (mentions_.size() == 1) c.features.push_back("alone in sentence");
  const Deprel r = document_.deprel[near->head];
  if (r == Deprel::nsubj || r == Deprel::nsubj_pass) c.features.push_back("stands as subject");
  for (const Attribution& said : reading_.attributions)
    if (said.speaker == c.entity) c.features.push_back("speaker");
  c.features.push_back("form " + std::to_string(static_cast<int>(near->form)));
}

// What was told of it before.
void FigureOwners::describe_past(const Walk& walk, OwnerCandidate& c) const {
  const ToldBefore::Seen& s = before_.seen_[c.entity];
  const std::string where = c.here ? (walk.met.count(c.entity) ? "met " : "here ") : "before ";
  const std::string label = walk.verb == kNoToken ? "label " : "";
  c.features.push_back(where + "mentions " + bucket(s.mentions));
  if (s.title) c.features.push_back(where + "title");
  if (s.most) c.features.push_back(where + "most");
  if (s.most && s.title) c.features.push_back(where + label + "most title");
  if (!c.here) {
    const uint32_t ago = reading_.sentence - s.sentence;
    c.features.push_back("before " + label + "by " + bucket(ago));
    c.features.push_back(s.subject ? "before subject" : "before other");
    if (s.subject && ago == 1) c.features.push_back("before " + label + "last subject");
    c.features.push_back(walk.met.empty() ? "before, none met" : "before, others met");
    if (mentions_.empty()) c.features.push_back("before, none here");
    // "the plant": what its head says of the type
    if (!walk.subject.empty()) {
      const std::string* type = words_.descriptions.value(walk.subject);
      if (type)
        c.features.push_back(text::lower_ascii(type->substr(0, type->find(':'))) ==
                                     type_of(c.entity)
                                 ? "before fits subject"
                                 : "before other than subject");
      else
        c.features.push_back("before, plain subject");
    }
  }
}

// What sort of thing it is, against what sort of figure.
void FigureOwners::describe_kind(const Figure& f, const Walk& walk, OwnerCandidate& c) const {
  const std::string type = type_of(c.entity), kind(name_of(f.kind));
  const std::string where = c.here ? (walk.met.count(c.entity) ? "met " : "here ") : "before ";
  c.features.push_back("type " + type);
  c.features.push_back(where + type);
  c.features.push_back(kind + " of " + type);
  c.features.push_back("figure " + kind);
  c.features.push_back(walk.verb == kNoToken ? "figure without verb" : "figure with verb");
  if (walk.clauses == 0 && walk.property.empty()) c.features.push_back("figure of nothing");
  if (f.joined) c.features.push_back("figure joined");
  if (f.unit_noun) c.features.push_back("figure counts");
  if (f.joined) c.features.push_back("joined to " + type);
  if (f.unit_noun) c.features.push_back("counted in " + type);
  if (f.small) c.features.push_back("small");
  if (f.small) c.features.push_back(where + "small");
  if (scores(f)) {
    c.features.push_back("score of " + type);
    c.features.push_back(where + "score");
    for (size_t i = c.features.size(); i-- > 0;)
      if (c.features[i].starts_with("way=")) c.features.push_back("score " + c.features[i]);
  }
  const bool countrys = measures_country(walk.property) || measures_country(walk.subject);
  if (countrys) c.features.push_back("country's measure of " + type);
  if (type == "place") {
    const std::string place = "place as " + document_.entities[c.entity].kind;
    c.features.push_back(place);
    if (countrys) c.features.push_back("country's measure of " + place);
  }
  if (walk.verb == kNoToken) c.features.push_back("label " + type);
}

std::vector<OwnerCandidate> FigureOwners::candidates(const Figure& figure) const {
  Walk walk;
  this->walk(figure, walk);
  std::vector<OwnerCandidate> out;
  std::vector<bool> there(document_.entities.size(), false);
  const auto add = [&](LocalEntity e) {
    if (!measurable(e) || there[e] || out.size() >= kMaxCandidates) return;
    there[e] = true;
    const auto found = walk.met.find(e);
    OwnerCandidate c = found == walk.met.end() ? OwnerCandidate{} : found->second;
    c.entity = e;
    if (c.verb == kNoToken) c.verb = walk.verb;
    if (c.property.empty() && (found == walk.met.end() || walk.verb == kNoToken))
      c.property = walk.property;
    c.features.push_back("any");
    describe_place(figure, c);
    describe_past(walk, c);
    describe_kind(figure, walk, c);
    std::sort(c.features.begin(), c.features.end());
    c.features.erase(std::unique(c.features.begin(), c.features.end()), c.features.end());
    out.push_back(std::move(c));
  };
  for (const doc::Mention& m : mentions_) add(m.entity);
  for (const auto& [e, c] : walk.met) add(e);
  for (const LocalEntity e : before_.recent_) add(e);
  return out;
}

std::vector<float> FigureOwners::likelihoods(std::span<const OwnerCandidate> candidates) const {
  constexpr double kMost = 30;  // beyond, the exponential says nothing more
  std::vector<double> odds;
  double all = 1;  // nobody
  for (const OwnerCandidate& c : candidates) {
    float sum = 0;
    for (const std::string& feature : c.features) sum += weight_in(words_.weights, feature);
    odds.push_back(std::exp(std::clamp(static_cast<double>(sum), -kMost, kMost)));
    all += odds.back();
  }
  std::vector<float> out;
  for (const double o : odds) out.push_back(static_cast<float>(o / all));
  return out;
}

}  // namespace weft::extract
