// Everything read from schema/ but the models and the relation patterns, in one immutable object
// shared by all threads.
#pragma once

#include <filesystem>

#include "schema/gazetteer.h"
#include "schema/lexicon.h"
#include "schema/ontology.h"

namespace weft::schema {

struct Schema {
  std::filesystem::path dir;
  Ontology ontology;
  Gazetteer gazetteer;
  Lexicons lexicons;

  /// Throws SetupError with file and place on a fault.
  static Schema load(const std::filesystem::path& dir);
};

}  // namespace weft::schema
