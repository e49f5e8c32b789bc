// What refers back: definite descriptions ("the province", "the minister") and pronouns.
//
// Method: one walk over the text. Each description or pronoun looks at the entities mentioned
// before it, in the last few sentences, and takes the one with the best score of agreement (type,
// kind, head word, class of body, gender), grammatical role, nearness and number of mentions;
// without a good one it stays unresolved. Names resolve nothing here. Linear in tokens times the
// entities mentioned in the window. In the spirit of Lappin and Leass 1994.
#include <algorithm>
#include <map>

#include "extract/mentions_draft.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::LocalEntity;
using doc::Mention;
using doc::MentionForm;

constexpr uint32_t kDescriptionWindow = 12;  // sentences back
constexpr uint32_t kPronounWindow = 3;

struct Seen {
  uint32_t last_token = 0;
  uint32_t last_sentence = 0;
  uint32_t count = 0;
  bool subject = false;  // at its last mention
};

struct Resolver {
  explicit Resolver(Sketch& sketch)
      : s(sketch), d(sketch.document), core(sketch.lists.schema.ontology.core()) {}

  void run();

 private:
  void prepare();
  void walk();
  void note(const Mention& mention);
  bool describe(uint32_t t);
  bool title(uint32_t t);
  bool pronoun(uint32_t t);
  LocalEntity best_person(uint32_t t, char gender) const;
  LocalEntity best_thing(uint32_t t) const;
  LocalEntity best_described(uint32_t noun, std::string_view type, std::string_view kind) const;
  float agreement(LocalEntity e, const std::string& noun, schema::TypeId type) const;
  std::string body_class(LocalEntity e) const;
  void refer(core::TokenSpan span, LocalEntity entity, MentionForm form);
  bool is_subject(uint32_t t) const;
  void finish();

  Sketch& s;
  doc::Document& d;
  const schema::CoreTypes& core;
  std::vector<uint8_t> covered;
  std::vector<char> gender;                         // of each entity
  std::vector<Seen> seen;                           // of each entity
  std::vector<std::vector<std::string>> words;      // words of each entity's names
  std::multimap<std::string, LocalEntity> holders;  // title's head words -> person
  std::vector<Mention> found;
};

bool Resolver::is_subject(uint32_t t) const {
  if (d.deprel.size() != s.size()) return t < s.sentence_start(t) + 6;
  return d.deprel[t] == doc::Deprel::nsubj || d.deprel[t] == doc::Deprel::nsubj_pass;
}

void Resolver::prepare() {
  std::stable_sort(d.mentions.begin(), d.mentions.end(), [](const auto& a, const auto& b) {
    return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                            : a.tokens.end > b.tokens.end;
  });
  covered.assign(s.size(), 0);
  for (const auto& m : d.mentions) {
    for (uint32_t t = m.tokens.begin; t < m.tokens.end; ++t) covered[t] = 1;
  }
  gender.assign(d.entities.size(), 0);
  seen.assign(d.entities.size(), {});
  words.resize(d.entities.size());
  for (const auto& draft : s.drafts) {
    if (draft.entity != kNone && draft.gender != 0 && gender[draft.entity] == 0)
      gender[draft.entity] = draft.gender;
  }
  for (size_t e = 0; e < d.entities.size(); ++e) {
    for (const auto& alias : d.entities[e].aliases) {
      const auto key = text::fold(alias.form);
      size_t begin = 0;
      while (begin < key.size()) {
        const size_t end = std::min(key.find_first_of(" -", begin), key.size());
        if (end > begin) words[e].push_back(key.substr(begin, end - begin));
        begin = end + 1;
      }
    }
  }
  // Who bears which title: "Premier Li", "Li Qiang, premier".
  for (const auto& t : s.titles) {
    std::string head;
    for (uint32_t k = t.head; k < t.head_end; ++k) head += (k > t.head ? " " : "") + s.lower[k];
    for (const auto& draft : s.drafts) {
      if (draft.type != core.person || draft.entity == kNone ||
          s.sentence[draft.tokens.begin] != s.sentence[t.head])
        continue;
      uint32_t gap = kNone;
      const bool after = draft.tokens.begin >= t.tokens.end;
      if (after) gap = draft.tokens.begin - t.tokens.end;
      if (draft.tokens.end <= t.tokens.begin) gap = t.tokens.begin - draft.tokens.end;
      if (gap == 0 ||
          (gap <= 3 && gap != kNone && s.lower[after ? t.tokens.end : draft.tokens.end] == ",")) {
        holders.emplace(head, draft.entity);
        break;
      }
    }
  }
}

void Resolver::note(const Mention& m) {
  auto& state = seen[m.entity];
  state.last_token = m.tokens.begin;
  state.last_sentence = s.sentence[m.tokens.begin];
  state.subject = is_subject(m.head);
  ++state.count;
}

void Resolver::refer(core::TokenSpan span, LocalEntity entity, MentionForm form) {
  Mention m;
  m.tokens = span;
  m.head = s.head_of(span);
  m.entity = entity;
  m.type = d.entities[entity].type;
  m.form = form;
  m.confidence = 0.6F;
  found.push_back(m);
  note(m);
  if (form == MentionForm::pronoun) return;
  auto& aliases = d.entities[entity].aliases;
  const auto text = s.text(span);
  const auto it =
      std::find_if(aliases.begin(), aliases.end(), [&](const auto& a) { return a.form == text; });
  if (it == aliases.end()) {
    aliases.push_back({text, 1});
  } else {
    ++it->count;
  }
}

/// What sort of body it is: the class of its head word in the shared list; a name without one is
/// taken for a company.
std::string Resolver::body_class(LocalEntity e) const {
  for (size_t k = words[e].size(); k-- > 0;) {
    if (const auto* v = s.lists.organization_heads.shared.value(words[e][k])) return *v;
  }
  return "company";
}

float Resolver::agreement(LocalEntity e, const std::string& noun, schema::TypeId type) const {
  const bool named = std::find(words[e].begin(), words[e].end(), noun) != words[e].end();
  if (named) return 4;
  if (type != core.organization) {
    // "Gigawerk Saale … the plant": a name that doesn't say what it names may be whatever fits.
    const bool opaque = std::none_of(words[e].begin(), words[e].end(), [&](const std::string& w) {
      return s.lists.descriptions.has(w);
    });
    return opaque && type != core.place ? -3.5F : -10.0F;
  }
  const auto* v = s.lists.organization_heads.shared.value(noun);
  const std::string wanted = v ? *v : "company";
  return wanted == body_class(e) && wanted == "company" ? 2.0F : -10.0F;
}

LocalEntity Resolver::best_described(uint32_t noun, std::string_view type,
                                     std::string_view kind) const {
  const auto id = s.lists.schema.ontology.type(type);
  LocalEntity best = doc::kNoEntity;
  float best_score = 0;
  const uint32_t sentence = s.sentence[noun];
  for (LocalEntity e = 0; e < d.entities.size(); ++e) {
    const auto& entity = d.entities[e];
    if (entity.type != id || seen[e].count == 0 ||
        sentence - seen[e].last_sentence > kDescriptionWindow)
      continue;
    float score = 5.0F - 0.4F * static_cast<float>(sentence - seen[e].last_sentence) +
                  (seen[e].subject ? 1.0F : 0.0F) +
                  0.1F * static_cast<float>(std::min(seen[e].count, 10U));
    if (!kind.empty()) {
      const bool fits = entity.kind == kind || (kind == "city" && entity.kind == "municipality") ||
                        (kind == "region" && entity.kind == "province");
      if (!fits) continue;
    } else {
      score += agreement(e, s.lower[noun], id);
    }
    if (score > best_score) {
      best = e;
      best_score = score;
    }
  }
  return best;
}

/// "the province", "the power company", "this committee".
bool Resolver::describe(uint32_t t) {
  const auto& w = s.lower[t];
  if (w != "the" && w != "this" && w != "that") return false;
  const uint32_t end = s.sentence_end(t);
  for (uint32_t noun = t + 1; noun < end && noun <= t + 3; ++noun) {
    if (covered[noun] || s.lists.description_stop.has(s.lower[noun])) return false;
    const auto* value = s.lists.descriptions.value(s.lower[noun]);
    const bool last = noun + 1 >= end || !s.nominal(noun + 1) || s.capital[noun + 1];
    if (value && last) {
      if (noun + 1 < end && (s.lower[noun + 1] == "of" || s.lower[noun + 1] == "that" ||
                             s.lower[noun + 1] == "-" || covered[noun + 1]))
        return false;
      const size_t colon = value->find(':');
      const auto type = std::string_view(*value).substr(0, colon);
      const auto kind = colon == std::string::npos ? std::string_view()
                                                   : std::string_view(*value).substr(colon + 1);
      // "The central region" is told apart from others by its modifier: it is no word for Hunan.
      if (noun > t + 1 && kind == "region") return false;
      const auto e = best_described(noun, type, kind);
      if (e == doc::kNoEntity) return false;
      refer({t, noun + 1}, e, MentionForm::description);
      return true;
    }
    if (!s.nominal(noun)) return false;
  }
  return false;
}

/// "the minister", "the General Secretary": the person who was named with that title.
bool Resolver::title(uint32_t t) {
  if (s.lower[t] != "the") return false;
  for (const auto& span : s.titles) {
    if (span.tokens.begin != t + 1 || covered[span.head]) continue;
    std::string head;
    for (uint32_t k = span.head; k < span.head_end; ++k)
      head += (k > span.head ? " " : "") + s.lower[k];
    LocalEntity best = doc::kNoEntity;
    for (auto [it, last] = holders.equal_range(head); it != last; ++it) {
      const auto e = it->second;
      if (seen[e].count > 0 &&
          (best == doc::kNoEntity || seen[e].last_token > seen[best].last_token))
        best = e;
    }
    if (best == doc::kNoEntity) return false;
    refer({t, span.tokens.end}, best, MentionForm::description);
    return true;
  }
  return false;
}

LocalEntity Resolver::best_person(uint32_t t, char wanted) const {
  LocalEntity best = doc::kNoEntity;
  float best_score = -100;
  for (LocalEntity e = 0; e < d.entities.size(); ++e) {
    if (d.entities[e].type != core.person || seen[e].count == 0) continue;
    const uint32_t distance = s.sentence[t] - seen[e].last_sentence;
    if (distance > kPronounWindow || (gender[e] != 0 && gender[e] != wanted)) continue;
    const float score = -2.0F * static_cast<float>(distance) + (seen[e].subject ? 1.5F : 0.0F) +
                        (gender[e] == wanted ? 1.0F : 0.0F) +
                        0.1F * static_cast<float>(std::min(seen[e].count, 10U)) +
                        0.0001F * static_cast<float>(seen[e].last_token);
    if (score > best_score) {
      best = e;
      best_score = score;
    }
  }
  return best;
}

LocalEntity Resolver::best_thing(uint32_t t) const {
  LocalEntity best = doc::kNoEntity;
  float best_score = -100;
  for (LocalEntity e = 0; e < d.entities.size(); ++e) {
    const auto type = d.entities[e].type;
    if (seen[e].count == 0 || type == core.person || type == core.position || type == core.theme ||
        type == core.industry || type == core.group) {
      continue;
    }
    const uint32_t distance = s.sentence[t] - seen[e].last_sentence;
    if (distance > 1) continue;
    const float score = -2.0F * static_cast<float>(distance) + (seen[e].subject ? 2.0F : 0.0F) +
                        (type == core.organization ? 1.0F : 0.0F) +
                        0.1F * static_cast<float>(std::min(seen[e].count, 10U)) +
                        0.0001F * static_cast<float>(seen[e].last_token);
    if (score > best_score) {
      best = e;
      best_score = score;
    }
  }
  return best;
}

bool Resolver::pronoun(uint32_t t) {
  const auto& w = s.lower[t];
  LocalEntity e = doc::kNoEntity;
  if (w == "he" || w == "him" || w == "his") {
    e = best_person(t, 'm');
    if (e != doc::kNoEntity) gender[e] = 'm';
  } else if (w == "she" || w == "her") {
    e = best_person(t, 'f');
    if (e != doc::kNoEntity) gender[e] = 'f';
  } else if (w == "its") {
    e = best_thing(t);
  } else if (w == "it" && d.deprel.size() == s.size() && d.deprel[t] != doc::Deprel::expl) {
    e = best_thing(t);
  }
  if (e == doc::kNoEntity) return false;
  refer({t, t + 1}, e, MentionForm::pronoun);
  return true;
}

void Resolver::walk() {
  size_t next = 0;
  for (uint32_t t = 0; t < s.size(); ++t) {
    while (next < d.mentions.size() && d.mentions[next].tokens.begin <= t) note(d.mentions[next++]);
    if (covered[t] || !s.usable[t]) continue;
    if (describe(t) || title(t)) {
      t = found.back().tokens.end - 1;
      continue;
    }
    pronoun(t);
  }
}

void Resolver::finish() {
  d.mentions.insert(d.mentions.end(), found.begin(), found.end());
  std::stable_sort(d.mentions.begin(), d.mentions.end(), [](const auto& a, const auto& b) {
    return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                            : a.tokens.end > b.tokens.end;
  });
  for (const auto& m : d.mentions) {
    auto& spans = d.entities[m.entity].mentions;
    if (m.form == MentionForm::pronoun) continue;
    // "Premier Li Qiang" and "Li Qiang" inside it are one place in the text.
    if (spans.empty() || d.byte_span(m.tokens).begin >= spans.back().end)
      spans.push_back(d.byte_span(m.tokens));
  }
  for (auto& e : d.entities) {
    std::stable_sort(e.aliases.begin(), e.aliases.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
  }
}

void Resolver::run() {
  prepare();
  walk();
  finish();
}

}  // namespace

void resolve_references(Sketch& sketch) { Resolver(sketch).run(); }

}  // namespace weft::extract
