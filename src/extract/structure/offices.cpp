// Problem: "Energy Minister Y said" names an office whose body or country stands elsewhere in the
// text. Method: a body of the document whose name has all words of the office's field ("Minister of
// Energy": the Ministry of Energy; "museum director": the Lindenhof Museum), the one named most;
// else what the office's last words ask for (a list: a mayor has a city, a judge a court), named
// within the last sentences, of bodies rather a subject than what a phrase only mentions; else, for
// a minister or president, the country that the document is about.
// Cost: the words of an office times the bodies that share one, whose number is bounded.
#include "extract/structure/offices.h"

#include <algorithm>

#include "text/fold.h"
#include "text/words.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::LocalEntity;

constexpr uint32_t kNear = 2;          // sentences
constexpr uint32_t kMainMentions = 3;  // what a document is about comes back
constexpr std::string_view kCountry = "country";
constexpr uint32_t kPhrase = 6;      // tokens from a name back to its preposition
constexpr size_t kOtherWords = 3;    // "ministry of the" beside the field
constexpr size_t kMostBodies = 200;  // that share a word of the office's field

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

OfficeScope::OfficeScope(const schema::Schema& schema, const doc::Document& document)
    : schema_(schema),
      document_(document),
      counts_(document.entities.size()),
      words_(document.entities.size()) {
  for (const doc::Mention& m : document.mentions)
    if (m.entity != kNoEntity) ++counts_[m.entity];
  for (LocalEntity e = 0; e < document.entities.size(); ++e) {
    if (document.entities[e].type != schema.ontology.core().organization) continue;
    for (const auto& alias : document.entities[e].aliases) {
      const std::string key = text::fold(alias.form);
      for (const std::string_view word : text::words(key))
        if (!contains(words_[e], word)) words_[e].emplace_back(word);
    }
    for (const std::string& w : words_[e])
      if (auto& bodies = by_word_[w]; bodies.size() < kMostBodies) bodies.push_back(e);
  }
  main_country_ = main_country();
}

/// What the office is for: its words without its last word (or what stands before "of"), ranks and
/// the like.
std::vector<std::string> OfficeScope::portfolio(const doc::Mention& office) const {
  const schema::WordList& ranks = schema_.lexicons.list("mention_office_ranks");
  const schema::WordList& heads = schema_.lexicons.list("mention_position_heads");
  std::vector<std::string> out;
  for (uint32_t t = office.tokens.begin; t < office.tokens.end; ++t) {
    const std::string word = text::fold(document_.norm_of(t));
    if (!ranks.has(word) && !heads.has(word)) out.push_back(word);
  }
  return out;
}

/// "Minister of Energy" is of a ministry; "club president" of what a name calls a club.
LocalEntity OfficeScope::by_portfolio(const doc::Mention& office) const {
  const std::vector<std::string> wanted = portfolio(office);
  if (wanted.empty()) return kNoEntity;
  const std::string first = text::fold(document_.norm_of(office.tokens.begin));
  const std::string last = text::fold(document_.norm_of(office.tokens.end - 1));
  const bool minister = first == "minister" || last == "minister" || last == "secretary" ||
                        first == "secretary" || first == "under";
  const auto found = by_word_.find(wanted.front());
  if (found == by_word_.end() || (!minister && (wanted.size() > 1 || first != wanted[0])))
    return kNoEntity;
  const schema::WordList& heads = schema_.lexicons.list("organization_heads");
  const auto fits = [&](LocalEntity e) {
    const std::vector<std::string>& name = words_[e];
    if (!minister)
      return heads.has(wanted[0]) && (name.front() == wanted[0] || name.back() == wanted[0]);
    // The Trade Minister of Kenya is none of the Ministry of Trade and Integration.
    return name.size() <= wanted.size() + kOtherWords &&
           (contains(name, "ministry") || contains(name, "department")) &&
           std::all_of(wanted.begin(), wanted.end(),
                       [&](const std::string& w) { return contains(name, w); });
  };
  LocalEntity best = kNoEntity;
  for (const LocalEntity e : found->second)
    if (fits(e) && (best == kNoEntity || counts_[e] > counts_[best])) best = e;
  return best;
}

/// A place is of one of the kinds; the name of a body has one of them as a word.
bool OfficeScope::fits(LocalEntity entity, const Scope& scope) const {
  const doc::Entity& e = document_.entities[entity];
  if (e.type != scope.type) return false;
  if (scope.kinds.empty()) return true;
  if (e.type != schema_.ontology.core().organization)
    return !e.kind.empty() && scope.kinds.find(e.kind) != std::string_view::npos;
  const std::vector<std::string_view> kinds = text::words(scope.kinds);
  return std::any_of(words_[entity].begin(), words_[entity].end(), [&](const std::string& w) {
    return std::find(kinds.begin(), kinds.end(), w) != kinds.end();
  });
}

bool OfficeScope::is_subject(const doc::Mention& m) const {
  if (document_.deprel.size() != document_.token_count()) return false;
  const auto subject = [&](uint32_t t) {
    const auto r = document_.deprel[t];
    return r == doc::Deprel::nsubj || r == doc::Deprel::nsubj_pass;
  };
  uint32_t head = m.head;  // "Kenya and [Ghana] agreed"
  if (document_.deprel[head] == doc::Deprel::conj && document_.head[head] < head)
    head = document_.head[head];
  const uint32_t owned = document_.head[m.head];
  return subject(head) || (document_.deprel[m.head] == doc::Deprel::nmod_poss &&
                           owned < document_.token_count() && subject(owned));
}

bool OfficeScope::is_modifier(const doc::Mention& m) const {
  if (document_.deprel.size() != document_.token_count()) return false;
  const auto r = document_.deprel[m.head];
  return r == doc::Deprel::compound || r == doc::Deprel::amod;
}

/// "a deal with China and France", "talks with Washington": the country that another deals with.
bool OfficeScope::is_counterpart(const doc::Mention& m) const {
  const doc::Document& d = document_;
  if (d.deprel.size() != d.token_count() || d.head.size() != d.token_count()) return false;
  const auto sentence = d.sentence(d.sentence_of(m.tokens.begin));
  uint32_t head = m.head;
  for (int i = 0; i < 3 && d.deprel[head] == doc::Deprel::conj; ++i) {
    if (d.head[head] == doc::kNoToken || !sentence.contains(d.head[head])) return false;
    head = d.head[head];
  }
  if (d.deprel[head] == doc::Deprel::obj) return true;
  const uint32_t begin = std::max(sentence.begin, head > kPhrase ? head - kPhrase : 0U);
  for (uint32_t t = head; t-- > begin;)
    if (d.deprel[t] == doc::Deprel::case_ && d.head[t] == head)
      return schema_.lexicons.list("mention_counterpart_links").has(text::fold(d.norm_of(t)));
  return false;
}

LocalEntity OfficeScope::nearest(const doc::Mention& office, const Scope& scope) const {
  const auto& all = document_.mentions;
  const uint32_t sentence = document_.sentence_of(office.tokens.begin);
  auto it = std::lower_bound(
      all.begin(), all.end(), office.tokens.begin,
      [](const doc::Mention& m, uint32_t begin) { return m.tokens.begin < begin; });
  LocalEntity last = kNoEntity, counterpart = kNoEntity;
  while (it != all.begin()) {
    --it;
    if (sentence - document_.sentence_of(it->tokens.begin) > kNear) break;
    if (it->entity == kNoEntity || !fits(it->entity, scope)) continue;
    if (is_subject(*it)) return it->entity;
    // "an exercise with US forces": what only says which forces has no minister in this story.
    if (scope.kinds == kCountry && is_modifier(*it)) continue;
    if (scope.kinds == kCountry && is_counterpart(*it)) {
      if (counterpart == kNoEntity) counterpart = it->entity;
      continue;
    }
    if (last == kNoEntity) last = it->entity;
  }
  return last != kNoEntity ? last : counterpart;
}

/// The country that the document names most, if it comes back and no other is named as often.
LocalEntity OfficeScope::main_country() const {
  LocalEntity best = kNoEntity;
  bool alone = false;
  for (LocalEntity e = 0; e < counts_.size(); ++e) {
    if (!fits(e, {schema_.ontology.core().place, kCountry})) continue;
    if (best == kNoEntity || counts_[e] > counts_[best]) {
      best = e;
      alone = true;
    } else if (counts_[e] == counts_[best]) {
      alone = false;
    }
  }
  return best != kNoEntity && alone && counts_[best] >= kMainMentions ? best : kNoEntity;
}

OfficeScope::Answer OfficeScope::of(const doc::Mention& office) const {
  if (const LocalEntity body = by_portfolio(office); body != kNoEntity) return {body, 0.6F};
  const std::string* value = scope_of(office);
  if (value == nullptr) return {};
  const std::string first = text::fold(document_.norm_of(office.tokens.begin));
  const bool bare = portfolio(office).empty();
  const bool one_word = office.tokens.size() - (first == "vice" || first == "deputy") == 1;
  bool country = false;
  for (std::string_view rest = *value; !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find('|'));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    const size_t colon = std::min(one.find(':'), one.size());
    const Scope scope{schema_.ontology.type(one.substr(0, colon)),
                      colon < one.size() ? one.substr(colon + 1) : std::string_view()};
    country |= scope.kinds == kCountry;
    // An energy minister is not of whatever ministry was named last.
    if (!rest.empty() && !one_word && scope.type == schema_.ontology.core().organization) continue;
    if (const LocalEntity e = nearest(office, scope); e != kNoEntity) return {e, 0.5F};
  }
  // A bare "minister" or a vice president may be anybody's.
  if (!country || first == "vice" || (first == "minister" && bare)) return {};
  return {main_country_, 0.45F};
}

/// The list's value of the office's last two words or its last one: "state premier", "premier";
/// "Minister of Finance" is a minister.
const std::string* OfficeScope::scope_of(const doc::Mention& office) const {
  const schema::WordList& list = schema_.lexicons.list("mention_office_scope");
  const uint32_t end = office.tokens.end;
  const std::string last = text::fold(document_.norm_of(end - 1));
  if (office.tokens.size() > 1)
    if (const auto* value = list.value(text::fold(document_.norm_of(end - 2)) + ' ' + last))
      return value;
  if (const auto* value = list.value(last)) return value;
  return text::fold(document_.norm_of(office.tokens.begin)) == "minister" ? list.value("minister")
                                                                          : nullptr;
}

}  // namespace weft::extract
