// Problem: lists and headlines say much without a verb: "Ann Ray (Green Party)", "the Oslo-based
// shipowner Havgap", "Chile's Lago Foods", and parsers do badly on them. Method: mentions of a
// sentence in order; what stands between one and the next decides. Cost: linear in the sentence.
// Reference: Hearst 1992 for patterns of neighbouring words.
#include "extract/structure/neighbours.h"

#include <algorithm>
#include <string>
#include <vector>

#include "extract/frames/within.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::TokenIndex;

constexpr uint32_t kMaxGap = 7;  // words of description between a place and its organization

class Neighbours {
 public:
  Neighbours(const doc::Document& document, core::TokenSpan sentence, uint32_t number,
             const schema::Ontology& ontology, const MemberBodies& bodies, const PlaceNames& places,
             FactCollector& out)
      : document_(document),
        sentence_(sentence),
        number_(number),
        ontology_(ontology),
        bodies_(bodies),
        places_(places),
        out_(out) {
    for (const doc::Mention& m : mentions_in(document, sentence))
      if (m.entity != kNoEntity && !m.tokens.empty() && sentence.contains(m.tokens) &&
          m.form != doc::MentionForm::pronoun)
        mentions_.push_back(&m);
  }

  void run() {
    const schema::CoreTypes& core = ontology_.core();
    for (const doc::Mention* m : mentions_) {
      const schema::TypeId type = document_.entities[m->entity].type;
      if (type == core.person) {
        bracket(*m);
        of_party(*m);
      }
      if (type == core.organization) owner_of_person(*m);
      if (type == core.facility || type == core.place || type == core.organization) lies_in(*m);
      if (type == core.facility) called_after(*m);
      if (type == core.place) place(*m);
    }
  }

 private:
  std::string_view form(TokenIndex t) const {
    return t < sentence_.end ? document_.norm_of(t) : std::string_view();
  }

  // The longest mention of one of the types that begins at the token.
  const doc::Mention* begins_at(TokenIndex t, std::initializer_list<schema::TypeId> types) const {
    const doc::Mention* best = nullptr;
    for (const doc::Mention* m : mentions_) {
      const schema::TypeId type = document_.entities[m->entity].type;
      if (m->tokens.begin == t && std::find(types.begin(), types.end(), type) != types.end() &&
          (!best || m->tokens.size() > best->tokens.size()))
        best = m;
    }
    return best;
  }

  void add(doc::LocalEntity subject, const char* relation, doc::LocalEntity object,
           const char* rule, float confidence) {
    const schema::RelationId r = ontology_.relation(relation);
    if (!ontology_.allows(r, document_.entities[subject].type, document_.entities[object].type))
      return;
    doc::Evidence e;
    e.span = document_.byte_span(sentence_);
    e.sentence = number_;
    e.rule = rule;
    e.confidence = confidence;
    out_.add(subject, r, object, std::move(e));
  }

  // "Ann Ray (Green Party, Ohio)": the bracket behind a person.
  void bracket(const doc::Mention& person) {
    TokenIndex t = person.tokens.end;
    if (form(t) != "(" && form(t) != "[") return;
    ++t;
    if (form(t) == "the" || form(t) == "The") ++t;
    const doc::Mention* m = begins_at(t, {ontology_.core().organization});
    if (!m) return;
    const std::string_view next = form(m->tokens.end);
    if (next != ")" && next != "]" && next != "," && next != ";" && next != "/") return;
    if (bodies_.has(m->entity))
      add(person.entity, "member_of", m->entity, "neighbour.member_of.bracket", 0.75f);
    else
      add(person.entity, "works_for", m->entity, "neighbour.works_for.bracket", 0.6f);
  }

  // "Ann Ray of the opposition Green Party".
  void of_party(const doc::Mention& person) {
    TokenIndex t = person.tokens.end;
    if (form(t) != "of" && form(t) != "from") return;
    for (TokenIndex n = t + 1; n < sentence_.end && n <= t + kMaxGap; ++n) {
      if (const doc::Mention* m = begins_at(n, {ontology_.core().organization})) {
        if (bodies_.has(m->entity))
          add(person.entity, "member_of", m->entity, "neighbour.member_of.of", 0.75f);
        return;
      }
      const doc::Upos u = document_.upos[n];
      if (u != doc::Upos::NOUN && u != doc::Upos::ADJ && u != doc::Upos::DET) return;
    }
  }

  // "The ministry's Ann Ray".
  void owner_of_person(const doc::Mention& body) {
    TokenIndex t = body.tokens.end;
    if (form(t) != "'s" && form(t) != "\u2019s") return;
    if (const doc::Mention* m = begins_at(t + 1, {ontology_.core().person}))
      add(m->entity, bodies_.has(body.entity) ? "member_of" : "works_for", body.entity,
          bodies_.has(body.entity) ? "neighbour.member_of.possessive"
                                   : "neighbour.works_for.possessive",
          0.7f);
  }

  // "The Harbour Bridge in Sydney", name beside name.
  void lies_in(const doc::Mention& site) {
    TokenIndex t = site.tokens.end;
    if (form(t) == "(" && form(t + 2) == ")") t += 3;  // its short form
    const bool comma = form(t) == ",";
    if (comma) ++t;
    if (form(t) != "in") return;
    ++t;
    if (form(t) == "the") ++t;
    const doc::Mention* m = begins_at(t, {ontology_.core().place});
    if (comma && (!m || form(m->tokens.end) != ",")) return;
    if (m && m->entity != site.entity)
      add(site.entity, "located_in", m->entity, "neighbour.located_in.in", 0.65f);
  }

  // "Kalibo International Airport" where Kalibo is a place of the document.
  void called_after(const doc::Mention& site) {
    if (site.form != doc::MentionForm::name || site.tokens.size() < 2) return;
    for (TokenIndex end = site.tokens.end - 1; end > site.tokens.begin; --end) {
      const auto it = places_.find(document_.text_of({site.tokens.begin, end}));
      if (it == places_.end() || it->second == site.entity) continue;
      if (form(end) == "-" || form(end) == "\u2013") return;  // a line between two places
      add(site.entity, "located_in", it->second, "neighbour.located_in.called", 0.6f);
      return;
    }
  }

  void place(const doc::Mention& place) {
    TokenIndex t = place.tokens.end;
    const bool possessive = form(t) == "'s" || form(t) == "\u2019s";
    bool based = false;
    if (!possessive) {
      if (form(t) == "-" || form(t) == "\u2010" || form(t) == "\u2011") ++t;
      based = form(t) == "based" || form(t) == "-based" || form(t) == "headquartered";
    }
    if (!possessive && !based) return;
    const schema::CoreTypes& core = ontology_.core();
    const uint32_t gap = possessive ? 3 : kMaxGap;
    for (TokenIndex n = t + 1; n < sentence_.end && n <= t + gap; ++n) {
      const doc::Mention* m = possessive ? begins_at(n, {core.organization})
                                         : begins_at(n, {core.organization, core.facility});
      if (m) {
        if (m->entity != place.entity &&
            !(possessive && names_what_follows(document_, *m, core.position)))
          add(m->entity, "located_in", place.entity,
              based ? "neighbour.located_in.based" : "neighbour.located_in.possessive",
              based ? 0.85f : 0.65f);
        return;
      }
      const doc::Upos u = document_.upos[n];
      if (u != doc::Upos::NOUN && u != doc::Upos::ADJ && u != doc::Upos::PROPN) return;
    }
  }

  const doc::Document& document_;
  core::TokenSpan sentence_;
  uint32_t number_;
  const schema::Ontology& ontology_;
  const MemberBodies& bodies_;
  const PlaceNames& places_;
  FactCollector& out_;
  std::vector<const doc::Mention*> mentions_;
};

}  // namespace

PlaceNames place_names(const doc::Document& document, const schema::Ontology& ontology) {
  PlaceNames out;
  for (const doc::Mention& m : document.mentions)
    if (m.entity != kNoEntity && !m.tokens.empty() && m.form == doc::MentionForm::name &&
        document.entities[m.entity].type == ontology.core().place)
      out.emplace(document.text_of(m.tokens), m.entity);
  return out;
}

void find_neighbours(const doc::Document& document, core::TokenSpan sentence, uint32_t number,
                     const schema::Ontology& ontology, const MemberBodies& bodies,
                     const PlaceNames& places, FactCollector& out) {
  Neighbours(document, sentence, number, ontology, bodies, places, out).run();
}

}  // namespace weft::extract
