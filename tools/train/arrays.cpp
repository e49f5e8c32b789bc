// Linear layers and tables become bytes with a scale for each row; norms, biases and positions stay
// floats. Linear in the numbers.
#include "arrays.h"

#include <cstring>

#include "core/error.h"
#include "core/mapped_file.h"

namespace weft::train {

std::vector<float> ArrayPacker::read(const std::string& name, size_t count, size_t unit) const {
  const std::filesystem::path path = dir_ / (name + ".f32");
  const core::MappedFile file(path);
  const size_t size = file.text().size() / sizeof(float);
  if (file.text().size() % sizeof(float) != 0 || (count != 0 && size != count) || size % unit != 0)
    throw core::SetupError(
        path.string() + " holds " + std::to_string(size) + " numbers, but it should hold " +
        (count ? std::to_string(count) : "a multiple of " + std::to_string(unit)) +
        ". Dump the net again.");
  std::vector<float> out(size);
  std::memcpy(out.data(), file.text().data(), size * sizeof(float));
  return out;
}

void ArrayPacker::linear(const std::string& name, uint32_t in, size_t out) {
  tensors_.add_linear(name, read(name + ".weight", in * out), in, read(name + ".bias", out));
}

void ArrayPacker::floats(const std::string& name, size_t count) {
  tensors_.add_floats(name, read(name, count));
}

void ArrayPacker::norm(const std::string& name, uint32_t width) {
  floats(name + ".weight", width);
  floats(name + ".bias", width);
}

void ArrayPacker::rows(const std::string& name, size_t count, uint32_t width) {
  tensors_.add_rows(name, read(name, count * width, width), width);
}

void ArrayPacker::bert_layer(const std::string& name, uint32_t width, uint32_t hidden) {
  linear(name + ".qkv", width, size_t{3} * width);
  linear(name + ".attended", width, width);
  linear(name + ".in", width, hidden);
  linear(name + ".out", hidden, width);
  norm(name + ".norm1", width);
  norm(name + ".norm2", width);
}

}  // namespace weft::train
