// Every array begins at a multiple of 64 bytes, the width of a register and of a cache line. The
// order of packed weights is that of net_kernels.h: blocks of 16 outputs, groups of 4 inputs.
#include "nlp/net_tensors.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace weft::nlp {

namespace {

constexpr uint64_t kAlign = 64;
constexpr uint32_t kMostRows = 1u << 20;
constexpr uint32_t kWidest = 1u << 20;

constexpr uint64_t aligned(uint64_t bytes) { return (bytes + kAlign - 1) / kAlign * kAlign; }

/// Bytes that an entry takes.
uint64_t size_of(std::string_view kind, uint64_t rows, uint64_t width) {
  if (kind == "floats") return aligned(rows * width * sizeof(float));
  if (kind == "rows") return aligned(rows * width) + aligned(rows * sizeof(float));
  if (kind == "linear") return aligned(padded(rows) * width) + 3 * aligned(padded(rows) * 4);
  return 0;
}

/// Quantises one row; returns its scale. Ties go to even, as in the kernels.
float quantise_row(const float* row, size_t width, std::vector<int8_t>& out) {
  float peak = 0;
  for (size_t i = 0; i < width; ++i) peak = std::max(peak, std::fabs(row[i]));
  out.resize(width);
  for (size_t i = 0; i < width; ++i)
    out[i] = static_cast<int8_t>(peak > 0 ? std::lrint(row[i] / peak * 127) : 0);
  return peak / 127;
}

}  // namespace

Tensors::Tensors(const ModelFile& file) : file_(file), data_(file.section<char>("data")) {
  for (const std::string& line : file.lines("index")) {
    std::istringstream in(line);
    in.imbue(std::locale::classic());
    std::string name;
    Entry e;
    in >> name >> e.kind >> e.rows >> e.width >> e.offset;
    const uint64_t size = in.fail() ? 0 : size_of(e.kind, e.rows, e.width);
    if (e.rows > kMostRows || e.width > kWidest || size == 0)
      file.refuse("its index has the broken line \"" + line + "\"");
    if (e.offset % kAlign != 0 || e.offset > data_.size() || size > data_.size() - e.offset)
      file.refuse("its array " + name + " lies outside the data");
    entries_[name] = e;
  }
}

const Tensors::Entry& Tensors::find(const std::string& name, std::string_view kind) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) file_.refuse("it has no array " + name);
  if (found->second.kind != kind) file_.refuse("its array " + name + " is of another kind");
  return found->second;
}

PackedWeights Tensors::linear(const std::string& name, uint32_t in, uint32_t out) const {
  const Entry& e = find(name, "linear");
  if (e.rows != out || e.width != in || in % 4 != 0)
    file_.refuse("its array " + name + " has another size than the net");
  PackedWeights w;
  w.in = in;
  w.out = static_cast<uint32_t>(padded(out));
  const char* at = data_.data() + e.offset;
  w.weights = reinterpret_cast<const int8_t*>(at);
  at += aligned(uint64_t{w.out} * in);
  w.scale = reinterpret_cast<const float*>(at);
  at += aligned(w.out * 4);
  w.shift = reinterpret_cast<const int32_t*>(at);
  at += aligned(w.out * 4);
  w.bias = reinterpret_cast<const float*>(at);
  return w;
}

std::span<const float> Tensors::floats(const std::string& name, uint32_t count) const {
  const Entry& e = find(name, "floats");
  if (uint64_t{e.rows} * e.width != count)
    file_.refuse("its array " + name + " has another size than the net");
  return {reinterpret_cast<const float*>(data_.data() + e.offset), count};
}

ByteRows Tensors::rows(const std::string& name, uint32_t width) const {
  const Entry& e = find(name, "rows");
  if (e.width != width) file_.refuse("its array " + name + " has another size than the net");
  const char* at = data_.data() + e.offset;
  return {reinterpret_cast<const int8_t*>(at),
          reinterpret_cast<const float*>(at + aligned(uint64_t{e.rows} * width)), e.rows, width};
}

void TensorWriter::begin(const std::string& name, std::string_view kind, size_t rows,
                         size_t width) {
  index_.push_back(name + " " + std::string(kind) + " " + std::to_string(rows) + " " +
                   std::to_string(width) + " " + std::to_string(data_.size()));
}

template <class T>
void TensorWriter::put(std::span<const T> items) {
  data_.append(reinterpret_cast<const char*>(items.data()), items.size_bytes());
  data_.resize(aligned(data_.size()), '\0');
}

void TensorWriter::add_floats(const std::string& name, std::span<const float> values) {
  begin(name, "floats", 1, values.size());
  put(values);
}

void TensorWriter::add_rows(const std::string& name, std::span<const float> values,
                            uint32_t width) {
  const size_t count = values.size() / width;
  begin(name, "rows", count, width);
  std::vector<int8_t> row, bytes;
  std::vector<float> scale;
  for (size_t r = 0; r < count; ++r) {
    scale.push_back(quantise_row(&values[r * width], width, row));
    bytes.insert(bytes.end(), row.begin(), row.end());
  }
  put(std::span<const int8_t>(bytes));
  put(std::span<const float>(scale));
}

void TensorWriter::add_linear(const std::string& name, std::span<const float> weights, uint32_t in,
                              std::span<const float> bias) {
  const size_t out = weights.size() / in, wide = padded(out);
  begin(name, "linear", out, in);
  std::vector<int8_t> row, bytes(wide * in, 0);
  std::vector<float> scale(wide, 0.0f), shifts(wide, 0.0f);
  std::vector<int32_t> sums(wide, 0);
  for (size_t o = 0; o < out; ++o) {
    scale[o] = quantise_row(&weights[o * in], in, row);
    if (!bias.empty()) shifts[o] = bias[o];
    for (size_t k = 0; k < in; ++k) {
      bytes[o / kLanes * kLanes * in + k / 4 * 4 * kLanes + o % kLanes * 4 + k % 4] = row[k];
      sums[o] += 128 * row[k];
    }
  }
  put(std::span<const int8_t>(bytes));
  put(std::span<const float>(scale));
  put(std::span<const int32_t>(sums));
  put(std::span<const float>(shifts));
}

void TensorWriter::write(ModelWriter& writer) const {
  writer.add_lines("index", index_);
  writer.add("data", std::span<const char>(data_));
}

}  // namespace weft::nlp
