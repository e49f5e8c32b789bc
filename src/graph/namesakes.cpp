// Standings are read from the facts holds_position, position_in, works_for, member_of and
// located_in. Namesakes are told apart in two steps, each by connected components: countries that
// one document gives to one person belong together, then seats. Components, not pairs, so that ten
// thousand documents about one person cost O(n log n), and the order of documents can't matter.
#include "graph/namesakes.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "graph/cluster.h"
#include "text/date.h"
#include "text/fold.h"

namespace weft::graph {

namespace {

constexpr int kOneTime = 90;  // days between documents that speak of one time

/// The country that a gazetteer's entry lies in, or nothing.
std::string country_of(const schema::Gazetteer* gazetteer, const std::string& link) {
  if (!gazetteer) return {};
  const schema::GazetteerId country = gazetteer->country_of(gazetteer->by_key(link));
  return country.valid() ? (*gazetteer)[country].key : std::string();
}

/// "mayor" of "Mayor of Gejiu".
std::string office_of(const std::string& label) {
  const std::string key = text::name_key(label);
  return key.substr(0, key.find(" of "));
}

/// Disjoint sets of names.
class Sets {
 public:
  std::string root(const std::string& name) {
    std::string at = name;
    for (auto it = parent_.find(at); it != parent_.end() && it->second != at; it = parent_.find(at))
      at = it->second;
    parent_.try_emplace(at, at);
    return at;
  }
  void unite(const std::string& a, const std::string& b) {
    const std::string x = root(a), y = root(b);
    parent_[std::max(x, y)] = std::min(x, y);
  }

 private:
  std::map<std::string, std::string> parent_;
};

std::string name_of(const std::pair<std::string, std::string>& seat) {
  return seat.first + '\n' + seat.second;
}

/// True if somebody holds one sort of seat in two places at about one time.
bool seats_clash(std::span<const Standing* const> namesakes, Sets& seats) {
  struct Sat {
    std::string office, group;
    int day = 0;
  };
  std::vector<Sat> all;
  for (const Standing* s : namesakes) {
    const auto date = text::from_iso(s->date);
    if (!date || !date->full()) continue;
    for (const auto& seat : s->seats)
      all.push_back({seat.first, seats.root(name_of(seat)), text::days_from_civil(*date)});
  }
  std::sort(all.begin(), all.end(), [](const Sat& a, const Sat& b) {
    return std::tie(a.office, a.day, a.group) < std::tie(b.office, b.day, b.group);
  });
  for (size_t i = 1; i < all.size(); ++i)
    if (all[i].office == all[i - 1].office && all[i].group != all[i - 1].group &&
        all[i].day - all[i - 1].day <= kOneTime)
      return true;
  return false;
}

}  // namespace

std::vector<Standing> standings(const doc::Record& record, const schema::Ontology& ontology,
                                const schema::Gazetteer* gazetteer) {
  const auto holds = ontology.relation("holds_position"), in = ontology.relation("position_in");
  const auto works = ontology.relation("works_for"), member = ontology.relation("member_of");
  const auto located = ontology.relation("located_in");
  std::vector<std::set<std::string>> countries(record.entities.size());
  std::vector<std::set<std::string>> places(record.entities.size());  // of offices
  for (size_t e = 0; e < record.entities.size(); ++e) {
    const std::string country = country_of(gazetteer, record.entities[e].link);
    if (!country.empty()) countries[e].insert(country);
  }
  const auto each = [&](schema::RelationId relation, auto&& use) {
    for (const doc::Fact& f : record.facts)
      if (f.relation == relation && f.object != doc::kNoEntity) use(f.subject, f.object);
  };
  each(located, [&](auto body, auto place) {
    if (countries[body].empty()) countries[body] = countries[place];
  });
  each(in, [&](auto office, auto body) {
    countries[office].insert(countries[body].begin(), countries[body].end());
    const doc::Entity& b = record.entities[body];
    if (b.type == ontology.core().place && !b.link.empty() && b.kind != "country")
      places[office].insert(b.link);
  });
  std::vector<Standing> out(record.entities.size());
  const auto stands = [&](auto person, auto body) {
    if (record.entities[person].type != ontology.core().person) return;
    out[person].countries.insert(countries[body].begin(), countries[body].end());
    out[person].date = record.meta.date;
  };
  each(works, stands);
  each(member, stands);
  each(holds, [&](auto person, auto office) {
    stands(person, office);
    for (const std::string& place : places[office])
      out[person].seats.emplace(office_of(record.entities[office].label), place);
  });
  return out;
}

std::vector<uint32_t> tell_apart(std::span<const Standing* const> namesakes) {
  std::vector<uint32_t> out(namesakes.size(), 1);
  Sets countries, seats;
  for (const Standing* s : namesakes) {
    for (const auto& c : s->countries) countries.unite(*s->countries.begin(), c);
    for (const auto& seat : s->seats) seats.unite(name_of(*s->seats.begin()), name_of(seat));
  }
  const bool clash = seats_clash(namesakes, seats);
  std::map<std::string, uint32_t> number;
  std::vector<std::string> group(namesakes.size());
  for (size_t i = 0; i < namesakes.size(); ++i) {
    const Standing& s = *namesakes[i];
    if (clash && !s.seats.empty())
      group[i] = seats.root(name_of(*s.seats.begin()));
    else if (!clash && !s.countries.empty())
      group[i] = countries.root(*s.countries.begin());
    if (!group[i].empty()) number.emplace(group[i], 0);
  }
  if (number.size() < 2) return out;
  uint32_t next = 0;
  for (auto& [name, n] : number) n = ++next;
  for (size_t i = 0; i < namesakes.size(); ++i) out[i] = group[i].empty() ? 0 : number[group[i]];
  return out;
}

std::string why_apart(const std::string& name, const Standing& a, const Standing& b,
                      const schema::Gazetteer* gazetteer) {
  const std::string both = "Both are called \"" + name + "\", but ";
  const auto label = [&](const std::string& key) {
    const auto* entry = entry_of(gazetteer, key);
    return entry ? entry->name : key;
  };
  if (a.empty() || b.empty())
    return both + "several people are, and one of these two is put in no place.";
  const bool common = std::any_of(a.countries.begin(), a.countries.end(),
                                  [&](const std::string& c) { return b.countries.contains(c); });
  if (!a.countries.empty() && !b.countries.empty() && !common)
    return both + "one has an office or employer in " + label(*a.countries.begin()) +
           ", the other in " + label(*b.countries.begin()) + ".";
  if (!a.seats.empty() && !b.seats.empty())
    return both + "one is " + a.seats.begin()->first + " of " + label(a.seats.begin()->second) +
           ", the other " + b.seats.begin()->first + " of " + label(b.seats.begin()->second) + ".";
  return both + "their documents give them different offices.";
}

}  // namespace weft::graph
