// The SQL that makes an empty store, and what makes a store of an older format into one of this.
// Described for readers in schema/meta/store.md.
#pragma once

#include <array>
#include <span>

namespace weft::store {

/// Tables of documents, records and decisions.
extern const char* const kDocumentTables;
/// Tables of settings and of the graph.
extern const char* const kTables;
/// Tables of the graph that format 3 added.
extern const char* const kPlaceTables;
/// Indices of the graph's tables; dropped before the graph is written anew and made after its rows
/// are in (faster than keeping them up to date).
extern const char* const kGraphIndices;
extern const char* const kDropGraph;
/// What people query.
extern const char* const kViews;

struct Migration {
  int from;  // the format that it starts at; it ends at from + 1
  std::array<const char*, 3> steps;
};
/// In order of `from`, one for each older format.
std::span<const Migration> migrations();

}  // namespace weft::store
