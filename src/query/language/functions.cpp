// The table of functions: the rows of all groups in one list, made once.
#include "query/language/functions.h"

#include "query/language/lexer.h"

namespace weft::query::language {

namespace {

constexpr std::string_view kTemporal[] = {"date",      "datetime", "localdatetime", "time",
                                          "localtime", "duration", "timestamp"};

std::vector<Function> all_functions() {
  std::vector<Function> out;
  for (auto* group : {scalar_functions, list_functions, text_functions, number_functions,
                      graph_functions, evidence_functions})
    for (Function& f : group()) out.push_back(std::move(f));
  return out;
}

}  // namespace

std::span<const Function> functions() {
  static const std::vector<Function> all = all_functions();
  return all;
}

const Function* find_function(std::string_view name) {
  for (const Function& f : functions())
    if (is_word(f.name, name)) return &f;
  return nullptr;
}

bool is_temporal(std::string_view name) {
  const std::string_view group = name.substr(0, name.find('.'));
  for (const std::string_view t : kTemporal)
    if (is_word(t, group)) return true;
  return false;
}

}  // namespace weft::query::language
