// Layout: 64-byte header {magic[8], version, section count, kind[16], file size, checksum, zeros},
// then one 32-byte row a section {name[16], offset, size}, then the sections at multiples of 64, a
// cache line (readers accept multiples of 8). The checksum (a multiply-and-scramble over 8-byte
// words; it detects accidents, not forgery) covers all bytes after the header. Opening costs one
// pass over the file, about a millisecond a megabyte at worst.
#include "nlp/model_file.h"

#include <bit>
#include <cstring>

#include "core/error.h"
#include "core/output_file.h"
#include "nlp/feature.h"

namespace weft::nlp {

namespace {

static_assert(std::endian::native == std::endian::little,
              "model files are little endian and read in place");

constexpr char kMagic[8] = {'W', 'E', 'F', 'T', 'M', 'D', 'L', '\n'};
constexpr uint32_t kVersion = 1;
constexpr uint32_t kMostSections = 64;

struct Header {
  char magic[8];
  uint32_t version;
  uint32_t sections;
  char kind[16];
  uint64_t file_size;
  uint64_t checksum;
  uint64_t reserved[2];
};
static_assert(sizeof(Header) == 64);

struct Row {
  char name[16];
  uint64_t offset;
  uint64_t size;
};
static_assert(sizeof(Row) == 32);

std::string_view fixed(const char (&field)[16]) { return {field, strnlen(field, sizeof field)}; }

void put_fixed(char (&field)[16], std::string_view value) {
  std::memset(field, 0, sizeof field);
  std::memcpy(field, value.data(), std::min(value.size(), sizeof field));
}

core::MappedFile open_or_explain(const std::filesystem::path& path, std::string_view kind) {
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    throw core::SetupError("The model " + path.string() +
                           " is missing. Make it with `tools/train/all " + std::string(kind) +
                           "`, or name another schema folder with --schema.");
  return core::MappedFile(path);
}

}  // namespace

uint64_t model_checksum(std::string_view bytes) {
  uint64_t sum = bytes.size();
  size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + i, 8);
    sum = (sum ^ word) * 0x9e3779b97f4a7c15ull;
    sum ^= sum >> 32;
  }
  for (; i < bytes.size(); ++i) sum = combine(sum, static_cast<unsigned char>(bytes[i]));
  return scramble(sum);
}

ModelFile::ModelFile(const std::filesystem::path& path, std::string_view kind)
    : path_(path), map_(open_or_explain(path, kind)) {
  const std::string_view all = map_.text();
  Header header;
  if (all.size() < sizeof header) refuse("it is too short");
  std::memcpy(&header, all.data(), sizeof header);
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0)
    refuse("it does not begin as a model file does");
  if (header.version != kVersion) refuse("its format is of another version of weft");
  if (fixed(header.kind) != kind) refuse("it holds a model of another kind");
  if (header.file_size != all.size()) refuse("its size is not the size it had when it was written");
  if (header.sections > kMostSections || sizeof header + header.sections * sizeof(Row) > all.size())
    refuse("its table of sections is broken");
  if (model_checksum(all.substr(sizeof header)) != header.checksum)
    refuse("its checksum does not match its bytes");
  for (uint32_t i = 0; i < header.sections; ++i) {
    Row row;
    std::memcpy(&row, all.data() + sizeof header + i * sizeof row, sizeof row);
    if (row.offset % 8 != 0 || row.offset > all.size() || row.size > all.size() - row.offset)
      refuse("its table of sections is broken");
  }
}

void ModelFile::refuse(std::string_view why) const {
  throw core::SetupError(
      "The model " + path_.string() + " can't be used: " + std::string(why) +
      ". Restore it from the repository or train it again with `tools/train/all`.");
}

std::optional<std::string_view> ModelFile::find_if_any(std::string_view name) const {
  const std::string_view all = map_.text();
  Header header;
  std::memcpy(&header, all.data(), sizeof header);
  for (uint32_t i = 0; i < header.sections; ++i) {
    Row row;
    std::memcpy(&row, all.data() + sizeof header + i * sizeof row, sizeof row);
    if (fixed(row.name) == name) return all.substr(row.offset, row.size);
  }
  return std::nullopt;
}

bool ModelFile::has(std::string_view name) const { return find_if_any(name).has_value(); }

std::string_view ModelFile::find(std::string_view name, size_t item_size) const {
  const auto found = find_if_any(name);
  if (!found) refuse("it has no section " + std::string(name));
  if (found->size() % item_size != 0)
    refuse("its section " + std::string(name) + " has an odd size");
  return *found;
}

std::vector<std::string> ModelFile::lines(std::string_view name) const {
  std::string_view rest = find(name, 1);
  std::vector<std::string> out;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    if (end == rest.npos) refuse("its section " + std::string(name) + " is cut off");
    out.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return out;
}

void ModelWriter::add_bytes(std::string_view name, std::string_view bytes) {
  parts_.push_back({std::string(name), std::string(bytes)});
}

void ModelWriter::add_lines(std::string_view name, const std::vector<std::string>& lines) {
  std::string bytes;
  for (const std::string& line : lines) bytes += line + "\n";
  add_bytes(name, bytes);
}

void ModelWriter::write(const std::filesystem::path& path) const {
  std::string body(parts_.size() * sizeof(Row), '\0');
  for (size_t i = 0; i < parts_.size(); ++i) {
    body.resize((body.size() + 63) / 64 * 64, '\0');  // the header has 64 bytes
    Row row;
    put_fixed(row.name, parts_[i].name);
    row.offset = sizeof(Header) + body.size();
    row.size = parts_[i].bytes.size();
    body += parts_[i].bytes;
    std::memcpy(body.data() + i * sizeof row, &row, sizeof row);
  }
  Header header{};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.version = kVersion;
  header.sections = static_cast<uint32_t>(parts_.size());
  put_fixed(header.kind, kind_);
  header.file_size = sizeof header + body.size();
  header.checksum = model_checksum(body);
  core::OutputFile out(path);
  out.write({reinterpret_cast<const char*>(&header), sizeof header});
  out.write(body);
  out.commit();
}

}  // namespace weft::nlp
