// What refers back: definite descriptions ("the province", "the minister") and pronouns.
//
// Method: one walk over the text. Each description or pronoun looks at the entities mentioned
// before it, in the last few sentences, and takes the one with the best score of agreement (type,
// kind, head word, class of body, gender), grammatical role, nearness and number of mentions;
// without a good one it stays unresolved. Names resolve nothing here. Linear in tokens times the
// entities mentioned in the window, which also ends after some thousand tokens, however long the
// sentences are. In the spirit of Lappin and Leass 1994.
#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "extract/mentions/sketch.h"
#include "extract/reference/sets.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::LocalEntity;
using doc::Mention;
using doc::MentionForm;

constexpr uint32_t kDescriptionWindow = 12;  // sentences back
constexpr uint32_t kPronounWindow = 3;
constexpr uint32_t kTokenWindow = 4000;
constexpr uint32_t kNearNoun = 24;  // tokens between a name and what it is said to be
constexpr uint32_t kClause = 60;    // tokens between a verb's subject and its object
constexpr float kKnownGender = 1.4F;
constexpr size_t kMostHeads = 8;  // of one entity's names
/// True if `word` is among the words of `list`, which spaces divide.
bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const size_t end = std::min(list.find(' '), list.size());
    if (list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

constexpr std::array<std::string_view, 7> kComplements = {" of ", " for ", " with ",   " on ",
                                                          " in ", " at ",  " between "};
constexpr uint32_t kLead = 3;         // sentences at the beginning that say what a text is about
constexpr uint32_t kThingWindow = 2;  // sentences back to what "the project" may be
constexpr uint32_t kSetWindow = 2;    // sentences back to what "the two" may be
constexpr size_t kMostSets = 32;      // of a sentence that are remembered
constexpr uint32_t kPhraseDepth = 8;  // from a word up to the phrase that it stands in

struct Seen {
  uint32_t last_token = 0;
  uint32_t last_sentence = 0;
  uint32_t count = 0;
  bool subject = false;  // at its last mention
  bool object = false;   // likewise: of a verb
  bool aside = false;    // so far named inside other phrases only
  bool prose = false;    // not in bylines and datelines only
  bool lead = false;     // named in a title or among the first sentences
};

/// Whom a noun names.
struct Bearer {
  LocalEntity entity = doc::kNoEntity;
  uint32_t sentence = 0;
  bool firm = false;  // what the sentence speaks of, not named in passing
};

struct Resolver {
  explicit Resolver(Sketch& sketch)
      : s(sketch), d(sketch.document), core(sketch.lists.schema.ontology.core()), finder(sketch) {}

  void run();

 private:
  void prepare();
  void walk();
  uint32_t own_words_end(core::TokenSpan office) const;
  void find_holders();
  void note_head(LocalEntity entity, const std::string& name);
  void call(const std::string& noun, LocalEntity entity, uint32_t at);
  bool in_passing(uint32_t head) const;
  bool other_than_named(const Mention& mention) const;
  void note_nouns(const Mention& mention);
  void note(const Mention& mention);
  void forget(uint32_t t);
  bool ends_phrase(uint32_t noun) const;
  uint32_t place_end(uint32_t t, uint32_t end) const;
  bool describe(uint32_t t);
  bool may_be(LocalEntity e, const std::string& noun) const;
  bool listed(std::string_view types, schema::TypeId type) const;
  bool by_head(uint32_t t);
  bool thing(uint32_t t);
  bool goes_on(uint32_t noun) const;
  bool several(uint32_t t);
  bool one_of_two(uint32_t t);
  void enter(uint32_t sentence);
  std::vector<NamedSet> sets_in(uint32_t sentence);
  bool title(uint32_t t);
  bool by_age(uint32_t t);
  bool relative(uint32_t t);
  bool pronoun(uint32_t t);
  LocalEntity best_person(uint32_t t, char gender) const;
  LocalEntity best_thing(uint32_t t) const;
  LocalEntity own_subject(uint32_t t) const;
  LocalEntity best_described(uint32_t noun, std::string_view type, std::string_view kind) const;
  float agreement(LocalEntity e, const std::string& noun, schema::TypeId type) const;
  std::string body_class(LocalEntity e) const;
  bool is_company(const std::string& noun) const;
  void refer(core::TokenSpan span, LocalEntity entity, doc::JoinRule rule);
  bool is_subject(uint32_t t) const;
  void finish();

  Sketch& s;
  doc::Document& d;
  const schema::CoreTypes& core;
  std::vector<uint8_t> covered;
  std::vector<char> gender;                           // of each entity
  std::vector<Seen> seen;                             // of each entity
  std::vector<std::vector<std::string>> words;        // words of each entity's names
  std::vector<std::vector<std::string>> heads;        // head words of each entity's names
  std::map<std::string, Bearer> called;               // head word -> who bears it, mentioned last
  std::map<std::string, Bearer> of_sort;              // likewise, by what nouns of a sort name
  std::vector<uint8_t> bodies;                        // of each entity: it is known by a name
  std::multimap<std::string, LocalEntity> holders;    // title's head words -> person
  std::multimap<uint32_t, const TitleSpan*> titles;   // by first token
  std::set<LocalEntity> recent;                       // the entities in the window
  std::deque<std::pair<uint32_t, LocalEntity>> told;  // tokens at which they were mentioned
  std::vector<Mention> found;
  SetFinder finder;
  std::deque<std::pair<uint32_t, std::vector<NamedSet>>> sets;  // of the last sentences
  std::set<uint32_t> shared;                                    // tokens that mean several entities
};

bool Resolver::is_subject(uint32_t t) const {
  if (d.deprel.size() != s.size()) return t < s.sentence_start(t) + 6;
  return d.deprel[t] == doc::Deprel::nsubj || d.deprel[t] == doc::Deprel::nsubj_pass;
}

void Resolver::prepare() {
  std::stable_sort(d.mentions.begin(), d.mentions.end(), [](const auto& a, const auto& b) {
    return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                            : a.tokens.end > b.tokens.end;
  });
  covered.assign(s.size(), 0);
  for (const auto& m : d.mentions) {
    const uint32_t end = m.type == core.position ? own_words_end(m.tokens) : m.tokens.end;
    for (uint32_t t = m.tokens.begin; t < end; ++t) covered[t] = 1;
  }
  gender.assign(d.entities.size(), 0);
  seen.assign(d.entities.size(), {});
  words.resize(d.entities.size());
  heads.resize(d.entities.size());
  // The fullest name tells: "Umar" of "Hadiza Umar" is a given name elsewhere.
  std::vector<uint32_t> longest(d.entities.size(), 0);
  for (const auto& draft : s.drafts) {
    if (draft.entity == kNone || draft.type != core.person) continue;
    const uint32_t before = draft.tokens.begin;
    const bool titled =
        before > s.sentence_start(before) && (s.lists.personal_titles.has(s.lower[before - 1]) ||
                                              s.lists.gendered_nouns.has(s.lower[before - 1]));
    const uint32_t length = titled ? kTokenWindow : draft.tokens.size();
    if (length <= longest[draft.entity]) continue;
    longest[draft.entity] = length;
    gender[draft.entity] = draft.gender;
  }
  bodies.assign(d.entities.size(), 0);
  for (const Mention& m : d.mentions)
    if (m.form == MentionForm::name) bodies[m.entity] = 1;
  for (size_t e = 0; e < d.entities.size(); ++e) {
    for (const auto& alias : d.entities[e].aliases) {
      const auto key = text::fold(alias.form);
      note_head(static_cast<LocalEntity>(e), key);
      size_t begin = 0;
      while (begin < key.size()) {
        const size_t end = std::min(key.find_first_of(" -", begin), key.size());
        // "the Paris firm X": no word of a name.
        if (auto word = key.substr(begin, end - begin);
            end > begin && (alias.form.find(word) == std::string::npos || !is_company(word)))
          words[e].push_back(std::move(word));
        begin = end + 1;
      }
    }
  }
  for (const auto& t : s.titles) titles.emplace(t.tokens.begin, &t);
  find_holders();
}

/// "director of the foundation": where the body begins that the office is in, as it may refer back.
uint32_t Resolver::own_words_end(core::TokenSpan office) const {
  for (uint32_t t = office.begin + 1; t + 1 < office.end; ++t)
    if (s.lower[t] == "the" && (s.lower[t - 1] == "of" || s.lower[t - 1] == "at")) return t;
  return office.end;
}

/// The word that says what the name names: "cell" of "Nordic Harbour Safety Cell", "bank" of "Bank
/// of Ghana".
void Resolver::note_head(LocalEntity entity, const std::string& name) {
  const auto type = d.entities[entity].type;
  if (type == core.person || type == core.position || type == core.theme || type == core.industry ||
      type == core.group)
    return;
  size_t end = name.size();
  for (const std::string_view link : kComplements) end = std::min(end, name.find(link));
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
void Resolver::find_holders() {
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
    std::string head;
    for (uint32_t k = t.head; k < t.head_end; ++k) head += (k > t.head ? " " : "") + s.lower[k];
    holders.emplace(head, s.drafts[holder].entity);
  }
}

/// True if the word stands in a phrase that says more of something else: "a year after the ninth
/// session", "the reports of the session".
bool Resolver::in_passing(uint32_t head) const {
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
bool Resolver::other_than_named(const Mention& m) const {
  if (m.form != MentionForm::description) return false;
  const auto& others = s.lists.references.others;
  const uint32_t from =
      m.tokens.begin > s.sentence_start(m.tokens.begin) ? m.tokens.begin - 1 : m.tokens.begin;
  for (uint32_t t = from; t < m.tokens.end; ++t)
    if (others.has(s.lower[t])) return true;
  return false;
}

void Resolver::call(const std::string& noun, LocalEntity entity, uint32_t at) {
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
void Resolver::note_nouns(const Mention& m) {
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

void Resolver::note(const Mention& m) {
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
void Resolver::forget(uint32_t t) {
  while (!told.empty() && (s.sentence[t] - s.sentence[told.front().first] > kDescriptionWindow ||
                           t - told.front().first > kTokenWindow)) {
    if (seen[told.front().second].last_token == told.front().first)
      recent.erase(told.front().second);
    told.pop_front();
  }
}

void Resolver::refer(core::TokenSpan span, LocalEntity entity, doc::JoinRule rule) {
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

/// True for "company", "firm", "carmaker": a noun for whatever body does business.
bool Resolver::is_company(const std::string& noun) const {
  const auto* v = s.lists.organization_heads.shared.value(noun);
  return s.lists.type_in(s.lists.descriptions, noun) == core.organization &&
         (!v || *v == "company");
}

/// What sort of body it is: the class of its head word in the shared list; a name without one is
/// taken for a company, a jury that has no name for nothing.
std::string Resolver::body_class(LocalEntity e) const {
  for (size_t k = words[e].size(); k-- > 0;) {
    if (const auto* v = s.lists.organization_heads.shared.value(words[e][k])) return *v;
  }
  return bodies[e] ? "company" : std::string();
}

float Resolver::agreement(LocalEntity e, const std::string& noun, schema::TypeId type) const {
  const bool named = std::find(words[e].begin(), words[e].end(), noun) != words[e].end();
  if (named) return 4;
  if (type != core.organization) {
    // "Gigawerk Weser … the plant": a name that doesn't say what it names may be whatever fits.
    const bool opaque = std::none_of(words[e].begin(), words[e].end(), [&](const std::string& w) {
      return s.lists.descriptions.has(w);
    });
    return opaque && type != core.place ? -3.5F : -10.0F;
  }
  const std::string own = body_class(e);
  // "The Financial Conduct Authority … the regulator".
  if (const auto* classes = s.lists.references.bodies.value(noun))
    return !own.empty() && has_word(*classes, own) ? -2.5F : -10.0F;
  if (!is_company(noun) || own != "company") return -10.0F;
  // The company that the text is about, not the one that somebody works for.
  return 2.0F + (seen[e].lead && !seen[e].aside ? 0.5F : 0.0F) - (seen[e].aside ? 1.5F : 0.0F);
}

LocalEntity Resolver::best_described(uint32_t noun, std::string_view type,
                                     std::string_view kind) const {
  const auto id = s.lists.schema.ontology.type(type);
  LocalEntity best = doc::kNoEntity;
  float best_score = 0;
  const uint32_t sentence = s.sentence[noun];
  for (const LocalEntity e : recent) {
    const auto& entity = d.entities[e];
    if (entity.type != id || sentence - seen[e].last_sentence > kDescriptionWindow) continue;
    float score = 5.0F - 0.4F * static_cast<float>(sentence - seen[e].last_sentence) +
                  (seen[e].subject ? 1.0F : 0.0F) +
                  0.1F * static_cast<float>(std::min(seen[e].count, 10U));
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
bool Resolver::ends_phrase(uint32_t noun) const {
  if (noun + 1 >= s.sentence_end(noun) || !s.nominal(noun + 1)) return true;
  if (d.deprel.size() != s.size()) return false;
  const auto relation = d.deprel[noun];
  return relation != doc::Deprel::compound && relation != doc::Deprel::amod &&
         relation != doc::Deprel::flat && d.head[noun + 1] != noun;
}

/// "the Suwon company", "the Seoul-based firm": the token behind the place; `t` if there is none.
uint32_t Resolver::place_end(uint32_t t, uint32_t end) const {
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
bool Resolver::describe(uint32_t t) {
  const auto& w = s.lower[t];
  if (w != "the" && w != "this" && w != "that") return false;
  const uint32_t end = s.sentence_end(t);
  const uint32_t place = place_end(t + 1, end);
  for (uint32_t noun = place; noun < end && noun <= place + 2; ++noun) {
    if (covered[noun] || s.lists.description_stop.has(s.lower[noun])) return false;
    const auto* value = s.lists.descriptions.value(s.lower[noun]);
    if (value && (ends_phrase(noun) || (noun + 1 < end && s.capital[noun + 1]))) {
      if (noun + 1 < end && (s.lower[noun + 1] == "of" || s.lower[noun + 1] == "that" ||
                             s.lower[noun + 1] == "-" || covered[noun + 1]))
        return false;
      const size_t colon = value->find(':');
      const auto type = std::string_view(*value).substr(0, colon);
      const auto kind = colon == std::string::npos ? std::string_view()
                                                   : std::string_view(*value).substr(colon + 1);
      // "The central region" is told apart from others by its modifier: it is no word for Hunan.
      if (noun > t + 1 && kind == "region") return false;
      if (place > t + 1 && !is_company(s.lower[noun])) return false;
      const auto e = best_described(noun, type, kind);
      if (e == doc::kNoEntity) return false;
      refer({t, noun + 1}, e, doc::JoinRule::description);
      return true;
    }
    if (!s.nominal(noun)) return false;
  }
  return false;
}

/// "the cell", "the compact": what a name before ends with, or else one of its sort: "the deal".
bool Resolver::by_head(uint32_t t) {
  const auto& w = s.lower[t];
  if (w != "the" && w != "this" && w != "that") return false;
  const uint32_t noun = t + 1, end = s.sentence_end(t);
  if (noun >= end || covered[noun] || s.capital[noun] || !s.nominal(noun) ||
      s.lists.description_stop.has(s.lower[noun]))
    return false;
  if (noun + 1 < end && (covered[noun + 1] || s.lower[noun + 1] == "of" ||
                         s.lower[noun + 1] == "-" || !ends_phrase(noun)))
    return false;
  const std::string& word = s.lower[noun];
  const auto near = [&](const Bearer& b, bool exact) {
    if (recent.count(b.entity) > 0) return true;
    // What a text is about needs no repeating.
    return exact && seen[b.entity].lead &&
           std::find(heads[b.entity].begin(), heads[b.entity].end(), word) != heads[b.entity].end();
  };
  LocalEntity e = doc::kNoEntity;
  if (const auto it = called.find(word); it != called.end() && near(it->second, true)) {
    e = it->second.entity;
  } else if (const auto* sort = s.lists.same_thing.value(word)) {
    const auto alike = of_sort.find(*sort);
    if (alike != of_sort.end() && near(alike->second, false) && may_be(alike->second.entity, word))
      e = alike->second.entity;
  }
  if (e == doc::kNoEntity) return false;
  // "The province" goes by kind, whatever is called one: to the province spoken of.
  if (const auto* value = s.lists.descriptions.value(word); value && value->starts_with("Place:")) {
    const LocalEntity other = best_described(noun, "Place", std::string_view(*value).substr(6));
    const bool own = d.entities[e].type == core.place &&
                     seen[e].last_sentence + 1 >= s.sentence[t] && other != doc::kNoEntity &&
                     seen[e].last_sentence >= seen[other].last_sentence;
    if (other != doc::kNoEntity && !own) return false;
  }
  refer({t, noun + 1}, e, doc::JoinRule::description);
  return true;
}

/// False if the entity's type is none that the noun can have.
bool Resolver::may_be(LocalEntity e, const std::string& noun) const {
  const auto type = d.entities[e].type;
  const auto meant = s.lists.type_in(s.lists.descriptions, noun);
  if (const auto* types = s.lists.references.things.value(noun))
    return listed(*types, type) || (meant.valid() ? meant == type : type == core.event);
  const auto built = [&](schema::TypeId t) { return t == core.organization || t == core.facility; };
  return !meant.valid() || meant == type || (built(meant) && built(type));
}

/// True if the type is one of the names in `types`, which spaces divide.
bool Resolver::listed(std::string_view types, schema::TypeId type) const {
  return has_word(types, s.lists.schema.ontology[type].name);
}

/// True if the phrase says by itself which one is meant: "the plan to build", "the vote on the
/// bill".
bool Resolver::goes_on(uint32_t noun) const {
  const uint32_t next = noun + 1;
  if (next >= s.sentence_end(noun)) return false;
  if (s.lists.references.links.has(s.lower[next]) || covered[next] || !ends_phrase(noun))
    return true;
  return (s.lower[next] == "in" || s.lower[next] == "at" || s.lower[next] == "near") &&
         next + 1 < s.sentence_end(noun) && covered[next + 1];
}

/// "the project", "the measure": what was just spoken of, if it may be called so.
bool Resolver::thing(uint32_t t) {
  const auto& w = s.lower[t];
  const uint32_t noun = t + 1;
  if ((w != "the" && w != "this" && w != "that") || noun >= s.sentence_end(t)) return false;
  const auto* types = s.lists.references.things.value(s.lower[noun]);
  if (!types || covered[noun] || s.capital[noun] || !s.nominal(noun) || goes_on(noun)) return false;
  if (s.tagged() && d.upos[noun] != doc::Upos::NOUN) return false;
  LocalEntity best = doc::kNoEntity;
  float best_score = -100;
  for (const LocalEntity e : recent) {
    const uint32_t distance = s.sentence[t] - seen[e].last_sentence;
    if (distance > kThingWindow || distance == 0 || !listed(*types, d.entities[e].type)) continue;
    const float score = -1.0F * static_cast<float>(distance) + (seen[e].object ? 0.6F : 0.0F) +
                        (seen[e].subject ? 0.5F : 0.0F) - (seen[e].aside ? 0.6F : 0.0F) +
                        (bodies[e] ? 0.3F : 0.0F) +
                        0.0001F * static_cast<float>(seen[e].last_token);
    if (score > best_score) {
      best = e;
      best_score = score;
    }
  }
  if (best == doc::kNoEntity) return false;
  refer({t, noun + 1}, best, doc::JoinRule::description);
  return true;
}

/// The sets that a sentence names; its mentions must be known.
std::vector<NamedSet> Resolver::sets_in(uint32_t sentence) {
  const core::TokenSpan span = d.sentence(sentence);
  std::vector<Mention> mentions;
  for (const std::vector<Mention>* list : {&std::as_const(d.mentions), &std::as_const(found)})
    for (auto it = std::lower_bound(list->begin(), list->end(), span.begin,
                                    [](const Mention&m, uint32_t b) { return m.tokens.begin < b; });
         it != list->end() && it->tokens.begin < span.end; ++it)
      if (!shared.count(it->tokens.begin)) mentions.push_back(*it);
  std::vector<NamedSet> out = finder.sets(span, mentions);
  if (out.size() > kMostSets) out.resize(kMostSets);
  return out;
}

/// Keeps the sets of the sentences just read; those of the last one now with what it refers to.
void Resolver::enter(uint32_t sentence) {
  if (!sets.empty()) {
    std::vector<NamedSet> whole = sets_in(sets.back().first);
    for (NamedSet& set : sets.back().second)
      if (shared.count(set.end - 1)) whole.push_back(std::move(set));
    sets.back().second = std::move(whole);
  }
  sets.emplace_back(sentence, sets_in(sentence));
  while (sets.front().first + kSetWindow < sentence) sets.pop_front();
}

/// "the former", "the latter": of two that the text named together last.
bool Resolver::one_of_two(uint32_t t) {
  if (s.lower[t] != "the" || t + 1 >= s.sentence_end(t)) return false;
  const bool latter = s.lower[t + 1] == "latter";
  if ((!latter && s.lower[t + 1] != "former") || covered[t + 1]) return false;
  if (t + 2 < s.sentence_end(t) && (s.nominal(t + 2) || covered[t + 2])) return false;
  for (size_t i = sets.size(); i-- > 0 && sets[i].first + 1 >= s.sentence[t];)
    for (size_t k = sets[i].second.size(); k-- > 0;) {
      const NamedSet& set = sets[i].second[k];
      if (set.end > t || set.members.size() != 2) continue;
      refer({t, t + 2}, latter ? set.members.back() : set.members.front(), doc::JoinRule::pronoun);
      return true;
    }
  return false;
}

/// "they", "both sides", "the two ministers": those that the text named together last.
bool Resolver::several(uint32_t t) {
  const PluralPhrase phrase = finder.phrase(t);
  if (phrase.tokens.empty()) return false;
  for (uint32_t k = phrase.tokens.begin; k < phrase.tokens.end; ++k)
    if (covered[k]) return false;
  const uint32_t window = phrase.pronoun || phrase.number == 0 ? 1 : kSetWindow;
  const LocalEntity self = own_subject(phrase.head);
  const NamedSet* best = nullptr;
  uint32_t from = t;
  bool rivals = false;
  const auto share = [](const NamedSet& a, const NamedSet& b) {
    return std::any_of(a.members.begin(), a.members.end(), [&](LocalEntity e) {
      return std::find(b.members.begin(), b.members.end(), e) != b.members.end();
    });
  };
  for (size_t i = sets.size(); i-- > 0 && best == nullptr;) {
    if (sets[i].first + window < s.sentence[t]) break;
    from = d.sentence_begin[sets[i].first];
    for (const NamedSet& set : sets[i].second) {
      if (set.end > t || !finder.fits(set, phrase)) continue;
      const bool place = d.entities[set.members.front()].type == core.place;
      if (phrase.number == 0 && !set.acts && (!set.core || place)) continue;
      if (std::find(set.members.begin(), set.members.end(), self) != set.members.end()) continue;
      if (best == nullptr || set.acts >= best->acts) best = &set;
    }
    // "Norway and Sweden criticised Kenya and Uganda. They …": either.
    for (const NamedSet& set : sets[i].second)
      rivals = rivals || (best != nullptr && set.core && set.end <= t && !share(set, *best) &&
                          finder.fits(set, phrase));
  }
  if (best == nullptr || rivals || finder.rivalled(from, *best, phrase)) return false;
  NamedSet again = *best;
  again.end = phrase.head + 1;
  for (const LocalEntity e : again.members) refer(phrase.tokens, e, doc::JoinRule::pronoun);
  shared.insert(phrase.tokens.begin);
  shared.insert(phrase.head);
  auto& here = sets.back().second;
  if (here.size() >= 2 * kMostSets) here.erase(here.begin());
  here.push_back(std::move(again));
  return true;
}

/// "the 52-year-old": whoever was spoken of last.
bool Resolver::by_age(uint32_t t) {
  if (s.lower[t] != "the") return false;
  const uint32_t end = std::min(s.sentence_end(t), t + 8);
  std::string word;
  uint32_t k = t + 1;
  while (k < end && (k == t + 1 || s.touches(k - 1, k))) word += s.lower[k++];
  constexpr std::string_view kAge = "-year-old";
  if (!word.ends_with(kAge) || word.size() <= kAge.size()) return false;
  // "the 52-year-old pediatrician" too, but not "the 52-year-old bridge".
  if (k < s.sentence_end(t) && s.nominal(k) && !covered[k]) {
    if (!s.lists.position_heads.has(s.lower[k])) return false;
    ++k;
  }
  if (k < s.sentence_end(t) && covered[k]) return false;
  const LocalEntity e = best_person(s.head_of({t, k}), 0);
  if (e == doc::kNoEntity) return false;
  refer({t, k}, e, doc::JoinRule::description);
  return true;
}

/// "whose": of the noun that the relative clause hangs on.
bool Resolver::relative(uint32_t t) {
  if (s.lower[t] != "whose" || d.deprel.size() != s.size()) return false;
  uint32_t at = t;
  for (int steps = 0; steps < 6; ++steps) {
    const bool clause = d.deprel[at] == doc::Deprel::acl_relcl;
    at = d.head[at];
    if (at == doc::kNoToken || at >= s.size() || s.sentence[at] != s.sentence[t]) return false;
    if (!clause) continue;
    if (at > t) return false;
    const Mention* named = nullptr;
    for (auto it = std::upper_bound(d.mentions.begin(), d.mentions.end(), t,
                                    [](uint32_t b, const Mention&m) { return b < m.tokens.begin; });
         it != d.mentions.begin() && (--it)->tokens.begin + 40 > at;)
      if (it->tokens.contains(core::TokenSpan{at, at + 1}) &&
          (named == nullptr || it->tokens.size() > named->tokens.size()))
        named = &*it;
    if (named == nullptr) return false;
    refer({t, t + 1}, named->entity, doc::JoinRule::pronoun);
    return true;
  }
  return false;
}

/// "the minister", "the General Secretary": the person who was named with that title.
bool Resolver::title(uint32_t t) {
  if (s.lower[t] != "the") return false;
  for (auto [next, end] = titles.equal_range(t + 1); next != end; ++next) {
    const TitleSpan& span = *next->second;
    if (covered[span.head]) continue;
    std::string head;
    for (uint32_t k = span.head; k < span.head_end; ++k)
      head += (k > span.head ? " " : "") + s.lower[k];
    LocalEntity best = doc::kNoEntity;
    for (auto [it, last] = holders.equal_range(head); it != last; ++it) {
      const auto e = it->second;
      if (seen[e].count > 0 &&
          (best == doc::kNoEntity || seen[e].last_token > seen[best].last_token))
        best = e;
    }
    if (best == doc::kNoEntity) return false;
    refer({t, span.tokens.end}, best, doc::JoinRule::title);
    return true;
  }
  return false;
}

/// "Li met him": whoever is the subject of the verb that governs the token is not meant by it
/// (binding theory's principle B). kNoEntity if the tree shows none.
LocalEntity Resolver::own_subject(uint32_t t) const {
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

LocalEntity Resolver::best_person(uint32_t t, char wanted) const {
  const LocalEntity self = own_subject(t);
  LocalEntity best = doc::kNoEntity;
  float best_score = -100;
  for (const LocalEntity e : recent) {
    if (d.entities[e].type != core.person || e == self || !seen[e].prose) continue;
    const uint32_t distance = s.sentence[t] - seen[e].last_sentence;
    if (distance > kPronounWindow || (wanted != 0 && gender[e] != 0 && gender[e] != wanted))
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

LocalEntity Resolver::best_thing(uint32_t t) const {
  const LocalEntity self = own_subject(t);
  // "The minister supports it": what somebody does something to, before who does.
  const bool object = d.deprel.size() == s.size() && d.deprel[t] == doc::Deprel::obj;
  const auto acted_on = [&](LocalEntity e) {
    const auto type = d.entities[e].type;
    return seen[e].object && (type == core.work || type == core.event || type == core.initiative ||
                              type == core.product);
  };
  LocalEntity best = doc::kNoEntity;
  float best_score = -100;
  for (const LocalEntity e : recent) {
    const auto type = d.entities[e].type;
    if (type == core.person || type == core.position || type == core.theme ||
        type == core.industry || type == core.group || e == self || !seen[e].prose) {
      continue;
    }
    const uint32_t distance = s.sentence[t] - seen[e].last_sentence;
    if (distance > 1) continue;
    const float score = -2.0F * static_cast<float>(distance) + (seen[e].subject ? 2.0F : 0.0F) +
                        (type == core.organization ? 1.0F : 0.0F) +
                        (object && acted_on(e) ? 3.5F : 0.0F) +
                        0.1F * static_cast<float>(std::min(seen[e].count, 10U)) +
                        0.0001F * static_cast<float>(seen[e].last_token);
    if (score > best_score) {
      best = e;
      best_score = score;
    }
  }
  return best;
}

bool Resolver::pronoun(uint32_t t) {
  const auto& w = s.lower[t];
  LocalEntity e = doc::kNoEntity;
  if (w == "he" || w == "him" || w == "his") {
    e = best_person(t, 'm');
    if (e != doc::kNoEntity) gender[e] = 'm';
  } else if (w == "she" || w == "her") {
    e = best_person(t, 'f');
    if (e != doc::kNoEntity) gender[e] = 'f';
  } else if (w == "its") {
    e = best_thing(t);
  } else if (w == "it" && d.deprel.size() == s.size() && d.deprel[t] != doc::Deprel::expl) {
    e = best_thing(t);
  }
  if (e == doc::kNoEntity) return false;
  refer({t, t + 1}, e, doc::JoinRule::pronoun);
  return true;
}

void Resolver::walk() {
  size_t next = 0;
  for (uint32_t t = 0; t < s.size(); ++t) {
    while (next < d.mentions.size() && d.mentions[next].tokens.begin <= t) note(d.mentions[next++]);
    forget(t);
    if (sets.empty() || sets.back().first != s.sentence[t]) enter(s.sentence[t]);
    if (covered[t] || !s.usable[t]) continue;
    if (by_head(t) || describe(t) || thing(t) || title(t) || by_age(t) || several(t) ||
        one_of_two(t)) {
      t = found.back().tokens.end - 1;
      continue;
    }
    if (!relative(t)) pronoun(t);
  }
}

void Resolver::finish() {
  d.mentions.insert(d.mentions.end(), found.begin(), found.end());
  std::stable_sort(d.mentions.begin(), d.mentions.end(), [](const auto& a, const auto& b) {
    return a.tokens.begin != b.tokens.begin ? a.tokens.begin < b.tokens.begin
                                            : a.tokens.end > b.tokens.end;
  });
  for (const auto& m : d.mentions) {
    auto& entity = d.entities[m.entity];
    const auto span = d.byte_span(m.tokens);
    // "Premier Li Qiang" and "Li Qiang" inside it are one place in the text.
    if (!entity.mentions.empty() && span.begin < entity.mentions.back().end) continue;
    if (m.rule != doc::JoinRule::name) entity.joined.push_back({span, m.rule});
    if (m.form != MentionForm::pronoun) entity.mentions.push_back(span);
  }
  for (auto& e : d.entities) {
    std::stable_sort(e.aliases.begin(), e.aliases.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
  }
}

void Resolver::run() {
  prepare();
  walk();
  finish();
}

}  // namespace

void resolve_references(Sketch& sketch) { Resolver(sketch).run(); }

}  // namespace weft::extract
