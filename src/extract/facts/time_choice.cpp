// Problem: "On Tuesday X told a panel that the mine, opened in 2014, would close next year": three
// times, and each fact has one of them or none. Method: the candidates are the times of the
// sentence, the day of the subject's last act, of the acts just told, of the lead and of the event
// at hand, and what the rules before chose. Features (where each stands to the fact's ends in the
// tree and in the words, what it is, what is told) have weights that were learned from documents
// with their graphs (tools/train/qualifiers): a conditional logit over the candidates and no time.
// Cost: evidence x candidates, both bounded by the sentence. Reference: Chambers et al. 2014
// (CAEVO) for the sorts of anchors, Lappin and Leass 1994 for their salience.
#include "extract/facts/time_choice.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "extract/frames/within.h"
#include "extract/structure/office_changes.h"
#include "extract/times/arithmetic.h"
#include "text/ascii.h"
#include "text/words.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::kNoToken;
using doc::LocalEntity;
using doc::TokenIndex;

constexpr uint32_t kNear = 3;    // words before a time
constexpr uint32_t kLead = 4;    // sentences between a headline and the first that has a date
constexpr uint32_t kReach = 12;  // words before a verb in which its auxiliaries stand

std::string_view grain_of(std::string_view time) {
  if (time.find('/') != std::string_view::npos) return tells_days(time) ? "days" : "stretch";
  return time.size() <= 4 ? "year" : time.size() <= 7 ? "month" : "day";
}

std::string_view side_of(std::string_view time, std::string_view now) {
  if (now.empty()) return "undated";
  if (lies_behind(time, now)) return "ahead";
  const size_t n = std::min({time.find('/'), time.size(), now.size()});
  return time.substr(0, n) == now.substr(0, n) ? "now" : "past";
}

unsigned verbs_between(const doc::Document& d, std::span<const TokenIndex> way, unsigned steps) {
  unsigned n = 0;
  for (unsigned i = 1; i < std::min<size_t>(steps, way.size()); ++i)
    n += d.upos[way[i]] == doc::Upos::VERB;
  return n;
}

class TimeChooser {
 public:
  TimeChooser(doc::Document& document, const schema::Ontology& ontology, const TimeCarriers& lists,
              const std::vector<DatedAct>& told, const ChoiceWeights& weights, ChoiceNotes* notes)
      : d_(document),
        ontology_(ontology),
        lists_(lists),
        told_(told),
        choices_(weights, notes != nullptr),
        notes_(notes) {
    for (const doc::Fact& f : d_.facts)
      if (const LocalEntity e = event_of(f);
          e != kNoEntity && !lists.comments.has(ontology[f.relation].name))
        for (const doc::Evidence& v : f.evidence)
          if (tells_days(v.time)) events_.try_emplace(e, v.time);
    find_contests();
    for (const DatedAct& a : told)
      if (!a.earlier) {
        all_.push_back(&a);
        if (a.subject != kNoEntity) of_subject_[a.subject].push_back(&a);
      }
  }

  void choose(doc::Fact& fact, doc::Evidence& evidence) {
    start(fact, evidence);
    add_here();
    if (own_unread_)
      keep_told_here(evidence);
    else
      add_carried();
    if (!evidence.time.empty()) rule(evidence);
    if (choices_.all().empty()) return;
    describe_all();
    if (notes_) {
      notes_->note(d_, fact, choices_.noted());
      return;
    }
    const Choice* best = choices_.likeliest();
    evidence.time = best ? best->value : std::string();
  }

 private:
  LocalEntity event_of(const doc::Fact& f) const {
    const schema::TypeId event = ontology_.core().event;
    if (d_.entities[f.subject].type == event) return f.subject;
    if (f.object != kNoEntity && d_.entities[f.object].type == event) return f.object;
    return kNoEntity;
  }

  /// Where elections and matches are named, and the times that stand there: "the 2009 election",
  /// "Saturday's match", "the vote on 6 May". One that has several is a row of them.
  void find_contests() {
    std::map<LocalEntity, std::set<std::string_view>> times;
    for (uint32_t s = 0; s < d_.sentence_count(); ++s) {
      const core::TokenSpan sentence = d_.sentence(s);
      if (sentence.size() > kMaxSentenceTokens) continue;
      for (const doc::Mention& m : mentions_in(d_, sentence)) {
        if (m.entity == kNoEntity || m.head == kNoToken ||
            d_.entities[m.entity].type != ontology_.core().event ||
            !head_in(d_, m, lists_.contests))
          continue;
        contests_.push_back(&m);
        for (const doc::TimeExpression& t : times_in(d_, sentence))
          if (!t.value.empty() && stands_at(t, m)) times[m.entity].insert(t.value);
      }
    }
    for (const auto& [event, told] : times)
      if (told.size() == 1) events_.insert_or_assign(event, std::string(*told.begin()));
  }

  bool stands_at(const doc::TimeExpression& time, const doc::Mention& m) const {
    if (m.tokens.begin <= time.tokens.begin && time.tokens.end <= m.tokens.end) return true;
    const TokenIndex head = head_of(time);
    const doc::Deprel r = d_.deprel[head];
    return d_.head[head] == m.head &&
           (r == doc::Deprel::nmod_poss || r == doc::Deprel::nmod || r == doc::Deprel::compound ||
            r == doc::Deprel::nmod_unmarked);
  }

  /// The contest told of last up to the sentence, whose figures "61 seats" are.
  LocalEntity contest() const {
    const auto behind =
        std::upper_bound(contests_.begin(), contests_.end(), sentence_.end,
                         [](TokenIndex t, const doc::Mention* m) { return t <= m->tokens.begin; });
    if (fact_->object != kNoEntity || behind == contests_.begin()) return kNoEntity;
    const std::vector<std::string_view> words = text::words(fact_->value);
    const bool score = std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      if (word.ends_with(':')) word.remove_suffix(1);  // "seats: 61"
      return lists_.scores.has(text::lower_ascii(word));
    });
    return score ? (*std::prev(behind))->entity : kNoEntity;
  }

  void start(const doc::Fact& fact, const doc::Evidence& evidence) {
    choices_.clear();
    fact_ = &fact;
    evidence_ = &evidence;
    relation_ = ontology_[fact.relation].name;
    sentence_ = d_.sentence(evidence.sentence);
    times_.clear();
    for (const doc::TimeExpression& t : times_in(d_, sentence_))
      if (!t.value.empty()) times_.push_back(&t);
    std::tie(subject_, object_) = ends_in(d_, sentence_, fact);
    tense_ = tense();
    own_unread_ = has_unread();
  }

  static TokenIndex head_of(const doc::TimeExpression& time) {
    return time.head == kNoToken ? time.tokens.begin : time.head;
  }

  /// "On Monday, X met Y" in a text without a date: the fact has a time of its own, which nobody
  /// can tell. The time hangs, with at most a word between, on what joins both ends.
  bool has_unread() const {
    constexpr unsigned kSteps = 2;
    if (!subject_.there() || !object_.there()) return false;
    const std::vector<TokenIndex> of_subject = way_up(d_, sentence_, subject_.head);
    const unsigned up = meeting(of_subject, way_up(d_, sentence_, object_.head)).first;
    if (up >= of_subject.size()) return false;
    for (const doc::TimeExpression& t : times_in(d_, sentence_)) {
      if (!t.value.empty()) continue;
      const std::vector<TokenIndex> way = way_up(d_, sentence_, head_of(t));
      const auto joint = std::find(way.begin(), way.end(), of_subject[up]);
      if (joint != way.end() && joint - way.begin() <= kSteps) return true;
    }
    return false;
  }

  /// How the clause of the fact's last end tells it: "VBD", "have VBN", "MD VB"; "no verb".
  std::string tense() const {
    const FactEnd& end = object_.there() ? object_ : subject_;
    if (!end.there()) return "no end";
    for (const TokenIndex t : way_up(d_, sentence_, end.head)) {
      if (d_.upos[t] != doc::Upos::VERB) continue;
      std::string out;
      for (TokenIndex a = std::max(sentence_.begin, t > kReach ? t - kReach : 0); a < t; ++a) {
        if (d_.head[a] != t || d_.deprel[a] != doc::Deprel::aux) continue;
        out += d_.xpos[a] == doc::Xpos::MD ? "MD" : d_.lemma_of(a);
        out += ' ';
      }
      return out += doc::name(d_.xpos[t]);
    }
    return "no verb";
  }

  /// The candidate of that time; null if it can't be one, or there are too many.
  Choice* at(std::string_view value) { return is_over(value) ? nullptr : choices_.at(value); }

  void say(Choice& c, std::string_view a, std::string_view b = {}, std::string_view e = {}) {
    choices_.say(c, a, b, e);
  }
  void say_both(Choice& c, std::string_view a, std::string_view b = {}) {
    choices_.say_both(c, relation_, a, b);
  }

  void add_here() {
    for (const doc::TimeExpression* t : times_) {
      // "since January" was read as January to now, "ended a four-day visit on Monday" as all four.
      const std::string_view found = evidence_->time;
      const bool bound = found.size() > t->value.size() &&
                         ((found.starts_with(t->value) && found[t->value.size()] == '/') ||
                          (tells_days(found) && found.ends_with("/" + t->value)));
      if (Choice* c = at(bound ? evidence_->time : t->value)) describe_here(*t, *c);
    }
  }

  /// True if what is still to be done would be over.
  bool is_over(std::string_view time) const {
    if (evidence_->modality != doc::Modality::planned) return false;
    const std::string_view now = d_.meta.date, end = time.substr(time.find('/') + 1);
    const size_t n = std::min(end.size(), now.size());
    return n >= 4 && end.substr(0, n) < now.substr(0, n);
  }

  void describe_here(const doc::TimeExpression& time, Choice& c) {
    const std::vector<TokenIndex> way = way_up(d_, sentence_, head_of(time));
    say_both(c, "here");
    describe_lead(time, c);
    for (const bool object : {false, true}) {
      const FactEnd& end = object ? object_ : subject_;
      const std::string_view who = object ? "object" : "subject";
      if (!end.there()) {
        say_both(c, who, "absent");
        continue;
      }
      const std::vector<TokenIndex> from = way_up(d_, sentence_, end.head);
      const auto [up, down] = meeting(way, from);
      const std::string time_chain = labels(d_, way, up), end_chain = labels(d_, from, down);
      name_ = std::string(who) + " time";
      say_both(c, name_, time_chain);
      name_ = std::string(who) + " end";
      say_both(c, name_, end_chain);
      name_ = std::string(who) + " ways " + time_chain;
      say(c, name_, end_chain);
      name_ = std::string(who) + " clauses";
      say_both(c, name_, size_class(2 * verbs_between(d_, way, up)));
      name_ = std::string(who) + " own clauses";
      say(c, name_, size_class(2 * verbs_between(d_, from, down)));
      name_ = std::string(who) + (time.tokens.begin < end.tokens.begin ? " behind" : " before");
      say_both(c, name_, size_class(end.distance(time.tokens)));
      unsigned nearer = 0;
      for (const doc::TimeExpression* t : times_)
        nearer += t != &time && end.distance(t->tokens) < end.distance(time.tokens);
      name_ = std::string(who) + " nearer";
      say_both(c, name_, size_class(2 * nearer));
      if (end.tokens.begin <= time.tokens.begin && time.tokens.end <= end.tokens.end)
        say_both(c, who, "holds it");
      if (object) describe_verb(way, up, c);
    }
    for (const doc::Mention& m : mentions_in(d_, sentence_))
      if (m.tokens.begin <= time.tokens.begin && time.tokens.end <= m.tokens.end) {
        say_both(c, "in a name");
        break;
      }
  }

  /// The words before a time: "since", "by the end of".
  void describe_lead(const doc::TimeExpression& time, Choice& c) {
    std::string_view lead = "nothing";
    for (TokenIndex t = time.tokens.begin; t > sentence_.begin && t + kNear > time.tokens.begin;) {
      --t;
      const doc::Upos u = d_.upos[t];
      if (u == doc::Upos::ADP || u == doc::Upos::SCONJ) {
        lead = d_.lemma_of(t);
        break;
      }
      if (u != doc::Upos::DET && u != doc::Upos::ADJ && u != doc::Upos::NOUN) break;
    }
    say_both(c, "lead", lead);
    if (time.tokens.begin <= sentence_.begin + 1) say_both(c, "opens");
  }

  /// The verb where the ways of time and object meet.
  void describe_verb(std::span<const TokenIndex> way, unsigned up, Choice& c) {
    if (up >= way.size()) return;
    const TokenIndex verb = way[up];
    if (d_.upos[verb] != doc::Upos::VERB) {
      say_both(c, "meet in", doc::name(d_.upos[verb]));
      return;
    }
    say(c, "meet in verb", doc::name(d_.xpos[verb]), doc::name(evidence_->modality));
    say(c, "verb", d_.lemma_of(verb));
  }

  /// The latest of the acts, which are in order, up to the sentence; null if there is none.
  static const DatedAct* last_in(const std::vector<const DatedAct*>& acts, uint32_t sentence) {
    const auto behind =
        std::upper_bound(acts.begin(), acts.end(), sentence,
                         [](uint32_t at, const DatedAct* a) { return at < a->sentence; });
    return behind == acts.begin() ? nullptr : *std::prev(behind);
  }
  const DatedAct* last_of(LocalEntity subject, uint32_t sentence) const {
    const auto found = of_subject_.find(subject);
    return found == of_subject_.end() ? nullptr : last_in(found->second, sentence);
  }

  void add_carried() {
    const uint32_t s = evidence_->sentence;
    const bool mutual = fact_->object != kNoEntity && ontology_[fact_->relation].symmetric;
    const DatedAct* own = last_of(fact_->subject, s);
    if (const DatedAct* other = mutual ? last_of(fact_->object, s) : nullptr;
        other && (!own || other->sentence > own->sentence))
      own = other;
    const DatedAct* near = last_in(all_, s);
    if (own) carry("own", own->time, s - own->sentence);
    if (near) carry("near", near->time, s - near->sentence);
    if (!told_.empty()) {
      const DatedAct& first = told_.front();
      if (first.sentence <= s)
        carry("lead's", first.time, s - first.sentence);
      else if (first.sentence <= s + kLead)
        carry("later lead's", first.time, first.sentence - s);
    }
    for (uint32_t back = 1; back <= 2 && back <= s; ++back) {
      const auto before = times_in(d_, d_.sentence(s - back));
      const auto last = std::find_if(before.rbegin(), before.rend(),
                                     [](const auto& t) { return !t.value.empty(); });
      if (last == before.rend()) continue;
      carry("last", last->value, back);
      break;
    }
    if (const auto found = events_.find(event_of(*fact_)); found != events_.end())
      carry("event's", found->second, 0);
    if (const auto found = events_.find(contest()); found != events_.end())
      carry("contest's", found->second, 0);
  }

  void carry(std::string_view how, std::string_view time, uint32_t sentences) {
    Choice* c = at(time);
    if (!c) return;
    say_both(*c, how);
    say(*c, how, doc::name(evidence_->modality));
    say(*c, how, size_class(sentences), "off");
    say(*c, how, times_.empty() ? "none here" : "others here");
    say(*c, how, tense_);
    say_both(*c, std::string(how) + " of", grain_of(time));
    if (evidence_->speaker != kNoEntity) say_both(*c, how, "said");
  }

  /// What the rules took from elsewhere is none of the fact's times.
  void keep_told_here(doc::Evidence& evidence) {
    const auto all = choices_.all();
    if (std::none_of(all.begin(), all.end(),
                     [&](const Choice& c) { return c.value == evidence.time; }))
      evidence.time.clear();
  }

  void rule(const doc::Evidence& evidence) {
    if (Choice* c = at(evidence.time)) {
      say_both(*c, "rule's");
      say(*c, "rule's", rule_family(*evidence_));
      say(*c, "rule's", doc::name(evidence.modality));
    }
  }

  /// What they are, and how many.
  void describe_all() {
    for (Choice& c : choices_.all()) {
      const std::string_view modality = doc::name(evidence_->modality);
      say_both(c, "any");
      say(c, "any", rule_family(*evidence_));
      say(c, "any by", evidence_->rule);
      say_both(c, "tense", tense_);
      if (evidence_->polarity == doc::Polarity::negative) say_both(c, "denied");
      say_both(c, "any", modality);
      say_both(c, "grain", grain_of(c.value));
      say(c, "side", side_of(c.value, d_.meta.date), modality);
      say_both(c, "side", side_of(c.value, d_.meta.date));
      say_both(c, "times", size_class(2 * static_cast<uint32_t>(times_.size())));
      say(c, "all", size_class(2 * static_cast<uint32_t>(choices_.all().size())));
      if (c.value != evidence_->time)
        say_both(c, evidence_->time.empty() ? "rule silent" : "rule differs");
      if (evidence_->speaker != kNoEntity) say_both(c, "said");
      if (evidence_->sentence == 0) say_both(c, "title");
      if (!d_.meta.date.empty() && c.value == d_.meta.date) say_both(c, "day of document");
    }
  }

  doc::Document& d_;
  const schema::Ontology& ontology_;
  const TimeCarriers& lists_;
  const std::vector<DatedAct>& told_;
  Choices choices_;
  ChoiceNotes* notes_;
  std::map<LocalEntity, std::string> events_;  // first day told of it, or at a contest's name
  std::vector<const doc::Mention*> contests_;  // in text order
  std::vector<const DatedAct*> all_;           // but what was earlier than what is told
  std::map<LocalEntity, std::vector<const DatedAct*>> of_subject_;
  const doc::Fact* fact_ = nullptr;
  const doc::Evidence* evidence_ = nullptr;
  std::string_view relation_;
  std::string tense_;
  core::TokenSpan sentence_;
  std::vector<const doc::TimeExpression*> times_;  // of the sentence, but those without a value
  bool own_unread_ = false;                        // the fact has one of those
  FactEnd subject_, object_;
  std::string name_;
};

}  // namespace

void choose_times(doc::Document& document, const schema::Ontology& ontology,
                  const TimeCarriers& lists, const std::vector<DatedAct>& told,
                  const ChoiceWeights& weights, ChoiceNotes* notes) {
  TimeChooser chooser(document, ontology, lists, told, weights, notes);
  for (doc::Fact& f : document.facts) {
    if (lists.timeless.has(ontology[f.relation].name)) continue;
    for (doc::Evidence& e : f.evidence)
      if (!lists.timeless.has(e.rule) && !dates_office(e.rule) &&
          document.sentence(e.sentence).size() <= kMaxSentenceTokens)
        chooser.choose(f, e);
  }
}

}  // namespace weft::extract
