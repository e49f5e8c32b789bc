// Reads JSON files of our own (schema, lexicons) with errors that name line and column.
#pragma once

#include <rapidjson/document.h>

#include <filesystem>
#include <string_view>

namespace weft::core {

/// Parses the file (UTF-8; comments are not allowed). Throws SetupError with file, line and column
/// on a fault.
rapidjson::Document read_json_file(const std::filesystem::path& path);

/// The string member `name` of `object`, or throws SetupError naming `file` and the member. The
/// view lives as long as the document.
std::string_view required_string(const rapidjson::Value& object, const char* name,
                                 std::string_view file);
/// The string member `name` of `object`, or `otherwise` if it is absent or null.
std::string_view optional_string(const rapidjson::Value& object, const char* name,
                                 std::string_view otherwise = {});

}  // namespace weft::core
