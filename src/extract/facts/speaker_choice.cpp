// Problem: "The minister thanked Ningbo for sending doctors to Daishan" says that Ningbo helped
// Daishan, but it is the minister who says so. Method: attribution by clauses (claims/) knows the
// verbs of saying and quotations; what it chose, the subjects of all clauses and the latest
// speakers are candidates, described by their verb, by how the fact's ends stand below it, by
// quotation marks and by the acts of speech that the sentence tells. Weights were learned from
// documents with their graphs (tools/train/qualifiers): a conditional logit over the candidates and
// the document itself. Cost: evidence x subjects of the sentence, bounded. Reference: Pareti 2016
// (PARC 3.0) for the cues of attribution.
#include "extract/facts/speaker_choice.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "extract/frames/within.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;
using doc::kNoToken;
using doc::LocalEntity;
using doc::TokenIndex;

constexpr uint32_t kBefore = 2;  // sentences in which a speaker is remembered

class SpeakerChooser {
 public:
  SpeakerChooser(doc::Document& document, const schema::Ontology& ontology,
                 const std::set<schema::RelationId>& sayings, const ChoiceWeights& weights,
                 ChoiceNotes* notes)
      : d_(document),
        ontology_(ontology),
        sayings_(sayings),
        choices_(weights, notes != nullptr),
        notes_(notes),
        open_quote_(document.sentence_count(), false) {
    find_quotes();
    for (const doc::Fact& f : d_.facts)
      for (const doc::Evidence& e : f.evidence) {
        if (e.speaker != kNoEntity) spoke_.try_emplace(e.sentence, e.speaker);
        if (sayings_.count(f.relation)) acts_[e.sentence].push_back(&f);
      }
    for (const auto& [sentence, acts] : acts_) spoke_.try_emplace(sentence, acts[0]->subject);
  }

  void choose(const doc::Fact& fact, doc::Evidence& evidence) {
    choices_.clear();
    fact_ = &fact;
    evidence_ = &evidence;
    relation_ = ontology_[fact.relation].name;
    sentence_ = d_.sentence(evidence.sentence);
    std::tie(subject_, object_) = ends_in(d_, sentence_, fact);
    add_subjects();
    add_earlier();
    if (evidence.speaker != kNoEntity) add_rules();
    if (choices_.all().empty()) return;
    describe_all();
    if (notes_) {
      notes_->note(d_, fact, choices_.noted());
      return;
    }
    const Choice* best = choices_.likeliest();
    evidence.speaker = best ? entity_of(*best) : kNoEntity;
  }

 private:
  static LocalEntity entity_of(const Choice& c) {
    return static_cast<LocalEntity>(std::stoul(c.value));
  }
  Choice* at(LocalEntity e) { return choices_.at(std::to_string(e)); }
  void say(Choice& c, std::string_view a, std::string_view b = {}, std::string_view e = {}) {
    choices_.say(c, a, b, e);
  }
  void say_both(Choice& c, std::string_view a, std::string_view b = {}) {
    choices_.say_both(c, relation_, a, b);
  }

  bool is_quote(TokenIndex t) const { return d_.norm_of(t) == "\""; }

  /// Which sentences begin within a quotation of their block.
  void find_quotes() {
    bool open = false;
    for (uint32_t s = 0; s < d_.sentence_count(); ++s) {
      if (s == 0 || d_.sentence_block.empty() || d_.sentence_block[s] != d_.sentence_block[s - 1])
        open = false;
      open_quote_[s] = open;
      for (TokenIndex t = d_.sentence(s).begin; t < d_.sentence(s).end; ++t)
        if (is_quote(t)) open = !open;
    }
  }

  bool in_quotes(const FactEnd& end) const {
    bool open = open_quote_[evidence_->sentence];
    for (TokenIndex t = sentence_.begin; t < (end.there() ? end.head : sentence_.begin); ++t)
      if (is_quote(t)) open = !open;
    return open;
  }

  /// True for what can do an act of speech: a report, but no factory.
  bool speaks(LocalEntity e) const {
    const schema::TypeId type = d_.entities[e].type;
    return std::any_of(sayings_.begin(), sayings_.end(), [&](schema::RelationId r) {
      return ontology_.allows(r, type, ontology_.core().organization);
    });
  }

  void add_subjects() {
    for (const doc::Mention& m : mentions_in(d_, sentence_)) {
      if (m.entity == kNoEntity || m.head == kNoToken || !speaks(m.entity)) continue;
      const Deprel r = d_.deprel[m.head];
      if (r != Deprel::nsubj && r != Deprel::nsubj_pass && r != Deprel::obl_agent) continue;
      const TokenIndex verb = d_.head[m.head];
      if (verb == kNoToken || !sentence_.contains(verb)) continue;
      if (Choice* c = at(m.entity)) describe_subject(m, verb, *c);
    }
  }

  void describe_subject(const doc::Mention& mention, TokenIndex verb, Choice& c) {
    const std::string_view lemma = d_.lemma_of(verb);
    say_both(c, "subject");
    say_both(c, "subject as", doc::name(d_.deprel[mention.head]));
    say(c, "verb", lemma);
    say(c, "verb", lemma, relation_);
    const auto describe_end = [&](const FactEnd& end, std::string_view who) {
      if (!end.there()) {
        say_both(c, who, "absent");
        return;
      }
      const std::vector<TokenIndex> way = way_up(d_, sentence_, end.head);
      const auto above = std::find(way.begin(), way.end(), verb);
      if (above == way.end()) {
        say_both(c, who, "apart from verb");
        say(c, who, "apart from verb", lemma);
        return;
      }
      const auto steps = static_cast<unsigned>(above - way.begin());
      say_both(c, who, labels(d_, way, steps));
      // By what it hangs on the verb: "said that", "thanked for".
      const std::string_view link = steps ? doc::name(d_.deprel[way[steps - 1]]) : "itself";
      std::string name = std::string(who) + " below by";
      say_both(c, name, link);
      say(c, name, link, lemma);
      unsigned verbs = 0;
      for (unsigned i = 0; i < steps; ++i) verbs += d_.upos[way[i]] == doc::Upos::VERB;
      name = std::string(who) + " verbs between";
      say_both(c, name, size_class(2 * verbs));
    };
    describe_end(subject_, "fact's subject");
    describe_end(object_, "fact's object");
    if (d_.head[verb] == kNoToken || !sentence_.contains(d_.head[verb])) say_both(c, "of root");
  }

  /// Those who spoke in the sentences before, and whose acts of speech the sentence tells.
  void add_earlier() {
    const uint32_t s = evidence_->sentence;
    for (uint32_t back = 1; back <= kBefore && back <= s; ++back) {
      const auto found = spoke_.find(s - back);
      if (found == spoke_.end()) continue;
      const bool one_block =
          d_.sentence_block.empty() || d_.sentence_block[s] == d_.sentence_block[s - back];
      if (Choice* c = at(found->second)) {
        say_both(*c, "spoke before");
        say(*c, "spoke before", size_class(2 * back - 2), one_block ? "here" : "block before");
        say(*c, "spoke before", open_quote_[s] ? "quoted" : "plain");
        say(*c, "spoke before", first_person() ? "first person" : "other person");
      }
    }
    const auto acts = acts_.find(s);
    if (acts == acts_.end()) return;
    for (const doc::Fact* act : acts->second) {
      if (act == fact_) continue;
      Choice* c = at(act->subject);
      if (!c) continue;
      const std::string_view name = ontology_[act->relation].name;
      say_both(*c, "acts by", name);
      const bool addressed = act->object != kNoEntity && act->object == fact_->subject;
      const bool about = act->object != kNoEntity && act->object == fact_->object;
      say_both(*c, addressed ? "acts to subject" : about ? "acts to object" : "acts to others");
      say(*c,
          addressed ? "acts to subject by"
          : about   ? "acts to object by"
                    : "acts to others by",
          name);
    }
  }

  bool first_person() const {
    for (TokenIndex t = sentence_.begin; t < sentence_.end; ++t) {
      const std::string_view lemma = d_.lemma_of(t);
      if (d_.upos[t] == doc::Upos::PRON &&
          (lemma == "we" || lemma == "I" || lemma == "i" || lemma == "our" || lemma == "my"))
        return true;
    }
    return false;
  }

  void add_rules() {
    if (Choice* c = at(evidence_->speaker)) {
      say_both(*c, "rule's");
      say(*c, "rule's", rule_family(*evidence_));
      say(*c, "rule's", doc::name(evidence_->modality));
    }
  }

  void describe_all() {
    const bool quoted = in_quotes(object_.there() ? object_ : subject_);
    for (Choice& c : choices_.all()) {
      const LocalEntity e = entity_of(c);
      say_both(c, "any");
      say(c, "any", rule_family(*evidence_));
      say(c, "any by", evidence_->rule);
      say_both(c, "any", doc::name(evidence_->modality));
      say_both(c, "type", ontology_[d_.entities[e].type].name);
      say_both(c, quoted ? "quoted" : "unquoted");
      say(c, "all", size_class(2 * static_cast<uint32_t>(choices_.all().size())));
      if (e == fact_->subject) say_both(c, "is subject");
      if (e == fact_->object) say_both(c, "is object");
      if (e != evidence_->speaker) {
        say_both(c, evidence_->speaker == kNoEntity ? "rule silent" : "rule differs");
        if (quoted)
          say(c, evidence_->speaker == kNoEntity ? "rule silent" : "rule differs", "quoted");
      }
      if (evidence_->sentence == 0) say_both(c, "title");
    }
  }

  doc::Document& d_;
  const schema::Ontology& ontology_;
  const std::set<schema::RelationId>& sayings_;
  Choices choices_;
  ChoiceNotes* notes_;
  std::vector<bool> open_quote_;                            // at the beginning of each sentence
  std::map<uint32_t, LocalEntity> spoke_;                   // in each sentence
  std::map<uint32_t, std::vector<const doc::Fact*>> acts_;  // of speech, of each sentence
  const doc::Fact* fact_ = nullptr;
  const doc::Evidence* evidence_ = nullptr;
  std::string_view relation_;
  core::TokenSpan sentence_;
  FactEnd subject_, object_;
};

}  // namespace

void choose_speakers(doc::Document& document, const schema::Ontology& ontology,
                     const std::set<schema::RelationId>& sayings, const ChoiceWeights& weights,
                     ChoiceNotes* notes) {
  SpeakerChooser chooser(document, ontology, sayings, weights, notes);
  for (doc::Fact& f : document.facts)
    for (doc::Evidence& e : f.evidence)
      if (document.sentence(e.sentence).size() <= kMaxSentenceTokens) chooser.choose(f, e);
}

}  // namespace weft::extract
