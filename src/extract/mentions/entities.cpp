// One entity for one thing: joins the drafts of a document that name the same.
//
// Method: union-find over drafts. Joined are: bracketed short forms, equal names of one type, one
// gazetteer entry, a person's surname or given name with the one full name that holds it, a place
// with and without its kind ("Jiangxi Province"), acronyms with the name whose initials they are,
// and a short form with the longer name it begins or ends. A short form that fits two names is that
// of the one named before, clearly more often or in the title; else it stands apart. Names are
// compared with those that share a word, a beginning, an end or initials with them, found by maps,
// so that the cost stays near-linear in the drafts.
#include <algorithm>

#include "extract/mentions/joiner.h"
#include "text/fold.h"
#include "text/words.h"

namespace weft::extract {

namespace {

constexpr size_t kMaxDrafts = 20000;  // of one document; what is beyond is left out

}  // namespace

std::vector<std::string> words_of(std::string_view key) {
  const std::vector<std::string_view> words = text::words(key);
  return {words.begin(), words.end()};
}

/// Drops drafts that repeat a span, cross another or have no name.
void Joiner::clean() {
  std::vector<uint32_t> order(s.drafts.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
    const auto &x = s.drafts[a], &y = s.drafts[b];
    if (x.tokens.begin != y.tokens.begin) return x.tokens.begin < y.tokens.begin;
    if (x.tokens.end != y.tokens.end) return x.tokens.end > y.tokens.end;
    return x.confidence > y.confidence;
  });
  std::vector<uint32_t> renumber(s.drafts.size(), kNone);
  std::vector<Draft> kept;
  std::vector<core::TokenSpan> open;
  for (const uint32_t i : order) {
    auto& d = s.drafts[i];
    while (!open.empty() && open.back().end <= d.tokens.begin) open.pop_back();
    const bool crosses =
        !open.empty() && (d.tokens.end > open.back().end || d.tokens == open.back());
    if (d.key.empty() || crosses || kept.size() >= kMaxDrafts) continue;
    open.push_back(d.tokens);
    renumber[i] = static_cast<uint32_t>(kept.size());
    kept.push_back(std::move(d));
  }
  s.drafts = std::move(kept);
  std::vector<std::pair<uint32_t, uint32_t>> same;
  for (const auto& [a, b] : s.same) {
    if (renumber[a] != kNone && renumber[b] != kNone) same.emplace_back(renumber[a], renumber[b]);
  }
  s.same = std::move(same);
  parent.resize(s.drafts.size());
  std::iota(parent.begin(), parent.end(), 0U);
}

void Joiner::join_equal() {
  for (const auto& [a, b] : s.same) join(a, b, doc::JoinRule::bracket);
  std::map<TypedName, uint32_t> first;
  std::map<uint32_t, uint32_t> entries;
  for (uint32_t i = 0; i < s.drafts.size(); ++i) {
    const auto& d = s.drafts[i];
    const auto [it, fresh] = first.try_emplace(name_of(i), i);
    if (!fresh) join(it->second, i, doc::JoinRule::name);
    if (d.entry.valid()) {
      const auto [e, is_new] = entries.try_emplace(d.entry.value, i);
      if (!is_new) join(e->second, i, doc::JoinRule::gazetteer);
    }
  }
}

void Joiner::list_names() {
  std::map<std::pair<uint16_t, std::string>, bool> seen;
  names.clear();
  for (uint32_t i = 0; i < s.drafts.size(); ++i) {
    const auto& d = s.drafts[i];
    if (seen.emplace(std::pair{d.type.value, d.key}, true).second)
      names.push_back({i, d.type == core.person ? person_words(d.key) : words_of(d.key)});
  }
}

/// "General Secretary Xi Jinping": the longer mention and its alias.
void Joiner::add_titled(uint32_t index, doc::LocalEntity entity) {
  const auto& d = s.drafts[index];
  uint32_t begin = d.tokens.begin;
  const uint32_t start = s.sentence_start(begin);
  while (begin > start && s.lists.personal_titles.has(s.lower[begin - 1]) && s.capital[begin - 1])
    --begin;
  for (uint32_t from = 0;;) {  // the first title that ends there, then the first behind it
    const auto& ends = title_ends[begin];
    const auto next = std::lower_bound(ends.begin(), ends.end(), from);
    if (next == ends.end() || begin == start) break;  // the line before may end in a title
    from = *next + 1;
    begin = s.titles[*next].tokens.begin;
  }
  // The office's draft may take in its body: "FSC Vice Chairman Kwon Dae-hyun".
  uint32_t office = kNone;
  for (uint32_t end = std::max(begin, start + 1); end <= d.tokens.begin; ++end)
    for (const uint32_t i : office_ends[end])
      if (s.drafts[i].tokens.begin < begin) office = std::min(office, i);
  if (office != kNone) {
    if (begin < d.tokens.begin) ++counts[entity][s.text({begin, d.tokens.end})];
    begin = s.drafts[office].tokens.begin;
  }
  if (begin == d.tokens.begin) return;
  const core::TokenSpan span{begin, d.tokens.end};
  ++counts[entity][s.text(span)];
  doc::Mention mention;
  mention.tokens = span;
  mention.head = s.head_of(span);
  mention.entity = entity;
  mention.type = core.person;
  mention.rule = doc::JoinRule::titled;
  mention.confidence = d.confidence;
  s.document.mentions.push_back(mention);
}

/// True if all words are in capitals, as in datelines.
bool Joiner::shouted(core::TokenSpan span) const {
  for (uint32_t t = span.begin; t < span.end; ++t)
    if (s.all_capitals[t] == 0) return false;
  return true;
}

void Joiner::build_entity(const std::vector<uint32_t>& members) {
  auto& document = s.document;
  const auto id = static_cast<doc::LocalEntity>(document.entities.size());
  doc::Entity entity;
  // The members' types vote by confidence; the label is the fullest form of that type.
  std::map<uint16_t, float> votes;
  for (const uint32_t i : members) votes[s.drafts[i].type.value] += s.drafts[i].confidence;
  const auto best = std::max_element(votes.begin(), votes.end(),
                                     [](auto& a, auto& b) { return a.second < b.second; });
  entity.type = schema::TypeId(best->first);
  size_t length = 0;
  bool plain = false, loud_label = false;
  counts.emplace_back();
  for (const uint32_t i : members) {
    const auto& d = s.drafts[i];
    ++counts[id][d.label];
    for (const auto& a : d.aliases) ++counts[id][a];
    const size_t size = d.key.size();
    const bool loud = entity.type == core.place && shouted(d.tokens);
    const bool better = !d.headline && !plain          ? true
                        : d.headline && plain          ? false
                        : size == length && loud_label ? !loud
                                                       : size > length;
    if (entity.label.empty() || better) {
      entity.label = d.label;
      length = size;
      plain = !d.headline;
      loud_label = loud;
    }
    if (entity.kind.empty()) entity.kind = d.kind;
    if (d.entry.valid() && entity.link.empty() &&
        s.lists.schema.gazetteer[d.entry].type == entity.type) {
      const auto& e = s.lists.schema.gazetteer[d.entry];
      entity.link = e.key;
      if (!e.kind.empty()) entity.kind = e.kind;
      // A dateline alone names it: "NANNING, Dec. 15".
      if (loud_label && text::fold(e.name) == text::fold(entity.label)) entity.label = e.name;
    }
  }
  if (entity.type == core.place && entity.kind.empty()) entity.kind = "other";
  if (entity.type != core.place) entity.kind.clear();
  for (const uint32_t i : members) {
    auto& d = s.drafts[i];
    d.entity = id;
    doc::Mention mention;
    mention.tokens = d.tokens;
    mention.head = s.head_of(d.tokens);
    mention.entity = id;
    mention.type = entity.type;
    mention.form = d.form;
    mention.rule = d.rule;
    if (const auto it = why.find(name_of(i)); it != why.end() && d.label != entity.label)
      mention.rule = it->second;
    mention.confidence = d.confidence;
    document.mentions.push_back(mention);
    if (entity.type == core.person) add_titled(i, id);
  }
  document.entities.push_back(std::move(entity));
}

void Joiner::build() {
  title_ends.resize(s.size() + 1);
  office_ends.resize(s.size() + 1);
  for (uint32_t i = 0; i < s.titles.size(); ++i) title_ends[s.titles[i].tokens.end].push_back(i);
  for (uint32_t i = 0; i < s.drafts.size(); ++i)
    if (s.drafts[i].type == core.position) office_ends[s.drafts[i].tokens.end].push_back(i);
  std::map<uint32_t, std::vector<uint32_t>> clusters;
  for (uint32_t i = 0; i < s.drafts.size(); ++i) clusters[find(i)].push_back(i);
  for (const auto& [root, members] : clusters)
    if (std::any_of(members.begin(), members.end(),
                    [this](uint32_t i) { return !s.drafts[i].guess; }))
      build_entity(members);
  for (size_t e = 0; e < counts.size(); ++e) {
    auto& aliases = s.document.entities[e].aliases;
    for (const auto& [form, count] : counts[e]) aliases.push_back({form, count});
  }
}

void make_entities(Sketch& sketch) {
  Joiner joiner(sketch);
  joiner.drop_own_words();
  joiner.clean();
  joiner.adopt_surnames();
  joiner.adopt_bodies();
  joiner.list_names();
  joiner.join_equal();
  joiner.join_people();
  joiner.join_places();
  joiner.join_short_forms();
  joiner.join_phrases();
  joiner.join_positions();
  joiner.build();
}

}  // namespace weft::extract
