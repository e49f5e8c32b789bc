// Facts from the way names stand together: "Secretary of the Jiangxi Provincial Party Committee"
// (position_in), "Premier Li Qiang", "Li Qiang, premier of China" and "Its chairman, Luc Dierckx"
// (holds_position), "Jiujiang in Jiangxi" and "Kikinda, Serbia" (located_in), "Standing Committee
// of the Congress" (part_of).
//
// Method: for each mention, the mentions nested in it and those beside it, with the few words
// between them. Linear in mentions, each of which looks at a bounded number of neighbours.
#include "extract/structure_facts.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Document;
using doc::Mention;
using doc::MentionForm;

struct Finder {
  Finder(const schema::Schema& sc, Document& d)
      : schema(sc), document(d), core(sc.ontology.core()) {}

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

  void position_body(const Mention& position);
  void position_holder(const Mention& position);
  void places(const Mention& mention);
  void nested(const Mention& outer);
  uint32_t skip_back(uint32_t t, uint32_t start) const;

  const schema::Schema& schema;
  Document& document;
  const schema::CoreTypes& core;
  std::vector<uint32_t> by_begin, by_end;  // mention indices
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
  const auto role = sentence < document.sentence_block.size() &&
                            document.sentence_block[sentence] < document.blocks.size()
                        ? document.blocks[document.sentence_block[sentence]].role
                        : doc::BlockRole::body;
  if (role != doc::BlockRole::body && role != doc::BlockRole::title) return;
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

/// The body an office belongs to: the longest one inside its mention, or a possessive before it.
void Finder::position_body(const Mention& position) {
  const Mention* best = nullptr;
  for (const auto& m : document.mentions) {
    if (m.tokens.begin >= position.tokens.end) break;
    if (&m == &position || !position.tokens.contains(m.tokens) || !body(m) ||
        m.entity == position.entity)
      continue;
    if (!best || m.tokens.size() > best->tokens.size()) best = &m;
  }
  if (!best && position.tokens.begin > 0) {
    uint32_t end = position.tokens.begin;
    for (int steps = 0; steps < 2 && end > 0 && !best; ++steps) {
      for (const auto type : {core.organization, core.place, core.facility}) {
        const auto* m = ending(end, type);
        const bool possessive =
            m && (m->form == MentionForm::pronoun || end < position.tokens.begin);
        if (possessive) best = m;
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
    if (!w.ends_with('.') && w != "dr" && w != "mr" && w != "ms" && w != "mrs" && w != "general" &&
        w != "comrade")
      break;
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
  // "Its chairman, Luc Dierckx", "the governor of Naryn Region, Emilbek Abdykadyrov", "CEO: Li
  // Ming".
  if (position.tokens.end + 1 < end) {
    const auto w = word(position.tokens.end);
    if (w == "," || w == ":" || w == "(") {
      if (const auto* m = starting(position.tokens.end + 1, core.person);
          m && m->form == MentionForm::name) {
        // In a list ("the mayor, Li Ming, governor of X") the person may carry an office of his
        // own.
        add(m->entity, "holds_position", position.entity, position.tokens.begin, 0.8F);
      }
    }
  }
}

int rank_of(const std::string& kind) {
  if (kind == "country") return 5;
  if (kind == "province" || kind == "region") return 4;
  if (kind == "municipality" || kind == "county") return 3;
  if (kind == "city" || kind == "district") return 2;
  return 1;
}

/// "Jiujiang in Jiangxi", "Kikinda, Serbia", "a terminal in Nador".
void Finder::places(const Mention& m) {
  if (!body(m) || m.form != MentionForm::name) return;
  const uint32_t end = document.sentence(document.sentence_of(m.tokens.begin)).end;
  uint32_t t = m.tokens.end;
  if (t + 1 >= end) return;
  const auto w = word(t);
  if (w != "in" && w != "," && w != "(") return;
  uint32_t next = t + 1;
  if (word(next) == "the" && next + 1 < end) ++next;
  const auto* place = starting(next, core.place);
  if (!place || place->entity == m.entity || place->form != MentionForm::name) return;
  const auto &a = document.entities[m.entity], &b = document.entities[place->entity];
  if (w == "in") {
    add(m.entity, "located_in", place->entity, t, 0.8F);
    return;
  }
  // After a comma the second place must be the larger one and end there; a list of places is none.
  if (a.type == core.place && rank_of(b.kind) <= rank_of(a.kind)) return;
  const uint32_t after = place->tokens.end;
  const auto follows = after < end ? word(after) : std::string(".");
  if (a.type == core.place && (follows == "and" || follows == "or")) return;
  if (a.type != core.place && w == ",") return;
  add(m.entity, "located_in", place->entity, t, 0.7F);
}

/// What a name contains: "Standing Committee of the Congress", "Wuzhou Port".
void Finder::nested(const Mention& outer) {
  if (outer.form != MentionForm::name || is(outer, core.position) || is(outer, core.person)) return;
  const Mention* best = nullptr;
  for (const auto& m : document.mentions) {
    if (m.tokens.begin >= outer.tokens.end) break;
    if (&m == &outer || m.tokens == outer.tokens || !outer.tokens.contains(m.tokens) ||
        m.entity == outer.entity)
      continue;
    if (!best || m.tokens.size() > best->tokens.size()) best = &m;
  }
  if (!best) return;
  const bool organization = is(outer, core.organization), facility = is(outer, core.facility);
  if (is(*best, core.organization) && organization) {
    add(outer.entity, "part_of", best->entity, outer.tokens.begin, 0.7F);
  } else if (is(*best, core.place) && facility) {
    // What a place's name only begins or links lies elsewhere too: "Kokand-Isfara bus line".
    const uint32_t after = best->tokens.end;
    if (after < outer.tokens.end && (word(after) == "-" || word(after) == "\u2013")) return;
    add(outer.entity, "located_in", best->entity, outer.tokens.begin, 0.6F);
  } else if (is(outer, core.event) && is(*best, core.organization)) {
    add(outer.entity, "organized_by", best->entity, outer.tokens.begin, 0.6F);
  }
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
  for (const auto& m : document.mentions) {
    if (m.form == MentionForm::pronoun) continue;
    if (is(m, core.position)) {
      position_body(m);
      position_holder(m);
    } else {
      places(m);
      nested(m);
    }
  }
}

}  // namespace

void structural_facts(const schema::Schema& schema, doc::Document& document) {
  Finder(schema, document).run();
}

}  // namespace weft::extract
