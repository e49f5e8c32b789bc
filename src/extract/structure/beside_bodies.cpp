// Problem: "Jiujiang in Jiangxi", "Kikinda, Serbia", "the Oslo-based bank", "Standing Committee of
// the Congress" say what lies where and belongs to what. Method: for each place and body, the
// mentions nested in it and those beside it, with the words between them. Cost: each mention looks
// at a bounded number of neighbours.
#include "extract/frames/within.h"
#include "extract/structure/beside.h"
#include "text/utf8.h"

namespace weft::extract {

using doc::Document;
using doc::Mention;
using doc::MentionForm;

namespace {

bool in_capitals(std::string_view form) {
  for (size_t pos = 0; pos < form.size();)
    if (const char32_t c = text::next_char(form, pos); text::is_letter(c) && !text::is_upper(c))
      return false;
  return true;
}

}  // namespace

/// "NAIROBI, 3 March - The summit opened here": where the line says that the text comes from.
void SideBySide::held_here() {
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
      const uint32_t begin = std::max(sentence.begin, t > kBesideClause ? t - kBesideClause : 0);
      for (size_t k = first_from(begin); k < document.mentions.size(); ++k) {
        const Mention& m = document.mentions[k];
        if (m.tokens.begin >= std::min(sentence.end, t + kBesideClause)) break;
        if (!is(m, core.event) || document.head[m.head] != document.head[t]) continue;
        const Deprel r = document.deprel[m.head];
        if (r == Deprel::nsubj || r == Deprel::nsubj_pass || r == Deprel::obj)
          add(m.entity, "held_in", from, t, 0.8F);
      }
    }
  }
}

/// How large a place of this kind is, by the list mention_place_ranks; 1 for what is not on it.
int SideBySide::rank_of(const std::string& kind) const {
  const auto* rank = schema.lexicons.list("mention_place_ranks").value(kind);
  return rank && !rank->empty() ? (*rank)[0] - '0' : 1;
}

/// "Jiujiang in Jiangxi", "Kikinda, Serbia", "a terminal in Nador".
void SideBySide::places(const Mention& m) {
  if (!body(m) || m.form != MentionForm::name) return;
  const uint32_t end = document.sentence(document.sentence_of(m.tokens.begin)).end;
  uint32_t t = behind(m);
  if (t + 1 >= end) return;
  auto w = word(t);
  // "Rosengard, of Malmo, has denied it"
  const bool set_off = w == "," && word(t + 1) == "of" && is(m, core.organization) && t + 3 < end;
  if (set_off) w = word(++t);
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
  if (set_off && word(place->tokens.end < end ? place->tokens.end : t) != ",") return;
  if (w == "of" && a.type == core.organization) {  // "Dangora Group of Nigeria"
    const auto sort = body_class(m.entity);
    if (sort.empty() || sort == "company" || sort == "finance")
      add(m.entity, "located_in", place->entity, t, 0.7F, "neighbour.located_in.of");
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
void SideBySide::nested(const Mention& outer) {
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

/// The class of a body's last head word (government, company, party ...); empty if it has none.
std::string SideBySide::body_class(doc::LocalEntity entity) const {
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

/// "Dubai-based Volkhov Marine", "Kenyan seed company Mavuno Seeds", "Hellmar AG, a Heidelberg
/// firm": where a body has its seat.
void SideBySide::based(const Mention& m) {
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
void SideBySide::owned(const Mention& m) {
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
void SideBySide::complement(const Mention& m) {
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
void SideBySide::belongs(const Mention& m) {
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

/// "manager of the Nanning-based carrier", "head of the China-led fund": the place is not that of
/// the office.
bool SideBySide::seat_of_other(const Mention& m) const {
  const uint32_t t = m.tokens.end;
  return t + 1 < document.token_count() && word(t) == "-" &&
         document.token_end[t] == document.token_begin[t + 1] &&
         document.norm_of(t + 1) == word(t + 1);
}

}  // namespace weft::extract
