// Facts from the way names stand together: "Secretary of the Jiangxi Provincial Party Committee"
// (position_in), "Premier Li Qiang", "Li Qiang, premier of China" and "Its chairman, Jan Peeters"
// (holds_position), "Jiujiang in Jiangxi" and "Kikinda, Serbia" (located_in), "Standing Committee
// of the Congress" (part_of).
//
// Method: for each mention, the mentions nested in it and those beside it, with the few words
// between them. Linear in mentions, each of which looks at a bounded number of neighbours.
#include "extract/structure/side_by_side.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "extract/frames/within.h"
#include "extract/structure/offices.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::extract {

namespace {

using doc::Document;
using doc::Mention;
using doc::MentionForm;

bool in_capitals(std::string_view form) {
  for (size_t pos = 0; pos < form.size();)
    if (const char32_t c = text::next_char(form, pos); text::is_letter(c) && !text::is_upper(c))
      return false;
  return true;
}

constexpr uint32_t kClause = 60;  // tokens between a verb and what stands with it

struct Finder {
  Finder(const schema::Schema& sc, Document& d, const MemberBodies& b)
      : schema(sc),
        document(d),
        bodies(b),
        core(sc.ontology.core()),
        located_in(sc.ontology.relation("located_in")) {}

  void run();

  std::string word(uint32_t t) const { return text::fold(document.norm_of(t)); }
  bool is(const Mention& m, schema::TypeId type) const {
    return document.entities[m.entity].type == type;
  }
  bool body(const Mention& m) const {
    return is(m, core.organization) || is(m, core.place) || is(m, core.facility);
  }
  /// Mentions that begin (end) at the token, longest first.
  const Mention* starting(uint32_t t, schema::TypeId type) const;
  const Mention* ending(uint32_t t, schema::TypeId type) const;
  void add(doc::LocalEntity subject, const char* relation, doc::LocalEntity object, uint32_t token,
           float confidence);

  bool seat_of_other(const Mention& mention) const;
  void position_body(const Mention& position);
  void position_holder(const Mention& position);
  void chosen_holder(const Mention& position);
  const Mention* holder_of(uint32_t verb, bool object) const;
  void held_here();
  void places(const Mention& mention);
  int rank_of(const std::string& kind) const;
  void nested(const Mention& outer);
  void based(const Mention& mention);
  void owned(const Mention& mention);
  void complement(const Mention& mention);
  void belongs(const Mention& person);
  void position_scope(const Mention& position, const OfficeScope& offices);
  doc::LocalEntity of_demonym(uint32_t token) const;
  std::string body_class(doc::LocalEntity entity) const;
  const Mention* starting_any(uint32_t t) const;
  /// Index of the first mention that begins at the token or later: mentions stand in that order.
  /// The token behind a mention and, if one stands there, its bracketed short form: "the Mekong
  /// River Commission (MRC)".
  uint32_t behind(const Mention& m) const {
    uint32_t t = m.tokens.end;
    if (t + 2 >= document.token_count()) return t;
    if (word(t) == ")" && m.tokens.begin > 0 && word(m.tokens.begin - 1) == "(") return t + 1;
    if (word(t) != "(") return t;
    for (uint32_t end = t + 2; end < t + 5 && end < document.token_count(); ++end)
      if (word(end) == ")") {
        const auto* inside = starting_any(t + 1);
        return inside && inside->entity == m.entity && inside->tokens.end == end ? end + 1 : t;
      }
    return t;
  }
  size_t first_from(uint32_t t) const {
    return static_cast<size_t>(
        std::lower_bound(document.mentions.begin(), document.mentions.end(), t,
                         [](const Mention& m, uint32_t b) { return m.tokens.begin < b; }) -
        document.mentions.begin());
  }
  uint32_t skip_back(uint32_t t, uint32_t start) const;

  const schema::Schema& schema;
  Document& document;
  const MemberBodies& bodies;
  const schema::CoreTypes& core;
  schema::RelationId located_in;
  std::vector<uint32_t> by_begin, by_end;  // mention indices
  std::map<std::string, doc::LocalEntity, std::less<>> by_link;
  std::set<std::pair<doc::LocalEntity, std::string>> filled;  // bodies and offices that they have
  std::set<std::tuple<uint32_t, uint16_t, uint32_t, uint32_t>> seen;
};

const Mention* Finder::starting(uint32_t t, schema::TypeId type) const {
  auto it = std::lower_bound(by_begin.begin(), by_begin.end(), t, [this](uint32_t m, uint32_t b) {
    return document.mentions[m].tokens.begin < b;
  });
  for (; it != by_begin.end() && document.mentions[*it].tokens.begin == t; ++it) {
    if (is(document.mentions[*it], type)) return &document.mentions[*it];
  }
  return nullptr;
}

const Mention* Finder::ending(uint32_t t, schema::TypeId type) const {
  auto it = std::lower_bound(by_end.begin(), by_end.end(), t, [this](uint32_t m, uint32_t e) {
    return document.mentions[m].tokens.end < e;
  });
  for (; it != by_end.end() && document.mentions[*it].tokens.end == t; ++it) {
    if (is(document.mentions[*it], type)) return &document.mentions[*it];
  }
  return nullptr;
}

void Finder::add(doc::LocalEntity subject, const char* relation, doc::LocalEntity object,
                 uint32_t token, float confidence) {
  const auto id = schema.ontology.relation(relation);
  if (!id.valid() || subject == object) return;
  const auto &a = document.entities[subject], &b = document.entities[object];
  if (!schema.ontology.allows(id, a.type, b.type)) return;
  const uint32_t sentence = document.sentence_of(token);
  // A line of metadata states nothing but where a place lies ("HALLE, Germany, 3 May").
  if (!document.is_prose(sentence) && id != located_in) return;
  if (!seen.emplace(subject, id.value, object, sentence).second) return;
  doc::Evidence evidence;
  evidence.span = document.byte_span(document.sentence(sentence));
  evidence.sentence = sentence;
  evidence.rule = std::string("structure.") + relation;
  evidence.confidence = confidence;
  doc::Fact fact;
  fact.subject = subject;
  fact.relation = id;
  fact.object = object;
  fact.evidence.push_back(std::move(evidence));
  document.facts.push_back(std::move(fact));
}

/// "manager of the Nanning-based carrier", "head of the China-led fund": the place is not that of
/// the office.
bool Finder::seat_of_other(const Mention& m) const {
  const uint32_t t = m.tokens.end;
  return t + 1 < document.token_count() && word(t) == "-" &&
         document.token_end[t] == document.token_begin[t + 1] &&
         document.norm_of(t + 1) == word(t + 1);
}

/// The body an office belongs to: the longest one inside its mention, or a possessive before it.
void Finder::position_body(const Mention& position) {
  const Mention* best = nullptr;
  for (size_t i = first_from(position.tokens.begin); i < document.mentions.size(); ++i) {
    const auto& m = document.mentions[i];
    if (m.tokens.begin >= position.tokens.end) break;
    if (&m == &position || !position.tokens.contains(m.tokens) || !body(m) ||
        m.entity == position.entity || seat_of_other(m))
      continue;
    if (!best || m.tokens.size() > best->tokens.size()) best = &m;
  }
  // "Corvane's Africa head": whose head it is says more than for where.
  if (best && is(*best, core.place) && best->tokens.begin == position.tokens.begin &&
      position.tokens.begin > 1 && word(position.tokens.begin - 1) == "'s")
    if (const auto* owner = ending(position.tokens.begin - 1, core.organization)) best = owner;
  if (!best && position.tokens.begin > 0) {
    uint32_t end = position.tokens.begin;
    for (int steps = 0; steps < 2 && end > 0 && !best; ++steps) {
      for (const auto type : {core.organization, core.place, core.facility}) {
        const auto* m = ending(end, type);
        // A name right before its office: "Soriaudio spokesman Seo Jin-woo".
        const bool beside = m && m->form == MentionForm::name && type == core.organization &&
                            starting(position.tokens.end, core.person);
        const bool possessive =
            m && (m->form == MentionForm::pronoun || end < position.tokens.begin);
        if (possessive || beside) best = m;
      }
      const auto w = word(end - 1);
      if (w != "'s" && w != "'" && w != "former" && w != "new") break;
      --end;
    }
  }
  if (best) add(position.entity, "position_in", best->entity, position.tokens.begin, 0.85F);
}

/// Steps back over what may stand between a person and an office: commas, ages, "then", "the".
uint32_t Finder::skip_back(uint32_t t, uint32_t start) const {
  const auto& between = schema.lexicons.list("mention_between_name_and_office");
  uint32_t steps = 0;
  while (t > start && steps < 6) {
    const auto w = word(t - 1);
    const bool number = !w.empty() && w.find_first_not_of("0123456789") == std::string::npos;
    if (!between.has(w) && !number) break;
    --t;
    ++steps;
  }
  return t;
}

void Finder::position_holder(const Mention& position) {
  const uint32_t sentence = document.sentence_of(position.tokens.begin);
  const uint32_t start = document.sentence(sentence).begin, end = document.sentence(sentence).end;
  // "Premier Li Qiang": a person's mention that begins with the office, or right behind it.
  for (uint32_t t = position.tokens.end; t < end && t < position.tokens.end + 3; ++t) {
    if (const auto* m = starting(t, core.person); m && m->form == MentionForm::name) {
      add(m->entity, "holds_position", position.entity, t, 0.9F);
      return;
    }
    const auto w = word(t);
    if (!w.ends_with('.') && !schema.lexicons.list("mention_personal_titles").has(w)) break;
  }
  // "Li Qiang, premier of China", "Maja Rasmussen (chair)", "Xue Haorong as Vice Governor".
  uint32_t t = skip_back(position.tokens.begin, start);
  for (int hops = 0; hops < 4; ++hops) {
    if (const auto* m = ending(t, core.person);
        m && m->form == MentionForm::name && t < position.tokens.begin) {
      add(m->entity, "holds_position", position.entity, position.tokens.begin, 0.85F);
      return;
    }
    // "X, deputy secretary of A and governor of B": step over the office before.
    uint32_t u = t;
    if (u > start && word(u - 1) == "and") --u;
    u = skip_back(u, start);
    const auto* other = ending(u, core.position);
    if (!other || other->tokens.begin < start || other->tokens.begin >= t) break;
    t = skip_back(other->tokens.begin, start);
  }
  // "Its chairman, Jan Peeters", "the governor of Naryn Region, Emilbek Abdykadyrov", "CEO: Li
  // Ming".
  if (position.tokens.end + 1 < end) {
    const auto w = word(position.tokens.end);
    if (w == "," || w == ":" || w == "(") {
      if (const auto* m = starting(position.tokens.end + 1, core.person);
          m && m->form == MentionForm::name) {
        // In a list ("the mayor, Li Ming, governor of X") the person may carry an office of his
        // own.
        add(m->entity, "holds_position", position.entity, position.tokens.begin, 0.8F);
        return;
      }
    }
  }
  chosen_holder(position);
}

/// The person that is the verb's object, or its subject.
const Mention* Finder::holder_of(uint32_t verb, bool object) const {
  using doc::Deprel;
  const auto sentence = document.sentence(document.sentence_of(verb));
  const uint32_t begin = std::max(sentence.begin, verb > kClause ? verb - kClause : 0);
  for (size_t i = first_from(begin); i < document.mentions.size(); ++i) {
    const Mention& m = document.mentions[i];
    if (m.tokens.begin >= std::min(sentence.end, verb + kClause)) break;
    if (!is(m, core.person) || document.head[m.head] != verb) continue;
    const Deprel r = document.deprel[m.head];
    if (object ? r == Deprel::obj || r == Deprel::iobj
               : r == Deprel::nsubj || r == Deprel::nsubj_pass)
      return &m;
  }
  return nullptr;
}

/// "The council elected Ana Li president", "Ana Li was re-elected mayor", "was promoted to
/// director": what is planned or only possible is left to the relation model, which knows the
/// clause.
void Finder::chosen_holder(const Mention& position) {
  using doc::Deprel;
  if (document.head.size() != document.token_count() || document.lemma.empty()) return;
  // The parser may take "Ana Li president" for one name.
  const Mention* named = ending(position.tokens.begin, core.person);
  if (named && document.deprel[named->head] != Deprel::obj) named = nullptr;
  const uint32_t verb = document.head[named ? named->head : position.head];
  if (verb == doc::kNoToken ||
      !schema.lexicons.list("mention_office_verbs").has(document.lemma_of(verb)))
    return;
  const Deprel how = document.deprel[position.head], clause = document.deprel[verb];
  const bool preposition =
      how == Deprel::obl && position.tokens.begin > 0 &&
      (word(position.tokens.begin - 1) == "as" || word(position.tokens.begin - 1) == "to");
  const bool main = clause == Deprel::root || clause == Deprel::conj ||
                    clause == Deprel::parataxis || clause == Deprel::acl_relcl;
  if ((how != Deprel::xcomp && !preposition && !named) || !main) return;
  const auto sentence = document.sentence(document.sentence_of(verb));
  const auto& certain = schema.lexicons.list("mention_plain_auxiliaries");
  for (uint32_t t = std::max(sentence.begin, verb > kClause ? verb - kClause : 0); t < verb; ++t)
    if (document.head[t] == verb && ((document.deprel[t] == Deprel::aux && !certain.has(word(t))) ||
                                     document.deprel[t] == Deprel::mark || word(t) == "not" ||
                                     word(t) == "n't" || word(t) == "never"))
      return;
  const Mention* holder = named ? named : holder_of(verb, true);
  if (!holder) holder = holder_of(verb, false);
  if (holder) add(holder->entity, "holds_position", position.entity, position.tokens.begin, 0.85F);
}

/// "NAIROBI, 3 March - The summit opened here": where the line says that the text comes from.
void Finder::held_here() {
  using doc::Deprel;
  if (document.head.size() != document.token_count()) return;
  auto from = doc::kNoEntity;  // the place of the last dateline
  for (uint32_t n = 0; n < document.sentence_count(); ++n) {
    const auto sentence = document.sentence(n);
    if (sentence.empty()) continue;
    const bool prose = document.is_prose(n);
    size_t i = first_from(sentence.begin);
    for (; i < document.mentions.size(); ++i) {
      const Mention& m = document.mentions[i];
      if (m.tokens.begin >= sentence.end) break;
      if (!is(m, core.place) || m.form != MentionForm::name) continue;
      const bool shouted = prose && m.tokens.begin == sentence.begin &&
                           m.tokens.end < sentence.end && word(m.tokens.end) == "," &&
                           in_capitals(document.norm_of(m.tokens.begin));
      if (!prose || shouted) from = m.entity;
      break;
    }
    if (!prose || from == doc::kNoEntity) continue;
    for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
      if (document.deprel[t] != Deprel::advmod || word(t) != "here") continue;
      const uint32_t begin = std::max(sentence.begin, t > kClause ? t - kClause : 0);
      for (size_t k = first_from(begin); k < document.mentions.size(); ++k) {
        const Mention& m = document.mentions[k];
        if (m.tokens.begin >= std::min(sentence.end, t + kClause)) break;
        if (!is(m, core.event) || document.head[m.head] != document.head[t]) continue;
        const Deprel r = document.deprel[m.head];
        if (r == Deprel::nsubj || r == Deprel::nsubj_pass || r == Deprel::obj)
          add(m.entity, "held_in", from, t, 0.8F);
      }
    }
  }
}

/// How large a place of this kind is, by the list mention_place_ranks; 1 for what is not on it.
int Finder::rank_of(const std::string& kind) const {
  const auto* rank = schema.lexicons.list("mention_place_ranks").value(kind);
  return rank && !rank->empty() ? (*rank)[0] - '0' : 1;
}

/// "Jiujiang in Jiangxi", "Kikinda, Serbia", "a terminal in Nador".
void Finder::places(const Mention& m) {
  if (!body(m) || m.form != MentionForm::name) return;
  const uint32_t end = document.sentence(document.sentence_of(m.tokens.begin)).end;
  uint32_t t = behind(m);
  if (t + 1 >= end) return;
  const auto w = word(t);
  const bool link = schema.lexicons.list("mention_place_links").has(w);
  if (!link && w != "," && w != "(" && w != "of") return;
  uint32_t next = t + 1;
  if (word(next) == "the" && next + 1 < end) ++next;
  const auto* place = starting(next, core.place);
  if (!place || place->entity == m.entity || place->form != MentionForm::name) return;
  const auto &a = document.entities[m.entity], &b = document.entities[place->entity];
  if (link) {
    add(m.entity, "located_in", place->entity, t, w == "in" ? 0.8F : 0.6F);
    return;
  }
  if (w == "of") {  // "Liangqing District of Nanning"
    if (a.type == core.place && rank_of(b.kind) > rank_of(a.kind))
      add(m.entity, "located_in", place->entity, t, 0.7F);
    return;
  }
  // After a comma the second place must be the larger one and end there; a list of places is none.
  if (a.type == core.place && rank_of(b.kind) <= rank_of(a.kind)) return;
  const uint32_t after = place->tokens.end;
  const auto follows = after < end ? word(after) : std::string(".");
  if (a.type == core.place && (follows == "and" || follows == "or")) return;
  // "the Institute of Hydrobiology, Wuhan." closes; in a list more would follow.
  const bool closes = follows == "." || follows == "," || follows == ")" || follows == ";";
  if (a.type != core.place && w == "," && !closes) return;
  add(m.entity, "located_in", place->entity, t, 0.7F);
}

/// What a name contains: "Standing Committee of the Congress", "Wuzhou Port", "Leipzig Regional
/// Court".
void Finder::nested(const Mention& outer) {
  if (outer.form != MentionForm::name || is(outer, core.position) || is(outer, core.person)) return;
  const Mention *body = nullptr, *seat = nullptr;
  for (size_t i = first_from(outer.tokens.begin); i < document.mentions.size(); ++i) {
    const auto& m = document.mentions[i];
    if (m.tokens.begin >= outer.tokens.end) break;
    if (&m == &outer || m.tokens == outer.tokens || !outer.tokens.contains(m.tokens) ||
        m.entity == outer.entity)
      continue;
    auto& longest = is(m, core.organization) ? body : seat;
    if (!is(m, core.organization) && !is(m, core.place)) continue;
    if (!longest || m.tokens.size() > longest->tokens.size()) longest = &m;
  }
  const uint32_t at = outer.tokens.begin;
  if (body) {
    const bool last = body->tokens.end == outer.tokens.end;
    if (is(outer, core.organization)) add(outer.entity, "part_of", body->entity, at, 0.7F);
    if (is(outer, core.event)) add(outer.entity, "organized_by", body->entity, at, 0.6F);
    if (is(outer, core.work) && last) add(body->entity, "issued", outer.entity, at, 0.45F);
    if (is(outer, core.initiative) && last) add(body->entity, "launched", outer.entity, at, 0.45F);
  }
  // The place in the name of a name's part is that part's.
  if (!seat || (body && body->tokens.contains(seat->tokens))) return;
  const uint32_t after = seat->tokens.end;
  const bool last = after == outer.tokens.end;
  if (is(outer, core.facility)) {
    // What a place's name only begins or links lies elsewhere too: "Kokand-Isfara bus line".
    if (!last && (word(after) == "-" || word(after) == "\u2013")) return;
    add(outer.entity, "located_in", seat->entity, at, 0.6F);
  } else if (is(outer, core.organization)) {
    // A government is part of its place rather than in it; a company is only called so.
    const auto sort = body_class(outer.entity);
    const bool sits =
        sort == "court" || sort == "civil" || sort == "international" || (sort.empty() && last);
    if (sits) add(outer.entity, "located_in", seat->entity, at, 0.45F);
  } else if (is(outer, core.event) && last) {
    add(outer.entity, "held_in", seat->entity, at, 0.45F);
  }
}

const Mention* Finder::starting_any(uint32_t t) const {
  auto it = std::lower_bound(by_begin.begin(), by_begin.end(), t, [this](uint32_t m, uint32_t b) {
    return document.mentions[m].tokens.begin < b;
  });
  return it != by_begin.end() && document.mentions[*it].tokens.begin == t &&
                 document.mentions[*it].form != MentionForm::pronoun
             ? &document.mentions[*it]
             : nullptr;
}

/// The class of a body's last head word (government, company, party ...); empty if it has none.
std::string Finder::body_class(doc::LocalEntity entity) const {
  const auto& heads = schema.lexicons.list("organization_heads");
  const auto label = text::fold(document.entities[entity].label);
  // The head of "Ministry of Mines" stands before "of".
  for (const size_t end : {label.find(" of "), label.size()}) {
    if (end == std::string::npos) continue;
    const size_t space = label.rfind(' ', end == 0 ? 0 : end - 1);
    const size_t begin = space == std::string::npos ? 0 : space + 1;
    if (const auto* value = heads.value(label.substr(begin, end - begin))) return *value;
  }
  return {};
}

/// The entity of the document that an adjective ("Kenyan") belongs to.
doc::LocalEntity Finder::of_demonym(uint32_t token) const {
  const auto* key = schema.lexicons.list("demonyms").value(word(token));
  if (!key) return doc::kNoEntity;
  const auto it = by_link.find(*key);
  return it == by_link.end() ? doc::kNoEntity : it->second;
}

/// "Dubai-based Volkhov Marine", "Kenyan seed company Mavuno Seeds", "Hellmar AG, a Heidelberg
/// firm": where a body has its seat.
void Finder::based(const Mention& m) {
  if (!is(m, core.organization) || m.form != MentionForm::name) return;
  const auto sentence = document.sentence(document.sentence_of(m.tokens.begin));
  const auto& nouns = schema.lexicons.list("mention_descriptions");
  auto describes_body = [&](uint32_t t) {
    const auto* value = nouns.value(word(t));
    return value && *value == "Organization";
  };
  for (uint32_t t = m.tokens.begin; t-- > sentence.begin && t + 5 > m.tokens.begin;) {
    const auto w = word(t);
    const bool suffix = w == "based" && t >= 2 && word(t - 1) == "-";
    if (suffix) {
      if (const auto* place = ending(t - 1, core.place))
        add(m.entity, "located_in", place->entity, t, 0.85F);
      return;
    }
    const auto country = of_demonym(t);
    if (country != doc::kNoEntity && describes_body(m.tokens.begin - 1)) {
      add(m.entity, "located_in", country, t, 0.6F);
      return;
    }
    if (w == "," || w == "and" || w == "the" || w == "of" || w == "in" || w == "by") break;
  }
  uint32_t t = m.tokens.end;
  if (t + 3 >= sentence.end || word(t) != "," ||
      (word(t + 1) != "a" && word(t + 1) != "an" && word(t + 1) != "the"))
    return;
  for (uint32_t p = t + 2; p < sentence.end && p < t + 5; ++p) {
    const auto* place = starting(p, core.place);
    auto seat = place ? place->entity : of_demonym(p);
    if (seat == doc::kNoEntity) continue;
    const uint32_t behind = place ? place->tokens.end : p + 1;
    for (uint32_t k = behind; k < sentence.end && k < behind + 4; ++k) {
      if (word(k) == "," || starting_any(k)) return;
      if (!describes_body(k)) continue;
      add(m.entity, "located_in", seat, t, 0.75F);
      return;
    }
    return;
  }
}

/// "Thuringia's interior ministry" (part_of), "Van Rossem's supervisory board" (part_of), "South
/// Korea's Soriaudio" (located_in).
void Finder::owned(const Mention& m) {
  if (m.tokens.begin < 2 || word(m.tokens.begin - 1) != "'s" || m.form == MentionForm::pronoun)
    return;
  if (names_what_follows(document, m, core.position)) return;
  const uint32_t end = m.tokens.begin - 1;
  if (is(m, core.organization)) {
    const auto sort = body_class(m.entity);
    const bool official =
        sort == "government" || sort == "legislature" || sort == "court" || sort == "military";
    if (const auto* place = ending(end, core.place)) {
      add(m.entity, official ? "part_of" : "located_in", place->entity, end, 0.65F);
    } else if (const auto* body = ending(end, core.organization)) {
      add(m.entity, "part_of", body->entity, end, 0.6F);
    }
  } else if (is(m, core.facility)) {
    if (const auto* place = ending(end, core.place))
      add(m.entity, "located_in", place->entity, end, 0.65F);
  }
}

/// "mission of the IMF" (part_of), "amendment to the Bill" (part_of), "hearing of the Committee"
/// (organized_by), "inspection tour in Chongqing" (held_in).
void Finder::complement(const Mention& m) {
  const uint32_t end = document.sentence(document.sentence_of(m.tokens.begin)).end;
  uint32_t t = behind(m);
  if (t + 1 >= end) return;
  const auto link = word(t);
  if (link != "of" && link != "in" && link != "at" && link != "to") return;
  const auto* other = starting_any(word(t + 1) == "the" && t + 2 < end ? t + 2 : t + 1);
  if (!other || other->entity == m.entity) return;
  const bool event = is(m, core.event), work = is(m, core.work);
  const auto type = document.entities[m.entity].type, whole = document.entities[other->entity].type;
  if (link == "of" && type == whole &&
      (type == core.organization || type == core.facility || event)) {
    add(m.entity, "part_of", other->entity, t, 0.6F);
  } else if (link == "to" && work && whole == core.work) {
    add(m.entity, "part_of", other->entity, t, 0.6F);
  } else if (link == "of" && event && whole == core.organization) {
    add(m.entity, "organized_by", other->entity, t, 0.6F);
  } else if ((link == "in" || link == "at") && event &&
             (whole == core.place || whole == core.facility)) {
    add(m.entity, "held_in", other->entity, t, 0.7F);
  }
}

/// "Sam Colter of Hale & Bricker" (works_for), "Jon Stien of the Labour Party", "Ada Moe (Centre
/// Party)" (member_of).
void Finder::belongs(const Mention& m) {
  if (m.form != MentionForm::name) return;
  const uint32_t end = document.sentence(document.sentence_of(m.tokens.begin)).end;
  uint32_t t = behind(m);
  if (t + 1 >= end) return;
  const auto link = word(t);
  if (link != "of" && link != "from" && link != "at" && link != "(" && link != "with") return;
  const auto* body = starting(word(t + 1) == "the" ? t + 2 : t + 1, core.organization);
  if (!body || body->form == MentionForm::pronoun) return;
  const bool members = bodies.has(body->entity);
  if (link == "(" && (!members || body->tokens.end >= end || word(body->tokens.end) != ")")) return;
  add(m.entity, bodies.relation(body->entity), body->entity, t, 0.7F);
}

/// "Tajik minister", "Mayor Y", "the chief executive": the body or place of a bare office, as its
/// adjective or the text before shows.
void Finder::position_scope(const Mention& position, const OfficeScope& offices) {
  const uint32_t begin = position.tokens.begin;
  if (const auto country = of_demonym(begin); country != doc::kNoEntity) {
    add(position.entity, "position_in", country, begin, 0.8F);
    return;
  }
  if (schema.lexicons.list("demonyms").has(word(begin))) return;  // of a country not named here
  const auto [body, confidence] = offices.of(position);
  // What has a president already has no second one.
  const auto& label = document.entities[position.entity].label;
  if (body != doc::kNoEntity && !filled.contains({body, text::fold(label)}))
    add(position.entity, "position_in", body, begin, confidence);
}

void Finder::run() {
  by_begin.resize(document.mentions.size());
  for (uint32_t i = 0; i < by_begin.size(); ++i) by_begin[i] = i;
  by_end = by_begin;
  auto size = [this](uint32_t i) { return document.mentions[i].tokens.size(); };
  std::stable_sort(by_begin.begin(), by_begin.end(), [&](uint32_t a, uint32_t b) {
    const auto x = document.mentions[a].tokens.begin, y = document.mentions[b].tokens.begin;
    return x != y ? x < y : size(a) > size(b);
  });
  std::stable_sort(by_end.begin(), by_end.end(), [&](uint32_t a, uint32_t b) {
    const auto x = document.mentions[a].tokens.end, y = document.mentions[b].tokens.end;
    return x != y ? x < y : size(a) > size(b);
  });
  for (doc::LocalEntity e = 0; e < document.entities.size(); ++e) {
    if (!document.entities[e].link.empty()) by_link.emplace(document.entities[e].link, e);
  }
  for (const auto& m : document.mentions) {
    if (m.form == MentionForm::pronoun) continue;
    if (is(m, core.position)) {
      position_body(m);
      position_holder(m);
    } else if (is(m, core.person)) {
      belongs(m);
    } else {
      places(m);
      nested(m);
      based(m);
      owned(m);
      complement(m);
    }
  }
  held_here();
  // Only an office that no mention of it shows the body of looks further around.
  std::set<doc::LocalEntity> settled;
  const auto position_in = schema.ontology.relation("position_in");
  for (const auto& f : document.facts) {
    if (f.relation != position_in) continue;
    settled.insert(f.subject);
    for (const auto& alias : document.entities[f.subject].aliases)
      filled.emplace(f.object, text::fold(alias.form));
  }
  const OfficeScope offices(schema, document);
  for (const auto& m : document.mentions) {
    if (m.form == MentionForm::name && is(m, core.position) && !settled.contains(m.entity)) {
      position_scope(m, offices);
    }
  }
}

}  // namespace

void structural_facts(const schema::Schema& schema, doc::Document& document,
                      const MemberBodies& bodies) {
  Finder(schema, document, bodies).run();
}

}  // namespace weft::extract
