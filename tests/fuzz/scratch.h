// A folder for what is loaded from files, and an ontology.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "schema/ontology.h"

namespace weft::fuzz {

namespace fs = std::filesystem;

inline const schema::Ontology& ontology() {
  static const auto loaded = schema::Ontology::load(fs::path(WEFT_SCHEMA_DIR) / "ontology.json");
  return loaded;
}

/// A folder that holds nothing but `name` with these bytes, gone with the object. One at a time.
class Scratch {
 public:
  Scratch(const std::string& name, std::string_view bytes)
      : folder_(fs::temp_directory_path() / ("weft_fuzz_" + std::to_string(::getpid()))),
        file_(folder_ / name) {
    fs::create_directories(folder_);
    std::ofstream(file_, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const fs::path& folder() const { return folder_; }
  const fs::path& file() const { return file_; }

 private:
  fs::path folder_, file_;
};

}  // namespace weft::fuzz
