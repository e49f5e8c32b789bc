// Capitals that stand for their country's government: "Beijing protests", "urged Washington to …",
// "talks with Moscow".
//
// Problem: such a name is no city, and what it does is done by the country. Method: a capital that
// does what governments do (lists mention_government_acts and _partners), or that somebody deals
// with as with a government, is the country, if the document names that country elsewhere; all
// other mentions stay the city. Cost: linear in the drafts.
#include <map>

#include "extract/frames/within.h"
#include "extract/mentions/sketch.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using schema::GazetteerId;

struct CapitalReader {
  explicit CapitalReader(Sketch& sketch) : s(sketch), d(sketch.document) {}

  void run() {
    if (!s.tagged() || d.deprel.size() != s.size() || d.lemma.size() != s.size()) return;
    std::map<uint32_t, uint32_t> countries;  // gazetteer entry -> first draft of the country
    for (uint32_t i = 0; i < s.drafts.size(); ++i)
      if (const GazetteerId e = s.drafts[i].entry; e.valid() && entry(e).kind == "country")
        countries.try_emplace(e.value, i);
    for (Draft& draft : s.drafts) {
      const GazetteerId country = capital_of(draft);
      if (!country.valid()) continue;
      const auto named = countries.find(country.value);
      if (named != countries.end() && governs(draft)) stand_for(draft, s.drafts[named->second]);
    }
  }

 private:
  const schema::GazetteerEntry& entry(GazetteerId id) const { return s.lists.schema.gazetteer[id]; }

  /// The country whose capital the draft names; an invalid id if it names none.
  GazetteerId capital_of(const Draft& draft) const {
    if (draft.type != s.lists.schema.ontology.core().place || draft.key.empty() || draft.inner)
      return {};
    for (const schema::GazetteerMatch& m :
         begin_in(std::span(std::as_const(s.places)), draft.tokens))
      if (m.tokens == draft.tokens && entry(m.entry).capital)
        return s.lists.schema.gazetteer.country_of(m.entry);
    return {};
  }

  bool governs(const Draft& draft) const {
    const uint32_t t = s.head_of(draft.tokens), up = d.head[t];
    if (up == doc::kNoToken || !s.usable[t]) return false;
    const std::string verb = text::fold(d.lemma_of(up));
    const Deprel r = d.deprel[t];
    if (r == Deprel::nsubj) return s.lists.government_acts.has(verb);
    if (r == Deprel::obj || r == Deprel::iobj) return s.lists.government_partners.has(verb);
    if (r != Deprel::nmod && r != Deprel::obl_agent) return false;
    const uint32_t before = draft.tokens.begin;
    return before > s.sentence_start(t) && s.lists.government_partners.has(s.lower[before - 1]);
  }

  void stand_for(Draft& draft, const Draft& country) {
    draft.aliases.push_back(draft.label);
    draft.label = country.label;
    draft.key = country.key;
    draft.entry = country.entry;
    draft.kind = country.kind;
    draft.rule = doc::JoinRule::capital;
  }

  Sketch& s;
  const doc::Document& d;
};

}  // namespace

void find_capitals(Sketch& sketch) { CapitalReader(sketch).run(); }

}  // namespace weft::extract
