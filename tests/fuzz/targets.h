// What is fuzzed: everything that takes bytes from outside. One row a target; libFuzzer
// (driver.cpp, run by tools/fuzz) and the unit tests (fuzz_test.cpp, a short run with fixed dice)
// both walk the rows. Inputs to begin with, and those that once broke something, stand in
// corpus/NAME/.
#pragma once

#include <span>
#include <string_view>

namespace weft::fuzz {

struct Target {
  std::string_view name;
  std::string_view what;  // full sentence
  /// May throw core::SetupError, which is an answer; all else is a fault.
  void (*run)(std::string_view bytes);
};

std::span<const Target> targets();
/// nullptr if there is none of this name.
const Target* find_target(std::string_view name);

/// Runs a target; a SetupError must have a sentence to say. Aborts if it has none.
void run(const Target& target, std::string_view bytes);

// One function a target, by file.
// ---------------------------------------------------------------------------------------

// read_targets.cpp
void read_text(std::string_view bytes);
void read_html(std::string_view bytes);
void read_json(std::string_view bytes);
void read_packed(std::string_view bytes);
void read_web_archive(std::string_view bytes);
void read_archive(std::string_view bytes);

// data_targets.cpp
void read_record(std::string_view bytes);
void read_model(std::string_view bytes);
void read_schema(std::string_view bytes);

// query_targets.cpp
void ask(std::string_view bytes);

// store_targets.cpp
void open_flipped_store(std::string_view bytes);
void open_changed_store(std::string_view bytes);

}  // namespace weft::fuzz
