// The SQL that makes an empty store. Described for readers in schema/meta/store.md.
#pragma once

namespace weft::store {

extern const char* const kTables;
/// Indices and views, made after the rows are in (faster than keeping them up to date).
extern const char* const kIndices;

}  // namespace weft::store
