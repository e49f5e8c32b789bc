// Names of files under construction, and what is to be done with those that a killed run left
// behind.
#pragma once

#include <filesystem>

namespace weft::core {

/// The file beside `target` in which this process writes what will replace it: "target.tmp<process
/// id>".
std::filesystem::path temporary_beside(const std::filesystem::path& target);

/// Removes temporary files of `target` whose writer is gone: no process of that number runs here,
/// and nobody (on another machine either) holds a lock on the file. Never fails; what can't be
/// removed stays.
void remove_abandoned(const std::filesystem::path& target);

}  // namespace weft::core
