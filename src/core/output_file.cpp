// Atomic replacement by write, fsync, rename (POSIX rename replaces the target in one step).
#include "core/output_file.h"

#include "core/error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace weft::core {

namespace fs = std::filesystem;

OutputFile::OutputFile(const fs::path& path) : path_(path) {
  if (path_ == "-") {
    file_ = stdout;
    return;
  }
  std::error_code ignored;
  if (fs::is_directory(path_, ignored))
    throw SetupError("Can't write " + path_.string() + ": it is a folder. Name a file.", ExitCode::broken_file);
  temporary_ = path_;
  temporary_ += ".tmp" + std::to_string(::getpid());
  const int fd = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0)
    throw SetupError("Can't write " + path_.string() + ": " + std::strerror(errno) + ".", ExitCode::broken_file);
  file_ = ::fdopen(fd, "wb");
  if (!file_) {
    const int error = errno;
    ::close(fd);
    ::unlink(temporary_.c_str());
    throw SetupError("Can't write " + path_.string() + ": " + std::strerror(error) + ".", ExitCode::broken_file);
  }
}

OutputFile::~OutputFile() {
  if (!file_ || file_ == stdout) return;
  std::fclose(file_);
  std::error_code ignored;
  fs::remove(temporary_, ignored);
}

void OutputFile::fail(int error) {
  throw SetupError("Can't write " + path_.string() + ": " + std::strerror(error) +
                       ". Nothing was left behind; free some space or choose another place with -o.",
                   ExitCode::broken_file);
}

void OutputFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) fail(errno);
}

void OutputFile::commit() {
  if (std::fflush(file_) != 0) fail(errno);
  if (file_ == stdout) return;
  if (::fsync(::fileno(file_)) != 0) fail(errno);
  const int closed = std::fclose(file_);
  file_ = nullptr;
  std::error_code error;
  if (closed == 0) {
    fs::rename(temporary_, path_, error);
    if (!error) return;
  }
  const int reason = closed == 0 ? error.value() : errno;
  fs::remove(temporary_, error);
  fail(reason);
}

}  // namespace weft::core
