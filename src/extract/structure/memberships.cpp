// Problem: whether "Ann Ray of X" is a member or an employee of X depends on what X is, and names
// of parties and clubs rarely say so. Method: the last words of a body's names decide where they
// are on a list; else what people are called beside the name anywhere in the document ("X striker",
// "senator of X"), since a name has one sense in a document (Yarowsky 1995). Cost: linear in names
// and mentions.
#include "extract/structure/memberships.h"

#include <algorithm>
#include <set>

#include "extract/facts/collector.h"
#include "extract/structure/list_text.h"
#include "text/fold.h"
#include "text/words.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::LocalEntity;
using doc::Mention;

// Rules of works_for that read a verb or noun of work, rather than names side by side.
constexpr std::string_view kSaidRules[] = {"works_for.verb", "works_for.noun", "works_for.passive"};
// Rules of member_of that read what one may do with any body: join it, lead it.
constexpr std::string_view kLooseRules[] = {"member_of.verb", "member_of.lead"};
constexpr float kToldMember = 0.5F;  // of a fact that shows a body to have members
constexpr size_t kLeastContestWords = 6, kContestEvery = 50;  // of a text about sport
constexpr size_t kCrowd = 3;                                  // people beside one body
constexpr size_t kMostlyMembers = 5;  // pairs of a person and a body with members
constexpr size_t kMostTail = 3;       // words of an ending

/// The value of the longest ending of `words[0, end)` on the list; null if there is none.
const std::string* ending(const schema::WordList& list, const std::vector<std::string_view>& words,
                          size_t end) {
  for (size_t n = std::min(kMostTail, end); n > 0; --n) {
    const char* const from = words[end - n].data();
    const std::string_view tail(
        from, static_cast<size_t>(words[end - 1].data() + words[end - 1].size() - from));
    if (const std::string* value = list.value(tail)) return value;
  }
  return nullptr;
}

/// The last word of the body's label, in small letters; "of" ends a head: "Union of the Left".
std::string head_word(const doc::Entity& body) {
  const std::string folded = text::fold(body.label);
  const std::vector<std::string_view> words = text::words(folded);
  size_t end = 0;
  while (end < words.size() && words[end] != "of" && words[end] != "for" && words[end] != "in")
    ++end;
  return end == 0 ? std::string() : std::string(words[end - 1]);
}

/// True if every few dozen words are of sport, and different ones.
bool about_sport(const schema::WordList& contests, const doc::Document& document) {
  size_t count = 0;
  std::set<core::StringId> distinct;
  for (doc::TokenIndex t = 0; t < document.token_count(); ++t)
    if (contests.has(text::fold(document.norm_of(t)))) {
      ++count;
      distinct.insert(document.norm[t]);
    }
  return distinct.size() >= kLeastContestWords && count * kContestEvery >= document.token_count();
}

}  // namespace

MemberBodies::Sort MemberBodies::by_name(const schema::Schema& schema,
                                         const doc::Entity& body) const {
  const auto& bodies = schema.lexicons.list("member_bodies");
  const auto& starts = schema.lexicons.list("member_body_starts");
  const auto& names = schema.lexicons.list("member_body_names");
  const auto& heads = schema.lexicons.list("organization_heads");
  const auto& employers = schema.lexicons.list("member_employers");
  const auto& party_words = schema.lexicons.list("party_words");
  constexpr size_t kMostNames = 8;
  const auto judge = [&](std::string_view name) {
    std::string folded = text::fold(name);
    if (folded.starts_with("the ")) folded.erase(0, 4);
    const std::vector<std::string_view> words = text::words(folded);
    if (words.empty()) return Sort::unknown;
    // The head of "Union of Teachers" stands before "of".
    size_t head = 1;
    while (head < words.size() && words[head] != "of" && words[head] != "for" &&
           words[head] != "in")
      ++head;
    for (const size_t end : {head, words.size()}) {
      if (const std::string* value = ending(bodies, words, end))
        return value->empty() ? Sort::members : Sort::represented;
      if (const std::string* value = ending(heads, words, end); value && employers.has(*value))
        return Sort::employer;
    }
    if (words.size() > 1 && starts.has(words.front())) return Sort::members;
    if (names.has(folded)) return Sort::members;
    for (const std::string_view w : words)
      if (party_words.has(w)) return Sort::members;
    return Sort::unknown;
  };
  Sort sort = judge(body.label);
  for (size_t i = 0; i < body.aliases.size() && i < kMostNames && sort == Sort::unknown; ++i)
    sort = judge(body.aliases[i].form);
  return sort;
}

MemberBodies::MemberBodies(const schema::Schema& schema, const doc::Document& document)
    : document_(document),
      uniting_(schema.lexicons.list("member_uniting")),
      owned_(schema.lexicons.list("mention_owned_bodies")),
      sorts_(document.entities.size(), Sort::unknown) {
  const auto organization = schema.ontology.core().organization;
  const auto& roles = schema.lexicons.list("member_roles");
  for (doc::LocalEntity e = 0; e < document.entities.size(); ++e)
    if (document.entities[e].type == organization)
      sorts_[e] = by_name(schema, document.entities[e]);
  const auto role = [&](doc::TokenIndex t) {
    return t < document.token_count() && roles.has(text::fold(document.norm_of(t)));
  };
  for (const Mention& m : document.mentions) {
    if (m.entity == kNoEntity || m.tokens.empty() || sorts_[m.entity] != Sort::unknown ||
        document.entities[m.entity].type != organization)
      continue;
    // "Torvik striker", "Torvik's captain".
    doc::TokenIndex t = m.tokens.end;
    if (t < document.token_count() && document.norm_of(t) == "'s") ++t;
    if (role(t)) mark(m.entity);
    // "striker of Torvik", "senator for the Centre".
    if (m.tokens.begin < 2) continue;
    t = m.tokens.begin - 1;
    if (t > 1 && text::fold(document.norm_of(t)) == "the") --t;
    const std::string link = text::fold(document.norm_of(t));
    if ((link == "of" || link == "for" || link == "from") && role(t - 1)) mark(m.entity);
  }
  mark_crowded(schema.ontology.core(), document);
  if (!about_sport(schema.lexicons.list("member_contests"), document)) return;
  for (doc::LocalEntity e = 0; e < document.entities.size(); ++e)
    if (document.entities[e].type == organization) mark(e);
}

bool MemberBodies::unites(LocalEntity body) const {
  return uniting_.has(head_word(document_.entities[body]));
}

bool MemberBodies::owned(LocalEntity body) const {
  return owned_.has(head_word(document_.entities[body]));
}

// A text names one or two people of a firm; whose people it lists has members.
void MemberBodies::mark_crowded(const schema::CoreTypes& core, const doc::Document& document) {
  const uint32_t n = document.token_count();
  std::vector<LocalEntity> begins(n + 1, kNoEntity), ends(n + 1, kNoEntity);
  for (const Mention& m : document.mentions)
    if (m.entity != kNoEntity && document.entities[m.entity].type == core.organization &&
        !m.tokens.empty()) {
      if (begins[m.tokens.begin] == kNoEntity) begins[m.tokens.begin] = m.entity;
      ends[m.tokens.end] = m.entity;
    }
  std::set<std::pair<LocalEntity, LocalEntity>> pairs;
  for (const Mention& m : document.mentions) {
    if (m.entity == kNoEntity || m.tokens.empty() || m.form != doc::MentionForm::name ||
        document.entities[m.entity].type != core.person)
      continue;
    doc::TokenIndex t = m.tokens.end;
    if (t + 1 < n) {
      const std::string link = text::fold(document.norm_of(t));
      if (document.norm_of(t + 1) == "the" && t + 2 < n) ++t;
      if ((link == "of" || link == "from" || link == "(") && begins[t + 1] != kNoEntity)
        pairs.emplace(begins[t + 1], m.entity);
    }
    t = m.tokens.begin;
    if (t > 1 && document.norm_of(t - 1) == "'s" && ends[t - 1] != kNoEntity)
      pairs.emplace(ends[t - 1], m.entity);
  }
  for (auto it = pairs.begin(); it != pairs.end();) {
    const LocalEntity body = it->first;
    size_t people = 0;
    for (; it != pairs.end() && it->first == body; ++it) ++people;
    if (people >= kCrowd) mark(body);
  }
  // Where most people stand beside bodies with members, the others do too.
  size_t members = 0;
  for (const auto& [body, person] : pairs) members += has(body);
  if (members < kMostlyMembers || members * 3 < pairs.size() * 2) return;
  for (const auto& [body, person] : pairs) mark(body);
}

void settle_memberships(const schema::Ontology& ontology, doc::Document& document,
                        MemberBodies& bodies) {
  const schema::RelationId part = ontology.relation("part_of");
  const schema::RelationId member = ontology.relation("member_of");
  const schema::RelationId works = ontology.relation("works_for");
  const auto of_person = [&](const doc::Fact& f, schema::RelationId relation) {
    return f.relation == relation && f.object != kNoEntity &&
           document.entities[f.subject].type == ontology.core().person;
  };
  // "Joined the World Bank", "led the Ministry of Trade": whom a body's name says to be employed.
  const auto loose = [](const doc::Evidence& e) {
    return std::any_of(std::begin(kLooseRules), std::end(kLooseRules),
                       [&](std::string_view rule) { return e.rule.starts_with(rule); });
  };
  for (const doc::Fact& f : document.facts)
    if (of_person(f, member) &&
        !(bodies.employs(f.object) && std::all_of(f.evidence.begin(), f.evidence.end(), loose)) &&
        std::any_of(f.evidence.begin(), f.evidence.end(), [](const doc::Evidence& e) {
          return e.confidence >= kToldMember && e.modality != doc::Modality::possible;
        }))
      bodies.mark(f.object);
  // What a verb or noun says of someone's work stays said.
  const auto bare = [](const doc::Evidence& e) {
    return std::none_of(std::begin(kSaidRules), std::end(kSaidRules),
                        [&](std::string_view rule) { return e.rule.starts_with(rule); });
  };
  // "The bloc comprises the Farmers' Party": a body of its own is a member; the bloc's council is a
  // part.
  const auto joined = [&](const doc::Fact& f) {
    const schema::TypeId organization = ontology.core().organization;
    return f.relation == part && f.object != kNoEntity &&
           document.entities[f.subject].type == organization &&
           document.entities[f.object].type == organization && bodies.unites(f.object) &&
           !bodies.owned(f.subject) &&
           std::all_of(f.evidence.begin(), f.evidence.end(), [](const doc::Evidence& e) {
             return e.rule.starts_with("part_of.") || e.rule == "model.part_of";
           });
  };
  std::vector<doc::Fact> moved, employed;
  std::erase_if(document.facts, [&](doc::Fact& f) {
    if (joined(f)) {
      moved.push_back(std::move(f));
      return true;
    }
    if (of_person(f, member) && bodies.employs(f.object) &&
        std::all_of(f.evidence.begin(), f.evidence.end(), loose)) {
      employed.push_back(std::move(f));
      return true;
    }
    if (!of_person(f, works) || !bodies.has(f.object) ||
        !std::all_of(f.evidence.begin(), f.evidence.end(), bare))
      return false;
    moved.push_back(std::move(f));
    return true;
  });
  FactCollector facts(document, ontology);
  for (doc::Fact& f : moved)
    for (doc::Evidence& e : f.evidence) {
      e.rule = "sense.member_of";
      facts.add(f.subject, member, f.object, std::move(e));
    }
  for (doc::Fact& f : employed)
    for (doc::Evidence& e : f.evidence) {
      e.rule = "sense.works_for";
      facts.add(f.subject, works, f.object, std::move(e));
    }
}

void find_list_memberships(const schema::Schema& schema, doc::Document& document,
                           MemberBodies& bodies) {
  ListText text(schema, document, bodies);
  read_list_sentences(text);
  read_list_lines(text);
}

}  // namespace weft::extract
