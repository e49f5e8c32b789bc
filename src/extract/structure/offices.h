// The body or place of an office that its sentence does not name: "Energy Minister Y", "the museum
// director", "CEO Z".
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"
#include "schema/schema.h"

namespace weft::extract {

/// Made once a document, whose mentions must not change while it is used; not shared.
class OfficeScope {
 public:
  struct Answer {
    doc::LocalEntity body = doc::kNoEntity;
    float confidence = 0;
  };

  OfficeScope(const schema::Schema& schema, const doc::Document& document);

  /// kNoEntity if nothing in the document fits.
  Answer of(const doc::Mention& office) const;

 private:
  struct Scope {
    schema::TypeId type;
    std::string_view kinds;  // of a place, or words of a body's name; empty: any
  };

  doc::LocalEntity by_portfolio(const doc::Mention& office) const;
  doc::LocalEntity nearest(const doc::Mention& office, const Scope& scope) const;
  doc::LocalEntity main_country() const;
  bool fits(doc::LocalEntity entity, const Scope& scope) const;
  /// Of a verb, or what the subject belongs to: "Kenya's parliament voted".
  bool is_subject(const doc::Mention& mention) const;
  bool is_counterpart(const doc::Mention& mention) const;
  bool is_modifier(const doc::Mention& mention) const;  // "US forces"
  const std::string* scope_of(const doc::Mention& office) const;
  std::vector<std::string> portfolio(const doc::Mention& office) const;

  const schema::Schema& schema_;
  const doc::Document& document_;
  doc::LocalEntity main_country_ = doc::kNoEntity;
  std::vector<uint32_t> counts_;                 // mentions of each entity
  std::vector<std::vector<std::string>> words_;  // of each organization's names, folded
  std::map<std::string, std::vector<doc::LocalEntity>> by_word_;
};

}  // namespace weft::extract
