// Problem: "the province", "the cell", "the project" and "the minister" name nobody. Method: a noun
// means whom it was the head word of, or who is of the kind, class or type that lists give it, best
// by role, nearness and number of mentions; a title means who was named with it. Phrases that say
// by themselves which one is meant ("the plan to build") are left alone. Cost: linear in the
// entities of the window for each description.
#include "extract/reference/definite.h"

#include <algorithm>

#include "text/words.h"

namespace weft::extract {

using doc::LocalEntity;
using doc::Mention;

namespace {

constexpr uint32_t kThingWindow = 2;  // sentences back to what "the project" may be

}  // namespace

DefiniteResolver::DefiniteResolver(const Sketch& sketch, Discourse& discourse)
    : s(sketch), d(sketch.document), core(sketch.lists.schema.ontology.core()), talk(discourse) {
  for (const auto& t : s.titles) titles.emplace(t.tokens.begin, &t);
}

bool DefiniteResolver::resolve(uint32_t t) {
  return by_head(t) || by_kind(t) || by_sort(t) || by_title(t);
}

/// What sort of body it is: the class of its head word in the shared list; a name without one is
/// taken for a company, a jury that has no name for nothing.
std::string DefiniteResolver::body_class(LocalEntity e) const {
  for (size_t k = talk.words[e].size(); k-- > 0;) {
    if (const auto* v = s.lists.organization_heads.shared.value(talk.words[e][k])) return *v;
  }
  return talk.named[e] ? "company" : std::string();
}

/// True if no word of the body's name says what it is.
bool DefiniteResolver::says_nothing(LocalEntity e) const {
  return talk.named[e] &&
         std::none_of(talk.words[e].begin(), talk.words[e].end(), [&](const std::string& w) {
           return s.lists.organization_heads.has(w) || s.lists.company_suffixes.has(w);
         });
}

float DefiniteResolver::agreement(LocalEntity e, const std::string& noun,
                                  schema::TypeId type) const {
  const bool named =
      std::find(talk.words[e].begin(), talk.words[e].end(), noun) != talk.words[e].end();
  if (named) return 4;
  if (type != core.organization) {
    // "Gigawerk Weser … the plant": a name that doesn't say what it names may be whatever fits.
    const bool opaque =
        std::none_of(talk.words[e].begin(), talk.words[e].end(),
                     [&](const std::string& w) { return s.lists.descriptions.has(w); });
    return opaque && type != core.place ? -3.5F : -10.0F;
  }
  // "Kassumay … the association".
  if (s.lists.references.opaque.has(noun) && says_nothing(e)) return -3.0F;
  const std::string own = body_class(e);
  // "The Financial Conduct Authority … the regulator".
  if (const auto* classes = s.lists.references.bodies.value(noun))
    return !own.empty() && text::has_word(*classes, own) ? -2.5F : -10.0F;
  if (!is_company(s.lists, noun) || own != "company") return -10.0F;
  // The company that the text is about, not the one that somebody works for.
  return 2.0F + (talk.seen[e].lead && !talk.seen[e].aside ? 0.5F : 0.0F) -
         (talk.seen[e].aside ? 1.5F : 0.0F);
}

LocalEntity DefiniteResolver::best_described(uint32_t noun, std::string_view type,
                                             std::string_view kind) const {
  const auto id = s.lists.schema.ontology.type(type);
  LocalEntity best = doc::kNoEntity;
  float best_score = 0;
  const uint32_t sentence = s.sentence[noun];
  for (const LocalEntity e : talk.recent) {
    const auto& entity = d.entities[e];
    if (entity.type != id || sentence - talk.seen[e].last_sentence > kDescriptionWindow) continue;
    float score = 5.0F - 0.4F * static_cast<float>(sentence - talk.seen[e].last_sentence) +
                  (talk.seen[e].subject ? 1.0F : 0.0F) +
                  0.1F * static_cast<float>(std::min(talk.seen[e].count, 10U));
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

/// True if no noun goes on with the phrase: "sign the bill next week", but not "the bill text".
bool DefiniteResolver::ends_phrase(uint32_t noun) const {
  if (noun + 1 >= s.sentence_end(noun) || !s.nominal(noun + 1)) return true;
  if (d.deprel.size() != s.size()) return false;
  const auto relation = d.deprel[noun];
  return relation != doc::Deprel::compound && relation != doc::Deprel::amod &&
         relation != doc::Deprel::flat && d.head[noun + 1] != noun;
}

/// "the Suwon company", "the Seoul-based firm": the token behind the place; `t` if there is none.
uint32_t DefiniteResolver::place_end(uint32_t t, uint32_t end) const {
  auto it = std::lower_bound(d.mentions.begin(), d.mentions.end(), t,
                             [](const Mention& m, uint32_t b) { return m.tokens.begin < b; });
  if (it == d.mentions.end() || it->tokens.begin != t || it->type != core.place) return t;
  uint32_t next = it->tokens.end;
  if (next + 1 < end && s.lower[next] == "-") {
    if (!s.lists.references.located.has(s.lower[next + 1])) return t;
    next += 2;
  }
  return next < end ? next : t;
}

/// "the province", "the power company", "this committee".
bool DefiniteResolver::by_kind(uint32_t t) {
  if (!s.lists.references.pointers.has(s.lower[t])) return false;
  const uint32_t end = s.sentence_end(t);
  const uint32_t place = place_end(t + 1, end);
  for (uint32_t noun = place; noun < end && noun <= place + 2; ++noun) {
    if (talk.covered[noun] || s.lists.description_stop.has(s.lower[noun])) return false;
    const auto* value = s.lists.descriptions.value(s.lower[noun]);
    if (value && (ends_phrase(noun) || (noun + 1 < end && s.capital[noun + 1]))) {
      if (noun + 1 < end && (s.lower[noun + 1] == "of" || s.lower[noun + 1] == "that" ||
                             s.lower[noun + 1] == "-" || talk.covered[noun + 1]))
        return false;
      const size_t colon = value->find(':');
      const auto type = std::string_view(*value).substr(0, colon);
      const auto kind = colon == std::string::npos ? std::string_view()
                                                   : std::string_view(*value).substr(colon + 1);
      // "The central region" is talk.told apart from others by its modifier: it is no word for
      // Hunan.
      if (noun > t + 1 && kind == "region") return false;
      if (place > t + 1 && !is_company(s.lists, s.lower[noun])) return false;
      const auto e = best_described(noun, type, kind);
      if (e == doc::kNoEntity) return false;
      talk.refer({t, noun + 1}, e, doc::JoinRule::description);
      return true;
    }
    if (!s.nominal(noun)) return false;
  }
  return false;
}

/// "the cell", "the compact": what a name before ends with, or else one of its sort: "the deal".
bool DefiniteResolver::by_head(uint32_t t) {
  if (!s.lists.references.pointers.has(s.lower[t])) return false;
  const uint32_t noun = t + 1, end = s.sentence_end(t);
  if (noun >= end || talk.covered[noun] || s.capital[noun] || !s.nominal(noun) ||
      s.lists.description_stop.has(s.lower[noun]))
    return false;
  if (noun + 1 < end && (talk.covered[noun + 1] || s.lower[noun + 1] == "of" ||
                         s.lower[noun + 1] == "-" || !ends_phrase(noun)))
    return false;
  const std::string& word = s.lower[noun];
  const auto near = [&](const Bearer& b, bool exact) {
    if (talk.recent.count(b.entity) > 0) return true;
    // What a text is about needs no repeating.
    return exact && talk.seen[b.entity].lead &&
           std::find(talk.heads[b.entity].begin(), talk.heads[b.entity].end(), word) !=
               talk.heads[b.entity].end();
  };
  LocalEntity e = doc::kNoEntity;
  if (const auto it = talk.called.find(word); it != talk.called.end() && near(it->second, true)) {
    e = it->second.entity;
  } else if (const auto* sort = s.lists.same_thing.value(word)) {
    const auto alike = talk.of_sort.find(*sort);
    if (alike != talk.of_sort.end() && near(alike->second, false) &&
        may_be(alike->second.entity, word))
      e = alike->second.entity;
  }
  if (e == doc::kNoEntity) return false;
  // "The province" goes by kind, whatever is talk.called one: to the province spoken of.
  if (const auto* value = s.lists.descriptions.value(word); value && value->starts_with("Place:")) {
    const LocalEntity other = best_described(noun, "Place", std::string_view(*value).substr(6));
    const bool own = d.entities[e].type == core.place &&
                     talk.seen[e].last_sentence + 1 >= s.sentence[t] && other != doc::kNoEntity &&
                     talk.seen[e].last_sentence >= talk.seen[other].last_sentence;
    if (other != doc::kNoEntity && !own) return false;
  }
  talk.refer({t, noun + 1}, e, doc::JoinRule::description);
  return true;
}

/// False if the entity's type is none that the noun can have.
bool DefiniteResolver::may_be(LocalEntity e, const std::string& noun) const {
  const auto type = d.entities[e].type;
  const auto meant = s.lists.type_in(s.lists.descriptions, noun);
  if (const auto* types = s.lists.references.things.value(noun))
    return listed(*types, type) || (meant.valid() ? meant == type : type == core.event);
  const auto built = [&](schema::TypeId t) { return t == core.organization || t == core.facility; };
  return !meant.valid() || meant == type || (built(meant) && built(type));
}

/// True if the type is one of the names in `types`, which spaces divide.
bool DefiniteResolver::listed(std::string_view types, schema::TypeId type) const {
  return text::has_word(types, s.lists.schema.ontology[type].name);
}

/// True if the phrase says by itself which one is meant: "the plan to build", "the vote on the
/// bill".
bool DefiniteResolver::goes_on(uint32_t noun) const {
  const uint32_t next = noun + 1;
  if (next >= s.sentence_end(noun)) return false;
  if (s.lists.references.links.has(s.lower[next]) || talk.covered[next] || !ends_phrase(noun))
    return true;
  return s.lists.references.near.has(s.lower[next]) && next + 1 < s.sentence_end(noun) &&
         talk.covered[next + 1];
}

/// "the project", "the measure": what was just spoken of, if it may be talk.called so.
bool DefiniteResolver::by_sort(uint32_t t) {
  const uint32_t noun = t + 1;
  if (!s.lists.references.pointers.has(s.lower[t]) || noun >= s.sentence_end(t)) return false;
  const auto* types = s.lists.references.things.value(s.lower[noun]);
  if (!types || talk.covered[noun] || s.capital[noun] || !s.nominal(noun) || goes_on(noun))
    return false;
  if (s.tagged() && d.upos[noun] != doc::Upos::NOUN) return false;
  LocalEntity best = doc::kNoEntity;
  float best_score = -100;
  for (const LocalEntity e : talk.recent) {
    const uint32_t distance = s.sentence[t] - talk.seen[e].last_sentence;
    if (distance > kThingWindow || distance == 0 || !listed(*types, d.entities[e].type)) continue;
    const float score = -1.0F * static_cast<float>(distance) + (talk.seen[e].object ? 0.6F : 0.0F) +
                        (talk.seen[e].subject ? 0.5F : 0.0F) - (talk.seen[e].aside ? 0.6F : 0.0F) +
                        (talk.named[e] ? 0.3F : 0.0F) +
                        0.0001F * static_cast<float>(talk.seen[e].last_token);
    if (score > best_score) {
      best = e;
      best_score = score;
    }
  }
  if (best == doc::kNoEntity) return false;
  talk.refer({t, noun + 1}, best, doc::JoinRule::description);
  return true;
}

/// "the minister", "the General Secretary": the person who was named with that title.
bool DefiniteResolver::by_title(uint32_t t) {
  if (s.lower[t] != "the") return false;
  for (auto [next, end] = titles.equal_range(t + 1); next != end; ++next) {
    const TitleSpan& span = *next->second;
    if (talk.covered[span.head]) continue;
    const std::string head = title_key(s, span);
    LocalEntity best = doc::kNoEntity;
    for (auto [it, last] = talk.holders.equal_range(head); it != last; ++it) {
      const auto e = it->second;
      if (talk.seen[e].count > 0 &&
          (best == doc::kNoEntity || talk.seen[e].last_token > talk.seen[best].last_token))
        best = e;
    }
    if (best == doc::kNoEntity) return false;
    talk.refer({t, span.tokens.end}, best, doc::JoinRule::title);
    return true;
  }
  return false;
}

}  // namespace weft::extract
