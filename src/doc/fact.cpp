// Names of the qualifiers, as written in files.
#include "doc/fact.h"

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

}  // namespace weft::doc
