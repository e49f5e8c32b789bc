// Problem: what "the minister" and "she" mean hangs on all that was said before. Method: a window
// of the entities mentioned in the last few sentences, each with its last role, and maps from nouns
// to whom they named last; both change with each mention. Cost: linear in tokens and mentions; the
// window also ends after some thousand tokens, however long the sentences are.
#include "extract/reference/discourse.h"

#include <algorithm>

#include "text/fold.h"

namespace weft::extract {

using doc::LocalEntity;
using doc::Mention;
using doc::MentionForm;

namespace {

constexpr uint32_t kTokenWindow = 4000;
constexpr uint32_t kNearNoun = 24;     // tokens between a name and what it is said to be
constexpr uint32_t kClause = 60;       // tokens between a verb's subject and its object
constexpr uint32_t kLead = 3;          // sentences at the beginning that say what a text is about
constexpr uint32_t kPhraseDepth = 8;   // from a word up to the phrase that it stands in
constexpr uint32_t kPersonWindow = 3;  // sentences back to whom a pronoun means
constexpr size_t kMostHeads = 8;       // of one entity's names
constexpr float kKnownGender = 1.4F;

}  // namespace

bool is_company(const MentionLists& lists, const std::string& noun) {
  const auto* v = lists.organization_heads.shared.value(noun);
  return lists.type_in(lists.descriptions, noun) == lists.schema.ontology.core().organization &&
         (!v || *v == "company");
}

std::string title_key(const Sketch& s, const TitleSpan& title) {
  std::string key;
  for (uint32_t k = title.head; k < title.head_end; ++k)
    key += (k > title.head ? " " : "") + s.lower[k];
  return key;
}

/// True if the word stands in a phrase that says more of something else: "a year after the ninth
/// session", "the reports of the session".
bool Discourse::in_passing(uint32_t head) const {
  using doc::Deprel;
  if (d.deprel.size() != s.size()) return false;
  uint32_t t = head;
  for (uint32_t steps = 0; steps < kPhraseDepth && t != doc::kNoToken; ++steps) {
    const Deprel r = d.deprel[t];
    if (r == Deprel::nmod || r == Deprel::nmod_poss) return true;
    if (r == Deprel::obl || r == Deprel::advcl) {
      for (uint32_t k = t; k > s.sentence_start(t) && t - k < kPhraseDepth; --k)
        if (d.head[k - 1] == t && s.lists.references.aside.has(s.lower[k - 1])) return true;
      return false;
    }
    if (r != Deprel::conj && r != Deprel::appos && r != Deprel::flat && r != Deprel::compound)
      return false;
    t = d.head[t];
  }
  return false;
}

/// "a similar scheme", "another plan": not what the text goes on to speak of.
bool Discourse::other_than_named(const Mention& m) const {
  if (m.form != MentionForm::description) return false;
  const auto& others = s.lists.references.others;
  const uint32_t from =
      m.tokens.begin > s.sentence_start(m.tokens.begin) ? m.tokens.begin - 1 : m.tokens.begin;
  for (uint32_t t = from; t < m.tokens.end; ++t)
    if (others.has(s.lower[t])) return true;
  return false;
}

/// "director of the foundation": where the body begins that the office is in, as it may refer back.
uint32_t Discourse::own_words_end(core::TokenSpan office) const {
  for (uint32_t t = office.begin + 1; t + 1 < office.end; ++t)
    if (s.lower[t] == "the" && (s.lower[t - 1] == "of" || s.lower[t - 1] == "at")) return t;
  return office.end;
}

/// The word that says what the name names: "cell" of "Nordic Harbour Safety Cell", "bank" of "Bank
/// of Ghana".
void Discourse::note_head(LocalEntity entity, const std::string& name) {
  const auto type = d.entities[entity].type;
  if (type == core.person || type == core.position || type == core.theme || type == core.industry ||
      type == core.group)
    return;
  size_t end = name.size();
  for (const auto& link : s.lists.references.complements.forms())
    end = std::min(end, name.find(" " + link + " "));
  const size_t space = name.rfind(' ', end == 0 ? 0 : end - 1);
  const bool one_word = end == name.size() && space == std::string::npos;
  const size_t begin = space == std::string::npos ? 0 : space + 1;
  if (end <= begin) return;
  const auto word = name.substr(begin, end - begin);
  if (one_word && !s.lists.same_thing.has(word)) return;
  auto& all = heads[entity];
  if (all.size() < kMostHeads && std::find(all.begin(), all.end(), word) == all.end())
    all.push_back(word);
}

/// Who bears which title: "Premier Li", "Li Qiang, premier".
void Discourse::find_holders() {
  constexpr uint32_t kReach = 3;
  std::vector<std::vector<uint32_t>> begins(s.size() + 1), ends(s.size() + 1);  // of people
  for (uint32_t i = 0; i < s.drafts.size(); ++i) {
    const Draft& draft = s.drafts[i];
    if (draft.type != core.person || draft.entity == kNone) continue;
    begins[draft.tokens.begin].push_back(i);
    ends[draft.tokens.end].push_back(i);
  }
  for (const auto& t : s.titles) {
    uint32_t holder = kNone;  // the first draft that stands near enough
    const auto consider = [&](const std::vector<uint32_t>& drafts, uint32_t gap, uint32_t comma) {
      for (const uint32_t i : drafts)
        if (i < holder && s.sentence[s.drafts[i].tokens.begin] == s.sentence[t.head] &&
            (gap == 0 || s.lower[comma] == ","))
          holder = i;
    };
    for (uint32_t gap = 0; gap <= kReach; ++gap) {
      if (t.tokens.end + gap < s.size()) consider(begins[t.tokens.end + gap], gap, t.tokens.end);
      if (t.tokens.begin >= gap) consider(ends[t.tokens.begin - gap], gap, t.tokens.begin - gap);
    }
    if (holder == kNone) continue;
    holders.emplace(title_key(s, t), s.drafts[holder].entity);
  }
}

Discourse::Discourse(Sketch& sketch)
    : s(sketch), d(sketch.document), core(sketch.lists.schema.ontology.core()) {
  covered.assign(s.size(), 0);
  for (const auto& m : d.mentions) {
    const uint32_t end = m.type == core.position ? own_words_end(m.tokens) : m.tokens.end;
    for (uint32_t t = m.tokens.begin; t < end; ++t) covered[t] = 1;
  }
  seen.resize(d.entities.size());
  named.assign(d.entities.size(), 0);
  for (const Mention& m : d.mentions)
    if (m.form == MentionForm::name) named[m.entity] = 1;
  note_genders();
  note_words();
  find_holders();
}

/// The fullest name tells: "Umar" of "Hadiza Umar" is a given name elsewhere.
void Discourse::note_genders() {
  constexpr uint32_t kTitled = 4000;  // a title tells more than any name
  gender.assign(d.entities.size(), 0);
  std::vector<uint32_t> longest(d.entities.size(), 0);
  for (const auto& draft : s.drafts) {
    if (draft.entity == kNone || draft.type != core.person) continue;
    const uint32_t before = draft.tokens.begin;
    const bool titled =
        before > s.sentence_start(before) && (s.lists.personal_titles.has(s.lower[before - 1]) ||
                                              s.lists.gendered_nouns.has(s.lower[before - 1]));
    const uint32_t length = titled ? kTitled : draft.tokens.size();
    if (length <= longest[draft.entity]) continue;
    longest[draft.entity] = length;
    gender[draft.entity] = draft.gender;
  }
}

void Discourse::note_words() {
  words.resize(d.entities.size());
  heads.resize(d.entities.size());
  for (size_t e = 0; e < d.entities.size(); ++e) {
    for (const auto& alias : d.entities[e].aliases) {
      const auto key = text::fold(alias.form);
      note_head(static_cast<LocalEntity>(e), key);
      size_t begin = 0;
      while (begin < key.size()) {
        const size_t end = std::min(key.find_first_of(" -", begin), key.size());
        // "the Paris firm X": no word of a name.
        if (auto word = key.substr(begin, end - begin);
            end > begin &&
            (alias.form.find(word) == std::string::npos || !is_company(s.lists, word)))
          words[e].push_back(std::move(word));
        begin = end + 1;
      }
    }
  }
}

void Discourse::call(const std::string& noun, LocalEntity entity, uint32_t at) {
  const uint32_t sentence = s.sentence[at];
  const bool firm = !in_passing(at);
  const auto put = [&](Bearer& b) {
    if (b.entity == entity) {
      b = {entity, sentence, firm || b.firm};
    } else if (b.entity == doc::kNoEntity || firm || !b.firm || sentence > b.sentence + 1) {
      b = {entity, sentence, firm};
    }
  };
  put(called[noun]);
  if (const auto* sort = s.lists.same_thing.value(noun)) put(of_sort[*sort]);
}

/// What the text says a name is: "Chalchitra, a film platform, …", "the platform Chalchitra",
/// "Chalchitra is a platform".
void Discourse::note_nouns(const Mention& m) {
  if (d.deprel.size() != s.size() || m.form != MentionForm::name || m.head == doc::kNoToken) return;
  const auto fits = [&](uint32_t noun) {
    return !s.lists.descriptions.has(s.lower[noun]) ||
           s.lists.type_in(s.lists.descriptions, s.lower[noun]) == d.entities[m.entity].type;
  };
  const auto take = [&](uint32_t noun) {
    if (fits(noun) && !covered[noun] && !s.capital[noun] && d.upos[noun] == doc::Upos::NOUN &&
        (d.morph[noun] & doc::kPlural) == 0 && !s.lists.description_stop.has(s.lower[noun]))
      call(s.lower[noun], m.entity, m.head);
  };
  const uint32_t start = s.sentence_start(m.head);
  const uint32_t end = std::min(s.sentence_end(m.head), m.tokens.end + kNearNoun);
  for (uint32_t t = m.tokens.end; t < end; ++t)
    if (d.deprel[t] == doc::Deprel::appos && d.head[t] == m.head) take(t);
  if (m.tokens.begin > start) take(m.tokens.begin - 1);
  if (d.deprel[m.head] == doc::Deprel::nsubj && d.head[m.head] != doc::kNoToken) {
    const uint32_t predicate = d.head[m.head];
    for (uint32_t t = m.tokens.end; t < predicate && t < end; ++t)
      if (d.deprel[t] == doc::Deprel::cop && d.head[t] == predicate) take(predicate);
  }
}

void Discourse::note(const Mention& m) {
  auto& state = seen[m.entity];
  state.last_token = m.tokens.begin;
  const uint32_t sentence = s.sentence[m.tokens.begin];
  // Whoever was its sentence's subject stays so: "Nordwagen, whose office is in Bremen, …".
  state.subject =
      is_subject(m.head) || (state.subject && state.count > 0 && state.last_sentence == sentence);
  state.object = d.deprel.size() == s.size() && (d.deprel[m.head] == doc::Deprel::obj ||
                                                 d.deprel[m.head] == doc::Deprel::nsubj_pass);
  const auto role = d.role_of(sentence);
  state.aside = (state.count == 0 || state.aside) && in_passing(m.head);
  state.prose = state.prose || role != doc::BlockRole::metadata;
  state.lead = state.lead || role == doc::BlockRole::title || sentence < kLead;
  state.last_sentence = sentence;
  ++state.count;
  if (!other_than_named(m))
    for (const auto& head : heads[m.entity]) call(head, m.entity, m.head);
  note_nouns(m);
  recent.insert(m.entity);
  told.emplace_back(m.tokens.begin, m.entity);
}

/// Takes out of the window what was last mentioned too long before token `t`.
void Discourse::forget(uint32_t t) {
  while (!told.empty() && (s.sentence[t] - s.sentence[told.front().first] > kDescriptionWindow ||
                           t - told.front().first > kTokenWindow)) {
    if (seen[told.front().second].last_token == told.front().first)
      recent.erase(told.front().second);
    told.pop_front();
  }
}

void Discourse::refer(core::TokenSpan span, LocalEntity entity, doc::JoinRule rule) {
  Mention m;
  m.tokens = span;
  m.head = s.head_of(span);
  m.entity = entity;
  m.type = d.entities[entity].type;
  m.rule = rule;
  m.form = rule == doc::JoinRule::pronoun ? MentionForm::pronoun : MentionForm::description;
  m.confidence = 0.6F;
  found.push_back(m);
  note(m);
  if (m.form == MentionForm::pronoun) return;
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

bool Discourse::is_subject(uint32_t t) const {
  if (d.deprel.size() != s.size()) return t < s.sentence_start(t) + 6;
  return d.deprel[t] == doc::Deprel::nsubj || d.deprel[t] == doc::Deprel::nsubj_pass;
}

LocalEntity Discourse::own_subject(uint32_t t) const {
  if (d.deprel.size() != s.size()) return doc::kNoEntity;
  const auto r = d.deprel[t];
  if (r != doc::Deprel::obj && r != doc::Deprel::iobj && r != doc::Deprel::obl)
    return doc::kNoEntity;
  const uint32_t verb = d.head[t];
  if (verb == doc::kNoToken) return doc::kNoEntity;
  for (const std::vector<Mention>* list : {&std::as_const(d.mentions), &found})
    for (auto it = std::lower_bound(
             list->begin(), list->end(), std::max(s.sentence_start(t), t - std::min(t, kClause)),
             [](const Mention&m, uint32_t begin) { return m.tokens.begin < begin; });
         it != list->end() && it->tokens.begin < t; ++it)
      if (it->head != doc::kNoToken && d.head[it->head] == verb && is_subject(it->head))
        return it->entity;
  return doc::kNoEntity;
}

LocalEntity Discourse::likely_person(uint32_t t, char wanted) const {
  const LocalEntity self = own_subject(t);
  LocalEntity best = doc::kNoEntity;
  float best_score = -100;
  for (const LocalEntity e : recent) {
    if (d.entities[e].type != core.person || e == self || !seen[e].prose) continue;
    const uint32_t distance = s.sentence[t] - seen[e].last_sentence;
    if (distance > kPersonWindow || (wanted != 0 && gender[e] != 0 && gender[e] != wanted))
      continue;
    const float score = -2.0F * static_cast<float>(distance) + (seen[e].subject ? 1.5F : 0.0F) +
                        (gender[e] == wanted ? kKnownGender : 0.0F) +
                        0.1F * static_cast<float>(std::min(seen[e].count, 10U)) +
                        0.0001F * static_cast<float>(seen[e].last_token);
    if (score > best_score) {
      best = e;
      best_score = score;
    }
  }
  return best;
}

}  // namespace weft::extract
