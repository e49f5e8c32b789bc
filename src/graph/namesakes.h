// People of one full name in several documents: one person or several?
//
// A document may say where somebody stands: in which country the bodies and places lie that they
// hold offices in or work for, and which seats they hold (mayor of Gejiu). Namesakes are kept apart
// where these contradict each other: no country in common, or at about one time two seats of one
// sort (the mayors of two cities). Who is placed nowhere joins the only namesake there is.
#pragma once

#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "doc/record.h"
#include "schema/gazetteer.h"

namespace weft::graph {

struct Standing {
  std::set<std::string> countries;                      // keys of the gazetteer
  std::set<std::pair<std::string, std::string>> seats;  // office and key of its place
  std::string date;                                     // of the document, ISO 8601, or empty

  bool empty() const { return countries.empty() && seats.empty(); }
  /// Adds countries and seats of another one.
  void merge(Standing other) {
    countries.merge(other.countries);
    seats.merge(other.seats);
  }
};

/// The standing of each entity of a document; empty for all but people.
std::vector<Standing> standings(const doc::Record& record, const schema::Ontology& ontology,
                                const schema::Gazetteer* gazetteer);

/// Numbers of the persons that namesakes with these standings are; 0 for those of whom nothing says
/// which one they are. If nothing contradicts, all are 1. O(n log n).
std::vector<uint32_t> tell_apart(std::span<const Standing* const> namesakes);

/// Why two of them are kept apart, as a sentence about `name`.
std::string why_apart(const std::string& name, const Standing& a, const Standing& b,
                      const schema::Gazetteer* gazetteer);

}  // namespace weft::graph
