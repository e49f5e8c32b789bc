// A cast of names with known types, marked in a text without any model of names: the tests of
// patterns must not fail because a name was missed.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "doc/document.h"
#include "schema/schema.h"

namespace weft::tests {

inline const std::vector<std::pair<std::string, std::string>>& cast() {
  static const std::vector<std::pair<std::string, std::string>> kCast = {
      {"Maria Lopez", "Person"},
      {"Juan Perez", "Person"},
      {"Kenya", "Place"},
      {"UNESCO", "Organization"},
      {"Acme Steel", "Organization"},
      {"World Water Forum", "Event"},
      {"Cyclone Nargis", "Event"},
      {"grain talks", "Event"},
      {"general election", "Event"},
      {"first hearing", "Event"},
      {"forest fire", "Event"},
      {"Kibo Island", "Place"},
      {"food security", "Theme"},
      {"tourism", "Industry"},
      {"Green Wall Initiative", "Initiative"},
      {"Global Water Report", "Work"},
      {"Water Accord", "Work"},
      {"Nairobi Library", "Facility"},
      {"Falcon 3", "Product"},
      {"chief auditor", "Position"}};
  return kCast;
}

/// Marks the cast's names in a parsed document as mentions of entities.
inline void add_cast(doc::Document& d, const schema::Ontology& ontology) {
  for (const auto& [name, type] : cast()) {
    const auto entity = static_cast<doc::LocalEntity>(d.entities.size());
    doc::Entity e;
    e.type = ontology.type(type);
    e.label = name;
    d.entities.push_back(e);
    for (size_t at = d.text.find(name); at != std::string::npos; at = d.text.find(name, at + 1)) {
      doc::Mention m;
      m.entity = entity;
      m.type = e.type;
      const auto first = std::lower_bound(d.token_begin.begin(), d.token_begin.end(), at);
      const auto last = std::upper_bound(d.token_end.begin(), d.token_end.end(), at + name.size());
      m.tokens = {static_cast<uint32_t>(first - d.token_begin.begin()),
                  static_cast<uint32_t>(last - d.token_end.begin())};
      if (m.tokens.begin >= m.tokens.end) continue;
      m.head = m.tokens.end - 1;
      for (uint32_t t = m.tokens.begin; t < m.tokens.end; ++t)
        if (d.head[t] == doc::kNoToken || !m.tokens.contains(d.head[t])) m.head = t;
      d.mentions.push_back(m);
    }
  }
  std::sort(d.mentions.begin(), d.mentions.end(), [](const doc::Mention& a, const doc::Mention& b) {
    return std::pair(a.tokens.begin, b.tokens.end) < std::pair(b.tokens.begin, a.tokens.end);
  });
}

}  // namespace weft::tests
