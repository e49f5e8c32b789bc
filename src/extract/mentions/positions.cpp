// Offices as mentions: a title with the body beside it, "Kazakhstan's deputy foreign minister",
// "FSC Vice Chairman Kwon", "its chief executive". Method: the titles that titles.cpp marked take
// in the body beside them, which by then is a name of its own, and are kept if a person, a body, a
// portfolio or the tree shows that an office is meant. Drafts are looked up by where they begin and
// end, so that the cost is linear.
#include <algorithm>

#include "extract/frames/within.h"
#include "extract/mentions/sketch.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

/// Which draft begins or ends at a token.
class DraftBorders {
 public:
  explicit DraftBorders(const Sketch& s)
      : sketch_(s),
        begins_(s.size() + 1, kNone),
        bodies_(s.size() + 1, kNone),
        person_ends_(s.size() + 1, 0),
        person_at_(s.size() + 1, 0) {
    for (uint32_t i = 0; i < s.drafts.size(); ++i) note(i);
  }
  /// A draft that was added since.
  void note(uint32_t i) {
    const auto& core = sketch_.lists.schema.ontology.core();
    const Draft& d = sketch_.drafts[i];
    uint32_t& begins = begins_[d.tokens.begin];
    if (begins == kNone || d.tokens.end > sketch_.drafts[begins].tokens.end) begins = i;
    if (d.type == core.person) {
      person_ends_[d.tokens.end] = 1;
      std::fill(person_at_.begin() + d.tokens.begin, person_at_.begin() + d.tokens.end, 1);
    }
    if (d.type != core.organization && d.type != core.place && d.type != core.facility) return;
    uint32_t& body = bodies_[d.tokens.end];
    if (body == kNone || d.tokens.begin < sketch_.drafts[body].tokens.begin) body = i;
  }
  /// The longest draft that begins at the token; kNone if there is none.
  uint32_t beginning(uint32_t token) const { return begins_[token]; }
  /// The longest draft of a type that may own an office, that ends before the token.
  uint32_t body_ending(uint32_t token) const { return bodies_[token]; }
  bool person_ends(uint32_t token) const { return person_ends_[token] != 0; }
  bool person_at(uint32_t token) const { return person_at_[token] != 0; }

 private:
  const Sketch& sketch_;
  std::vector<uint32_t> begins_, bodies_;
  std::vector<uint8_t> person_ends_, person_at_;
};

/// True if the tree makes the office that of a person: "X is its chief executive", "X, who was
/// culture minister", "X signed as its director", "the council elected X president", "she became
/// mayor".
class OfficeTree {
 public:
  OfficeTree(const Sketch& s, const DraftBorders& drafts)
      : s_(s), d_(s.document), drafts_(drafts), usable_(d_.head.size() == s.size()) {}

  bool of_person(uint32_t head) const {
    if (!usable_) return false;
    // "deputy secretary of the committee and acting mayor": as the first of them.
    uint32_t office = head;
    for (uint32_t steps = 0; steps < kSteps && d_.deprel[office] == Deprel::conj; ++steps)
      if (d_.head[office] == doc::kNoToken || d_.upos[d_.head[office]] == doc::Upos::VERB)
        break;
      else
        office = d_.head[office];
    if (described(office) || has_person(office, false)) return true;
    const uint32_t verb = d_.head[office];
    if (verb == doc::kNoToken || s_.sentence[verb] != s_.sentence[head]) return false;
    const bool as = marked_as(office) || marked_as(head);
    const bool made = (d_.deprel[office] == Deprel::xcomp || d_.deprel[office] == Deprel::obj ||
                       d_.deprel[office] == Deprel::obl) &&
                      s_.lists.office_verbs.has(d_.lemma_of(verb));
    return (as || made) && governed(verb, made || s_.lists.office_verbs.has(d_.lemma_of(verb)));
  }

 private:
  using Deprel = doc::Deprel;
  static constexpr uint32_t kReach = 30;  // tokens
  static constexpr uint32_t kSteps = 3;

  /// A person's name, or a pronoun that can only be a person's.
  bool person(uint32_t t) const {
    static constexpr std::string_view kPersonal[] = {"he", "she", "him", "her"};
    return drafts_.person_at(t) || std::find(std::begin(kPersonal), std::end(kPersonal),
                                             std::string_view(s_.lower[t])) != std::end(kPersonal);
  }
  /// A person whom the clause or noun at `t` describes.
  bool described(uint32_t t) const {
    return d_.head[t] != doc::kNoToken &&
           (d_.deprel[t] == Deprel::appos || d_.deprel[t] == Deprel::acl_relcl ||
            d_.deprel[t] == Deprel::acl) &&
           drafts_.person_at(d_.head[t]);
  }
  bool has_person(uint32_t predicate, bool objects) const {
    const uint32_t begin =
        std::max(s_.sentence_start(predicate), predicate > kReach ? predicate - kReach : 0);
    const uint32_t end = std::min(s_.sentence_end(predicate), predicate + kReach);
    for (uint32_t t = begin; t < end; ++t)
      if (d_.head[t] == predicate &&
          (d_.deprel[t] == Deprel::nsubj || d_.deprel[t] == Deprel::nsubj_pass ||
           (objects && (d_.deprel[t] == Deprel::obj || d_.deprel[t] == Deprel::iobj))) &&
          person(t))
        return true;
    return false;
  }
  bool marked_as(uint32_t office) const {
    const uint32_t begin = office > kReach ? office - kReach : 0;
    for (uint32_t t = std::max(s_.sentence_start(office), begin); t < office; ++t)
      if (d_.head[t] == office && d_.deprel[t] == Deprel::case_ && s_.lower[t] == "as") return true;
    return false;
  }
  /// "is expected to resign as president": the person stands with the verb or one above it.
  bool governed(uint32_t verb, bool objects) const {
    for (uint32_t steps = 0; steps <= kSteps; ++steps) {
      if (has_person(verb, objects) || described(verb)) return true;
      const Deprel r = d_.deprel[verb];
      objects = r == Deprel::xcomp;  // "asked him to become president"
      const bool shares = r == Deprel::xcomp || r == Deprel::conj || r == Deprel::advcl;
      if (!shares || d_.head[verb] == doc::kNoToken) return false;
      verb = d_.head[verb];
    }
    return false;
  }

  const Sketch& s_;
  const doc::Document& d_;
  const DraftBorders& drafts_;
  const bool usable_;
};

/// True if a person is named right after, or beside with a comma ("the governor, Néstor Quilca").
bool person_beside(const Sketch& s, const DraftBorders& drafts, core::TokenSpan title) {
  const auto person = s.lists.schema.ontology.core().person;
  const uint32_t end = s.sentence_end(title.begin), start = s.sentence_start(title.begin);
  for (uint32_t t = title.end; t < end && t < title.end + 8; ++t) {
    const uint32_t d = drafts.beginning(t);
    if (d != kNone && s.drafts[d].type == person) return true;
    const auto& w = s.lower[t];
    if (w != "," && w != "(" && w != ":" && !s.lists.personal_titles.has(w) && !s.title_token[t] &&
        !(s.capital[t] && s.lists.demonyms.has(w)))
      break;
  }
  for (uint32_t t = title.begin; t > start && t + 5 > title.begin; --t) {
    if (drafts.person_ends(t)) return true;
    const auto& w = s.lower[t - 1];
    const bool passes = w == "," || w == "(" || w == ":" || w == "-" || w == "as" || w == "the" ||
                        w == "a" || w == "an" || w == "and" || s.lists.position_not.has(w) ||
                        w.find_first_not_of("0123456789") == std::string::npos;
    if (!passes) break;
  }
  return false;
}

/// "the Republic", "the State", "the Senate": one capitalised word that alone stands for the body.
bool names_state(const Sketch& s, uint32_t t, uint32_t end) {
  if (t >= end || !s.capital[t] || s.lower[t - 1] != "the" || s.all_capitals[t]) return false;
  if (t + 1 < end && (s.capital[t + 1] || s.nominal(t + 1))) return false;
  return s.lists.organization_heads.has(s.lower[t]) || s.lists.place_heads.has(s.lower[t]) ||
         s.lists.place_heads.has("+" + s.lower[t]);
}

/// "the provincial [Party] committee": a head word in capitals that modifies a common noun.
bool lone_head(const Sketch& s, uint32_t t, uint32_t begin, uint32_t end) {
  return t > begin && t + 1 < end && !s.capital[t - 1] && !s.capital[t + 1] && s.nominal(t + 1) &&
         s.lists.organization_heads.has(s.lower[t]);
}

/// "head of the UN's [election unit]", "member of the House [health committee]", "head of the
/// China-led [fund]": where the noun phrase ends that a body's name only opens, or `t`, the name's
/// end.
uint32_t owned_end(const Sketch& s, uint32_t t, uint32_t end) {
  const auto common = [&](uint32_t k) {
    return k < end && !s.capital[k] && s.nominal(k) && !s.title_token[k] &&
           !s.lists.position_not.has(s.lower[k]) && !s.punctuation(k);
  };
  uint32_t u = t;
  const bool genitive = u < end && (s.lower[u] == "'s" || s.lower[u] == "'");
  const bool hyphen = u + 1 < end && s.lower[u] == "-" && s.touches(u - 1, u) &&
                      s.touches(u, u + 1) && !s.capital[u + 1];
  if (genitive) ++u;
  if (hyphen) u += 2;
  const uint32_t noun = u;
  while (common(u) && u < t + 6) ++u;
  if (u == noun) return t;
  if (genitive || hyphen) return u;
  return ending_entry(s, s.lists.organization_heads, noun, u) > 0 ? u : t;
}

/// What such a phrase ends in is a body: an office, a bank, a unit.
bool ends_in_body(const Sketch& s, uint32_t begin, uint32_t end) {
  const auto& core = s.lists.schema.ontology.core();
  return ending_entry(s, s.lists.organization_heads, begin, end) > 0 ||
         s.lists.owned_bodies.has(s.lower[end - 1]) ||
         s.lists.type_in(s.lists.descriptions, s.lower[end - 1]) == core.organization ||
         s.lists.type_in(s.lists.described, s.lower[end - 1]) == core.organization;
}

void add_position(Sketch& s, DraftBorders& drafts, const TitleSpan& title) {
  const auto& core = s.lists.schema.ontology.core();
  const uint32_t end = s.sentence_end(title.head);
  const uint32_t start = s.sentence_start(title.head);
  core::TokenSpan span = title.tokens;
  std::vector<std::string> aliases;
  bool with_body = false;
  // The body to the right: "of the Sri Lanka Tea Board", "in Bishkek" (ambassadors), "at the
  // Institute".
  if (span.end + 1 < end) {
    const auto& link = s.lower[span.end];
    uint32_t t = span.end + 1;
    const std::string& head = s.lower[title.head_end - 1];
    if (link == "of" || link == "for" || (link == "to" && s.lists.position_to.has(head)) ||
        (link == "in" && head == "ambassador")) {
      if (t < end && s.lower[t] == "the") ++t;
      uint32_t body = t < end ? drafts.beginning(t) : kNone;
      // "the dairy cooperative Coopelácteos": common words before the name.
      uint32_t skipped = 0;
      uint32_t u = t;
      while (body == kNone && u < end && skipped < 4 && s.nominal(u) &&
             (!s.capital[u] || lone_head(s, u, t, end))) {
        ++u;
        ++skipped;
        if (u < end) body = drafts.beginning(u);
      }
      if (body != kNone && s.drafts[body].type != core.person) {
        const core::TokenSpan name = s.drafts[body].tokens;
        span.end = owned_end(s, name.end, end);
        with_body = true;
        // A "Nanning-based carrier" was named before.
        const bool based = name.end + 1 < end && s.lower[name.end + 1] == "based";
        if (span.end > name.end && !based && ends_in_body(s, name.end, span.end)) {
          auto& owned = s.add({name.begin, span.end}, core.organization, 0.5F);
          if (const uint32_t t1 = name.end + 1; s.lower[name.end] == "'s")
            owned.aliases.push_back(s.text({t1, span.end}));
          owned.inner = true;
          drafts.note(static_cast<uint32_t>(s.drafts.size() - 1));
        }
      } else if (body == kNone && names_state(s, t, end)) {
        span.end = t + 1;  // "President of the Republic"
        with_body = true;
      } else if (u > t) {
        span.end = u;  // "chair of the management board"
      }
    }
  }
  // The body to the left: "FSC Vice Chairman", "Kazakhstan's deputy foreign minister".
  const uint32_t plain_begin = span.begin;
  if (!with_body && span.begin > start) {
    uint32_t e = span.begin;
    if (s.lower[e - 1] == "'s" || s.lower[e - 1] == "'") --e;
    const uint32_t body = drafts.body_ending(e);
    if (body != kNone) {
      span.begin = s.drafts[body].tokens.begin;
      with_body = true;
    }
  }
  // "Chinese ambassador in Bishkek"
  if (span.begin == plain_begin && span.begin > start && s.capital[span.begin - 1] &&
      s.lists.demonyms.has(s.lower[span.begin - 1])) {
    --span.begin;
    with_body = true;
  }
  const bool beside = person_beside(s, drafts, span) || person_beside(s, drafts, title.tokens) ||
                      OfficeTree(s, drafts).of_person(s.head_of(title.tokens));
  const bool portfolio = title.tokens.end > title.head_end;
  const bool capital = s.capital[title.head] && !s.first_in_sentence(title.head) &&
                       !s.headline[s.sentence[title.head]];
  const bool multi = title.head > title.tokens.begin || title.head_end > title.head + 1;
  const bool definite = span.begin > start && s.lower[span.begin - 1] == "the";
  bool take = beside || with_body || portfolio || (capital && multi && !definite);
  if (title.weak) take = beside && with_body;
  if (title.name_only) {
    const uint32_t behind = title.tokens.end < end ? drafts.beginning(title.tokens.end) : kNone;
    take = behind != kNone && s.drafts[behind].type == core.person;
  }
  // "Cardinal Ann Ray", "King Karl": how the person is addressed.
  if (title.rank && !with_body && !portfolio && title.tokens.end < end) {
    const uint32_t behind = drafts.beginning(title.tokens.end);
    if (behind != kNone && s.drafts[behind].type == core.person) take = false;
  }
  if (!take) return;
  auto& draft = s.add(span, core.position, title.weak ? 0.5F : 0.8F);
  if (span != title.tokens) {
    draft.aliases.push_back(s.text({plain_begin, span.end}));
    draft.aliases.push_back(s.text(title.tokens));
  }
  draft.aliases.push_back(s.text({title.head, title.head_end}));
  drafts.note(static_cast<uint32_t>(s.drafts.size() - 1));
}

}  // namespace

void find_positions(Sketch& s) {
  DraftBorders drafts(s);
  // "Office of the Prime Minister": the title in a body's name is no office of its own.
  std::vector<uint8_t> named(s.size(), 0);
  for (const Draft& d : s.drafts)
    for (uint32_t t = d.tokens.begin; t < d.tokens.end; ++t) named[t] |= s.title_token[t];
  for (const auto& title : s.titles)
    if (!named[title.head] && !title.job) add_position(s, drafts, title);
}

}  // namespace weft::extract
