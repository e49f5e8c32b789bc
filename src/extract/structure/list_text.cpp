// Problem: who is listed as whose member hangs on names, group nouns ("the members of X", "Labour's
// trio") and the marks between them. Method: names by their borders; runs of people joined by
// commas and "and"; the words before a run, or a heading, are searched for a group noun and its
// body within a bounded stretch. Cost: bounded for each question.
#include "extract/structure/list_text.h"

#include <algorithm>

#include "text/fold.h"
#include "text/words.h"

namespace weft::extract {

namespace {

using core::TokenSpan;
using doc::kNoEntity;
using doc::LocalEntity;
using doc::Mention;
using doc::MentionForm;
using doc::TokenIndex;

constexpr uint32_t kWholeEvidence = 200, kStretch = 40;  // tokens of a sentence as evidence

/// The sentence, or of a very long one the stretch about the person: ten thousand names in a
/// row are not each proved by ten thousand names.
TokenSpan around(TokenSpan person, TokenSpan sentence) {
  if (sentence.size() <= kWholeEvidence) return sentence;
  return {std::max(sentence.begin + kStretch, person.begin) - kStretch,
          std::min(sentence.end, person.end + kStretch)};
}

bool is_form_of_be(std::string_view w) {
  return w == "are" || w == "is" || w == "were" || w == "was" || w == "be";
}

}  // namespace

ListText::ListText(const schema::Schema& schema, doc::Document& document, MemberBodies& members)
    : d(document),
      ontology(schema.ontology),
      core(schema.ontology.core()),
      bodies(members),
      groups(schema.lexicons.list("member_groups")),
      roles(schema.lexicons.list("member_roles")),
      listing(schema.lexicons.list("member_listing")),
      joining(schema.lexicons.list("member_joining")),
      columns(schema.lexicons.list("member_columns")) {
  person.assign(d.token_count(), nullptr);
  body.assign(d.token_count(), nullptr);
  body_end.assign(d.token_count() + 1, nullptr);
  std::vector<TokenIndex> covered(2, 0);  // ends of the outermost people and bodies so far
  for (const Mention& m : d.mentions) {
    if (m.entity == kNoEntity || m.tokens.empty() || m.form == MentionForm::pronoun) continue;
    const schema::TypeId type = d.entities[m.entity].type;
    if (type == core.person && m.form == MentionForm::name && m.tokens.begin >= covered[0]) {
      person[m.tokens.begin] = &m;
      covered[0] = m.tokens.end;
    } else if (type == core.organization) {
      if (!body[m.tokens.begin]) body[m.tokens.begin] = &m;
      const Mention*& ends = body_end[m.tokens.end];
      if (!ends || ends->tokens.size() < m.tokens.size()) ends = &m;
    }
  }
}

std::string ListText::word(TokenIndex t) const {
  return t < d.token_count() ? text::fold(d.norm_of(t)) : std::string();
}

bool ListText::separates(TokenIndex t) const {
  const std::string w = word(t);
  return w == "," || w == ";" || w == "and" || w == "&" || w == "or";
}

bool ListText::possessive(TokenIndex t) const {
  const std::string w = word(t);
  return w == "'s" || w == "'";
}

bool ListText::opens_cell(TokenIndex t) const {
  return t > 0 && t < d.token_count() &&
         d.bytes({d.token_end[t - 1], d.token_begin[t]}).find('\t') != std::string_view::npos;
}

bool ListText::finite(TokenIndex t) const {
  return t < d.upos.size() && (d.upos[t] == doc::Upos::VERB || d.upos[t] == doc::Upos::AUX) &&
         (d.morph[t] & doc::kFinite);
}

bool ListText::nominal(TokenIndex t) const {
  const doc::Upos u = d.upos[t];
  return u == doc::Upos::NOUN || u == doc::Upos::ADJ || u == doc::Upos::PROPN;
}

void ListText::add(const Mention& person, LocalEntity body, float confidence, const char* rule,
                   bool member) {
  if (person.entity == body || body == kNoEntity) return;
  const char* name = member ? "member_of" : bodies.relation(body);
  const schema::RelationId relation = ontology.relation(name);
  if (!relation.valid() ||
      !ontology.allows(relation, d.entities[person.entity].type, d.entities[body].type))
    return;
  doc::Evidence e;
  e.sentence = d.sentence_of(person.tokens.begin);
  e.span = d.byte_span(around(person.tokens, d.sentence(e.sentence)));
  e.rule = std::string(kListRule) + name + rule;
  e.confidence = confidence;
  doc::Fact fact;
  fact.subject = person.entity;
  fact.relation = relation;
  fact.object = body;
  fact.evidence.push_back(std::move(e));
  d.facts.push_back(std::move(fact));
}

std::vector<const Mention*> ListText::bare_run(TokenIndex t, TokenIndex end) const {
  std::vector<const Mention*> out;
  while (t < end && person[t]) {
    out.push_back(person[t]);
    t = person[t]->tokens.end;
    const TokenIndex from = t;
    while (t < end && separates(t) && t < from + 2) ++t;
    if (t == from) break;
  }
  return out;
}

std::vector<const Mention*> ListText::long_run(TokenIndex t, TokenIndex end) const {
  std::vector<const Mention*> out;
  bool joined = true;
  for (uint32_t since = 0; t < end && since < kListLookBack; ++since) {
    if (person[t] && joined) {
      out.push_back(person[t]);
      t = person[t]->tokens.end;
      joined = false;
      since = 0;
      continue;
    }
    if (separates(t))
      joined = true;
    else if (d.upos[t] == doc::Upos::ADP || person[t])
      joined = false;
    const std::string w = word(t);
    // Another group's noun begins another list.
    if (finite(t) || groups.has(w) || w == "who" || w == "which" || w == "while" || w == "but" ||
        w == "with")
      break;
    t = person[t] ? person[t]->tokens.end : body[t] ? body[t]->tokens.end : t + 1;
  }
  return out;
}

const Mention* ListText::body_at(TokenIndex t, TokenIndex end) const {
  if (t >= end) return nullptr;
  const TokenIndex behind = behind_article(t);
  const Mention* whole = body[t];
  const Mention* rest = behind < end ? body[behind] : nullptr;
  return whole && (!rest || whole->tokens.end >= rest->tokens.end) ? whole : rest;
}

const Mention* ListText::complement(TokenIndex t, TokenIndex end) const {
  const std::string w = word(t);
  if (w != "of" && w != "from" && w != "at") return nullptr;
  return body_at(t + 1, end);
}

bool ListText::mark(TokenIndex t) const {
  const std::string_view form = d.norm_of(t);
  return std::none_of(form.begin(), form.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0xc3;
  });
}

const Mention* ListText::lone_body(TokenSpan line) const {
  TokenIndex begin = line.begin, end = line.end;
  while (begin < end && mark(begin)) ++begin;
  begin = std::min(behind_article(begin), end);
  while (end > begin && mark(end - 1)) --end;
  if (begin >= end || !body[begin]) return nullptr;
  // "Labour (Party of European Socialists):"
  const TokenIndex behind = body[begin]->tokens.end;
  bool bracket = behind < end && word(behind) == "(" && word(end) == ")";
  for (TokenIndex t = behind; bracket && t < end; ++t) bracket = word(t) != ")";
  return behind == end || bracket ? body[begin] : nullptr;
}

/// The last words of a name announce nothing: "a decision of the State Council:".
bool ListText::within_name(TokenIndex t) const {
  const Mention* name = body_end[t + 1];
  return name && name->form == MentionForm::name && name->tokens.begin < t;
}

bool ListText::divides(TokenIndex t) const {
  const std::string w = word(t);
  return w == "," || w == ";" || text::is_dash(w) || w == "--" || w == ":" || w == "/" ||
         w == "|" || w == "(";
}

bool ListText::has_person(TokenSpan line) const {
  for (TokenIndex t = line.begin; t < line.end; ++t)
    if (person[t]) return true;
  return false;
}

/// The body of a group noun at `g`: what it heads itself, stands before it ("Labour MPs") or
/// behind it ("members of the House"). `limit`: where the list or its verb begins.
LocalEntity ListText::body_of_group(TokenIndex g, TokenIndex limit, TokenIndex begin) const {
  const std::string link = word(g + 1);
  if (link == "of" || link == "from" || link == "in" || link == "on" || link == "at") {
    // "The board of the Bank" is a body itself.
    if (const Mention* around = body_around(g, begin)) return around->entity;
    // "a member of the House health committee" is none of the House.
    if (const Mention* of = body_at(g + 2, limit))
      return of->tokens.end >= limit || !nominal(of->tokens.end) ? of->entity : kNoEntity;
  }
  if (const Mention* self = body_end[g + 1]; self && self->tokens.begin < g)
    return self->entity;  // "the Halden board"
  if (body[g] && body[g]->tokens.end <= limit) return body[g]->entity;
  // "the House health committee" is none of the House; "Labour's new members" are Labour's.
  const TokenIndex reach = word(g).ends_with('s') ? 4 : 1;
  for (TokenIndex t = g; t > begin && t + reach > g; --t) {
    if (const Mention* before = body_end[t]) return before->entity;
    const std::string w = word(t - 1);
    if (separates(t - 1) || w == "of" || w == "the" || finite(t - 1)) break;
  }
  return owned_by_pronoun(g, begin);
}

/// "the [board] of the Bank": the body that the noun at `g` heads, if the text takes it for one.
const Mention* ListText::body_around(TokenIndex g, TokenIndex begin) const {
  for (TokenIndex t = g + 1; t-- > begin && t + kListLookBack > g;)
    if (body[t] && body[t]->tokens.end > g) return body[t]->head == g ? body[t] : nullptr;
  return nullptr;
}

/// "The Dragons named their squad": the body before "its" or "their" in the sentence.
LocalEntity ListText::owned_by_pronoun(TokenIndex g, TokenIndex begin) const {
  constexpr uint32_t kModifiers = 3;
  TokenIndex t = g;
  while (t > begin && t + kModifiers > g && nominal(t - 1)) --t;
  if (t == begin || (word(t - 1) != "its" && word(t - 1) != "their")) return kNoEntity;
  for (TokenIndex k = t - 1; k > begin && k + kListLookBack > t; --k)
    if (body_end[k]) return body_end[k]->entity;
  return kNoEntity;
}

/// "members who voted against it": the verb says something of them, not of the list.
bool ListText::relative(TokenIndex verb, TokenIndex least) const {
  for (TokenIndex k = verb; k > least && k + 3 > verb; --k) {
    const std::string w = word(k - 1);
    if (w == "who" || w == "that" || w == "which") return true;
  }
  return false;
}

/// "the following members", "these seven members"
bool ListText::following(TokenIndex noun, TokenIndex begin) const {
  for (TokenIndex k = noun; k > begin && k + 4 > noun; --k) {
    const std::string w = word(k - 1);
    if (w == "following" || w == "these") return true;
  }
  return false;
}

ListText::Introduction ListText::introduction(TokenIndex t, TokenIndex begin) const {
  Introduction out;
  if (t == begin) return out;
  const TokenIndex least = t > begin + kListLookBack ? t - kListLookBack : begin;
  TokenIndex limit = t;
  // "Labour MP A", "the Labour trio A and B", "the trio of A", "the members:".
  TokenIndex g = t - 1;
  const std::string last = word(g);
  bool listed = last == ":";
  const bool dash = text::is_dash(last) || last == "--";
  if (last == "of" || last == "," || dash || listed) {
    limit = g;
    if (g > begin) --g;
  }
  const bool noun = groups.has(word(g));
  // "Torvik: A, B and C", "Torvik (A, B and C)".
  if ((listed || last == "(") && !noun && bare_run(t, d.sentence(d.sentence_of(t)).end).size() > 1)
    if (const Mention* body = body_end[t - 1]; body && bodies.has(body->entity)) {
      out.body = body->entity;
      return out;
    }
  // "the secretary of the Torvik Committee, A"
  if ((last == "," || dash) && (!noun || body_end[g + 1] || !word(g).ends_with('s'))) return out;
  // "Liberal Democrats A and B"
  if (const Mention* party = body_end[t];
      party && limit == t && !noun && word(g).ends_with('s') && bodies.has(party->entity)) {
    out.body = party->entity;
    return out;
  }
  if (noun || (limit == t && roles.has(word(g)))) {
    out.body = body_of_group(g, limit, begin);
    out.group = true;
    out.single = !noun;
    const std::string* value = noun ? groups.value(word(g)) : nullptr;
    out.open = value && *value == "open";
    if (out.body != kNoEntity || limit == t) return out;
  }
  // "the members of the House are A and B", "the jury consists of A", "MPs, including A".
  TokenIndex verb = t;
  for (TokenIndex k = t; k-- > least;) {
    if (listing.has(word(k)) || (listed && k + 1 == t)) {
      verb = k;
      break;
    }
    if (k + 4 < t || person[k]) break;
  }
  if (verb == t) return {};
  // "The council is suing A"
  if (is_form_of_be(word(verb)))
    for (TokenIndex k = verb + 1; k < t; ++k)
      if (d.upos[k] == doc::Upos::VERB) return {};
  bool other_verb = false;  // "the following members of the House voted against it:"
  for (TokenIndex k = verb; k-- > least;) {
    if (person[k]) break;
    if (finite(k) && !listing.has(word(k)) && !relative(k, least)) other_verb = true;
    if (other_verb && !listed) break;
    if (!groups.has(word(k)) || (other_verb && !following(k, begin))) continue;
    out.group = true;
    const std::string* value = groups.value(word(k));
    out.open = value && *value == "open";
    out.body = body_of_group(k, verb, begin);
    return out;
  }
  // "the Truth Commission includes A": the verb's own subject.
  if (is_form_of_be(word(verb)) || word(verb) == "like") return out;
  const Mention* subject = body_end[verb];
  // "The jury, led by B, also included A"
  if (!subject && finite(verb)) subject = body_at(begin, verb);
  if (subject && subject->tokens.end <= verb && bodies.has(subject->entity))
    out.body = subject->entity;
  return out;
}

LocalEntity ListText::joined_body(TokenSpan sentence, bool& members) const {
  constexpr uint32_t kLongest = 3;  // words of an entry
  for (TokenIndex t = sentence.begin; t < sentence.end; ++t) {
    std::string phrase;
    for (TokenIndex k = t; k < sentence.end && k < t + kLongest; ++k) {
      phrase += (phrase.empty() ? "" : " ") + word(k);
      const std::string* value = joining.value(phrase);
      const Mention* m = value ? body_at(k + 1, sentence.end) : nullptr;
      if (!m) continue;
      members = *value == "member";
      return m->entity;
    }
  }
  return kNoEntity;
}

ListText::Introduction ListText::heading(TokenSpan line, std::string_view wanted) const {
  Introduction out;
  for (TokenIndex t = line.begin; t < line.end; ++t) {
    const std::string w = word(t);
    const bool noun = groups.has(w) || (roles.has(w) && w.ends_with('s'));
    // "The following skiers are members of the club": the noun whose body is told.
    if (!noun || out.body != kNoEntity || within_name(t) || (!wanted.empty() && w != wanted))
      continue;
    const LocalEntity of = body_of_group(t, line.end, line.begin);
    if (out.group && of == kNoEntity) continue;
    const std::string* value = groups.value(w);
    out.group = true;
    out.noun = w;
    out.open = value && *value == "open";
    out.body = of;
  }
  return out;
}

}  // namespace weft::extract
