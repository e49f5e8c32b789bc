// Everything here follows from one document alone: the key that an entity may be merged by, and
// where its people stand. So it is made as the records go by, and they need not be kept. Texts are
// interned and folded once each, however many documents have them.
#include "graph/local_entities.h"

#include <algorithm>
#include <map>
#include <set>

#include "graph/cluster.h"
#include "text/fold.h"

namespace weft::graph {

namespace {

constexpr uint32_t kNowhere = 0xffffffffu;

}  // namespace

LocalEntities::LocalEntities(const schema::Ontology& ontology, const schema::Gazetteer* gazetteer)
    : ontology_(&ontology),
      gazetteer_(gazetteer),
      position_in_(ontology.relation("position_in")),
      holds_position_(ontology.relation("holds_position")) {
  texts_.intern("");
}

void LocalEntities::add(const doc::Record& record) {
  const uint32_t first = size();
  first_.push_back(first);
  add_entities(record);
  tie_positions(record, first);
  add_standings(record, first);
}

void LocalEntities::add_entities(const doc::Record& record) {
  // Persons of one name in one document: the text tells them apart.
  std::map<StringId, uint32_t> namesakes;
  for (const doc::Entity& entity : record.entities) {
    LocalEntity item;
    item.label = texts_.intern(entity.label);
    item.kind = texts_.intern(entity.kind);
    item.link = texts_.intern(entity.link);
    item.type = entity.type;
    const schema::GazetteerEntry* known = entry(item.link);
    item.merge_type = known ? known->type : entity.type;
    item.merge_kind = known ? texts_.intern(known->kind) : item.kind;
    item.key = name_key(item.label);
    item.record = static_cast<uint32_t>(first_.size() - 1);
    item.mentions = static_cast<uint32_t>(entity.mentions.size());
    item.first_alias = static_cast<uint32_t>(aliases_.size());
    for (const doc::Alias& a : entity.aliases) aliases_.push_back({texts_.intern(a.form), a.count});
    if (item.merge_type == ontology_->core().person && entity.link.empty()) {
      if (text(item.key).find(' ') == std::string_view::npos) {
        item.key = kNoText;
      } else if (const auto [it, fresh] = namesakes.try_emplace(item.key, size()); !fresh) {
        // Of namesakes in one document the one it speaks of most meets those of other documents.
        LocalEntity& other = all_[it->second];
        if (item.mentions > other.mentions) {
          other.key = kNoText;
          it->second = size();
        } else {
          item.key = kNoText;
        }
      }
    }
    all_.push_back(item);
    first_mention_.push_back(entity.mentions.empty() ? kNowhere : entity.mentions[0].begin);
  }
}

/// "Chief executive" is another office in every body: such offices are the same only where their
/// documents put them in the same body or place or, where they name none, give them to the same
/// people. "Governor of Sichuan" says itself what it is.
void LocalEntities::tie_positions(const doc::Record& record, uint32_t first) {
  std::map<doc::LocalEntity, std::set<std::string_view>> bodies, holders;
  const auto name = [&](doc::LocalEntity e) {
    const LocalEntity& item = all_[first + e];
    return text(item.link != kNoText ? item.link : name_key(item.label));
  };
  for (const doc::Fact& fact : record.facts) {
    if (fact.object == doc::kNoEntity) continue;
    if (fact.relation == position_in_) bodies[fact.subject].insert(name(fact.object));
    if (fact.relation == holds_position_) holders[fact.object].insert(name(fact.subject));
  }
  for (uint32_t i = first; i < size(); ++i) {
    LocalEntity& item = all_[i];
    if (item.merge_type != ontology_->core().position || item.link != kNoText) continue;
    if (text(item.key).find(" of ") != std::string_view::npos) continue;
    const auto& ties = bodies[i - first].empty() ? holders[i - first] : bodies[i - first];
    std::string key(ties.empty() ? std::string_view() : text(item.key));
    for (const std::string_view tie : ties) (key += '\n') += tie;
    item.key = texts_.intern(key);
  }
}

void LocalEntities::add_standings(const doc::Record& record, uint32_t first) {
  const std::vector<Standing> all = standings(record, *ontology_, gazetteer_);
  for (uint32_t e = 0; e < all.size(); ++e) {
    const Standing& s = all[e];
    if (s.empty()) continue;
    placed_.push_back({first + e, texts_.intern(s.date), static_cast<uint32_t>(countries_.size()),
                       static_cast<uint32_t>(seats_.size())});
    for (const std::string& country : s.countries) countries_.push_back(texts_.intern(country));
    for (const auto& [office, place] : s.seats)
      seats_.emplace_back(texts_.intern(office), texts_.intern(place));
  }
}

std::span<const LocalAlias> LocalEntities::aliases(uint32_t i) const {
  const size_t begin = all_[i].first_alias;
  const size_t end = i + 1 < size() ? all_[i + 1].first_alias : aliases_.size();
  return std::span(aliases_).subspan(begin, end - begin);
}

StringId LocalEntities::name_key(StringId id) {
  constexpr core::StringId kUnknown = core::StringPool::kNone;
  if (id >= name_keys_.size()) name_keys_.resize(size_t{texts_.size()} + 1, kUnknown);
  if (name_keys_[id] == kUnknown) {
    const StringId key = texts_.intern(text::name_key(texts_[id]));
    name_keys_[id] = key;
  }
  return name_keys_[id];
}

const schema::GazetteerEntry* LocalEntities::entry(StringId link) const {
  return link == kNoText ? nullptr : entry_of(gazetteer_, std::string(texts_[link]));
}

void LocalEntities::set_merge(uint32_t i, StringId key, StringId kind) {
  all_[i].key = key;
  all_[i].merge_kind = kind;
}

Standing LocalEntities::standing(uint32_t i) const {
  const auto at = std::lower_bound(placed_.begin(), placed_.end(), i,
                                   [](const Placed& p, uint32_t e) { return p.entity < e; });
  Standing out;
  if (at == placed_.end() || at->entity != i) return out;
  const auto next = std::next(at);
  const bool last = next == placed_.end();
  out.date = texts_[at->date];
  for (size_t c = at->first_country; c < (last ? countries_.size() : next->first_country); ++c)
    out.countries.emplace(texts_[countries_[c]]);
  for (size_t s = at->first_seat; s < (last ? seats_.size() : next->first_seat); ++s)
    out.seats.emplace(texts_[seats_[s].first], texts_[seats_[s].second]);
  return out;
}

std::string LocalEntities::origin(uint32_t i, std::string_view document) const {
  const uint32_t at = first_mention_[i];
  return std::string(document) + '\n' + (at == kNowhere ? "" : std::to_string(at)) + '\n' +
         std::to_string(i - first_[all_[i].record]);
}

}  // namespace weft::graph
