// Whether a store is whole: every text, record, reference and piece of evidence is read and
// compared.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"

namespace weft::graph {

struct Verification {
  uint64_t documents = 0, evidence = 0;
  std::vector<std::string> faults;  // full sentences; at most a hundred
};

/// Never throws for what is in the file: what can't be read is a fault.
Verification verify(const store::Store& store, const schema::Ontology& ontology);

}  // namespace weft::graph
