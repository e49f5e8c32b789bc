// From the float weights of the Python training to a model file.
#pragma once

#include <filesystem>

namespace weft::train {

/// Reads net.json and the arrays NAME.f32 of `dir` (an accurate net's vocab.txt, too), quantises
/// the large ones and writes a model of the tier that net.json names. SetupError if an array is
/// missing or of another size than net.json says.
void pack(const std::filesystem::path& dir, const std::filesystem::path& out);

}  // namespace weft::train
