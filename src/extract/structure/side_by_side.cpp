// Facts from the way names stand together: "Secretary of the Jiangxi Provincial Party Committee"
// (position_in), "Premier Li Qiang", "Li Qiang, premier of China" and "Its chairman, Jan Peeters"
// (holds_position), "Jiujiang in Jiangxi" and "Kikinda, Serbia" (located_in), "Standing Committee
// of the Congress" (part_of).
//
// Method: for each mention, the mentions nested in it and those beside it, with the few words
// between them. Linear in mentions, each of which looks at a bounded number of neighbours.
#include "extract/structure/side_by_side.h"

#include "extract/structure/beside.h"

namespace weft::extract {

using doc::Document;
using doc::Mention;
using doc::MentionForm;

const Mention* SideBySide::starting(uint32_t t, schema::TypeId type) const {
  auto it = std::lower_bound(by_begin.begin(), by_begin.end(), t, [this](uint32_t m, uint32_t b) {
    return document.mentions[m].tokens.begin < b;
  });
  for (; it != by_begin.end() && document.mentions[*it].tokens.begin == t; ++it) {
    if (is(document.mentions[*it], type)) return &document.mentions[*it];
  }
  return nullptr;
}

const Mention* SideBySide::ending(uint32_t t, schema::TypeId type) const {
  auto it = std::lower_bound(by_end.begin(), by_end.end(), t, [this](uint32_t m, uint32_t e) {
    return document.mentions[m].tokens.end < e;
  });
  for (; it != by_end.end() && document.mentions[*it].tokens.end == t; ++it) {
    if (is(document.mentions[*it], type)) return &document.mentions[*it];
  }
  return nullptr;
}

void SideBySide::add(doc::LocalEntity subject, const char* relation, doc::LocalEntity object,
                     uint32_t token, float confidence, const char* rule) {
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
  evidence.rule = rule != nullptr ? std::string(rule) : std::string("structure.") + relation;
  evidence.confidence = confidence;
  doc::Fact fact;
  fact.subject = subject;
  fact.relation = id;
  fact.object = object;
  fact.evidence.push_back(std::move(evidence));
  document.facts.push_back(std::move(fact));
}

const Mention* SideBySide::starting_any(uint32_t t) const {
  auto it = std::lower_bound(by_begin.begin(), by_begin.end(), t, [this](uint32_t m, uint32_t b) {
    return document.mentions[m].tokens.begin < b;
  });
  return it != by_begin.end() && document.mentions[*it].tokens.begin == t &&
                 document.mentions[*it].form != MentionForm::pronoun
             ? &document.mentions[*it]
             : nullptr;
}

/// The entity of the document that an adjective ("Kenyan") belongs to.
doc::LocalEntity SideBySide::of_demonym(uint32_t token) const {
  const auto* key = schema.lexicons.list("demonyms").value(word(token));
  if (!key) return doc::kNoEntity;
  const auto it = by_link.find(*key);
  return it == by_link.end() ? doc::kNoEntity : it->second;
}

void SideBySide::run() {
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
      described_seat(m);
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

void structural_facts(const schema::Schema& schema, doc::Document& document,
                      const MemberBodies& bodies) {
  SideBySide(schema, document, bodies).run();
}

}  // namespace weft::extract
