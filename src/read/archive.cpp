// Reads archives through libarchive (BSD), which streams: an entry is unpacked as it is read, and
// never to the disk. Bombs are stopped by what has come out of the archive so far, against what has
// gone in and against a fixed bound; bombs that nest are stopped by the depth that ItemStream
// allows. Linear in the unpacked bytes.
#include "read/archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <utility>

#include "read/encoding.h"

namespace weft::read {

namespace {

constexpr size_t kBuffer = 1u << 17;
constexpr uint64_t kRatioFree = 1u << 20;

}  // namespace

struct ArchiveReader::State {
  archive* handle = archive_read_new();
  archive_entry* at = nullptr;
  std::optional<ByteSource> source;
  ArchiveLimits limits;
  uint64_t given = 0, read = 0;
  Stop stop;

  ~State() { archive_read_free(handle); }

  void fail(std::string message) {
    if (!stop) stop.message = std::move(message);
  }

  void fail_as_told() {
    const char* told = archive_error_string(handle);
    fail("The archive is damaged or of a kind that can't be read (" +
         std::string(told ? told : "unknown error") +
         "). Unpack it yourself, or fetch a good copy.");
  }

  void support() {
    archive_read_support_filter_all(handle);
    archive_read_support_format_tar(handle);
    archive_read_support_format_gnutar(handle);
    archive_read_support_format_zip(handle);
  }

  static la_ssize_t give(archive*, void* self, const void** buffer) {
    State& s = *static_cast<State*>(self);
    const std::string_view piece = s.source->next();
    if (s.source->stop()) s.fail(s.source->stop().message);
    s.read += piece.size();
    *buffer = piece.data();
    return static_cast<la_ssize_t>(piece.size());
  }

  int64_t take(char* buffer, size_t size, std::string& fault) {
    if (stop) {
      fault = stop.message;
      return -1;
    }
    const la_ssize_t n = archive_read_data(handle, buffer, size);
    if (n < 0) {
      const char* told = archive_error_string(handle);
      fault = "It can't be unpacked (" + std::string(told ? told : "unknown error") + ").";
      return -1;
    }
    given += static_cast<uint64_t>(n);
    const uint64_t packed = std::max<uint64_t>(
        1, source ? read : static_cast<uint64_t>(archive_filter_bytes(handle, -1)));
    if (given > kRatioFree && given / limits.max_ratio > packed)
      fail("It unpacks to more than " + std::to_string(limits.max_ratio) +
           " times its size, as a decompression bomb does. Unpack it yourself if you trust it, or "
           "raise --max-ratio.");
    else if (limits.max_bytes > 0 && given > limits.max_bytes)
      fail("It unpacks to more than " + std::to_string(limits.max_bytes >> 20) +
           " MiB. Unpack it yourself if you trust it, or raise --max-unpacked.");
    if (stop) {
      fault = stop.message;
      return -1;
    }
    return n;
  }
};

ArchiveReader::ArchiveReader(const std::filesystem::path& path, ArchiveLimits limits)
    : state_(std::make_unique<State>()) {
  state_->limits = limits;
  state_->support();
  if (archive_read_open_filename(state_->handle, path.c_str(), kBuffer) != ARCHIVE_OK)
    state_->fail_as_told();
}

ArchiveReader::ArchiveReader(ByteSource source, ArchiveLimits limits)
    : state_(std::make_unique<State>()) {
  state_->limits = limits;
  state_->source.emplace(std::move(source));
  state_->support();
  if (archive_read_open(state_->handle, state_.get(), nullptr, State::give, nullptr) != ARCHIVE_OK)
    state_->fail_as_told();
}

ArchiveReader::~ArchiveReader() = default;

std::optional<std::string> ArchiveReader::next() {
  State& s = *state_;
  while (!s.stop) {
    const int result = archive_read_next_header(s.handle, &s.at);
    if (result == ARCHIVE_EOF) return std::nullopt;
    if (result < ARCHIVE_WARN) {
      s.fail_as_told();
      return std::nullopt;
    }
    if (archive_entry_filetype(s.at) != AE_IFREG) continue;
    const char* name = archive_entry_pathname_utf8(s.at);
    if (!name) name = archive_entry_pathname(s.at);
    return to_utf8(name ? name : "unnamed", "").text;
  }
  return std::nullopt;
}

ByteSource ArchiveReader::entry() {
  State* state = state_.get();
  return {[state](char* buffer, size_t size, std::string& fault) {
            return state->take(buffer, size, fault);
          },
          state->limits.max_ratio};
}

const Stop& ArchiveReader::stop() const { return state_->stop; }

}  // namespace weft::read
