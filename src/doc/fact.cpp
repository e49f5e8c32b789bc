// Names of the qualifiers, as written in files.
#include "doc/fact.h"

#include <algorithm>
#include <array>

namespace weft::doc {

std::string_view name(Modality m) {
  switch (m) {
    case Modality::asserted:
      return "asserted";
    case Modality::directive:
      return "directive";
    case Modality::planned:
      return "planned";
    case Modality::possible:
      return "possible";
  }
  return "asserted";
}

std::string_view name(Polarity p) { return p == Polarity::negative ? "negative" : "positive"; }

Modality modality_from(std::string_view s) {
  for (Modality m : {Modality::directive, Modality::planned, Modality::possible})
    if (s == name(m)) return m;
  return Modality::asserted;
}

Polarity polarity_from(std::string_view s) {
  return s == "negative" ? Polarity::negative : Polarity::positive;
}

namespace {

constexpr std::array<std::string_view, 14> kJoinRules = {
    "name",       "gazetteer", "bracket",     "personal name", "titled",  "place kind", "acronym",
    "short form", "office",    "description", "title",         "pronoun", "called",     "capital"};

}  // namespace

std::string_view name(JoinRule rule) { return kJoinRules[static_cast<size_t>(rule)]; }

JoinRule join_rule_from(std::string_view s) {
  const auto it = std::find(kJoinRules.begin(), kJoinRules.end(), s);
  return it == kJoinRules.end() ? JoinRule::name : static_cast<JoinRule>(it - kJoinRules.begin());
}

}  // namespace weft::doc
