// Atomic replacement by write, fsync, rename (POSIX rename replaces the target in one step). What a
// symbolic link points to is replaced, not the link; a device or a pipe ("/dev/stdout", ">(gzip)")
// is written to as it is, since renaming over it would destroy it.
#include "core/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/error.h"
#include "core/temporary_file.h"

namespace weft::core {

namespace fs = std::filesystem;

OutputFile::OutputFile(const fs::path& path) : path_(path) {
  if (path_ == "-") {
    file_ = stdout;
    return;
  }
  std::error_code ignored;
  if (fs::is_directory(path_, ignored))
    throw SetupError("Can't write " + path_.string() + ": it is a folder. Name a file.",
                     ExitCode::broken_file);
  const fs::file_status status = fs::status(path_, ignored);
  direct_ = fs::exists(status) && !fs::is_regular_file(status);
  if (!direct_) {
    target_ = fs::is_symlink(path_, ignored) ? fs::weakly_canonical(path_, ignored) : path_;
    remove_abandoned(target_);
    temporary_ = temporary_beside(target_);
  }
  const fs::path& opened = direct_ ? path_ : temporary_;
  const int flags = direct_ ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
  const int fd = ::open(opened.c_str(), flags, 0666);
  if (fd < 0)
    throw SetupError("Can't write " + path_.string() + ": " + std::strerror(errno) + ".",
                     ExitCode::broken_file);
  if (!direct_) {
    // Tells other runs that this file is not abandoned; where locks don't work, nothing is lost.
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    (void)::fcntl(fd, F_SETLK, &lock);
  }
  file_ = ::fdopen(fd, "wb");
  if (!file_) {
    const int error = errno;
    ::close(fd);
    if (!direct_) ::unlink(temporary_.c_str());
    throw SetupError("Can't write " + path_.string() + ": " + std::strerror(error) + ".",
                     ExitCode::broken_file);
  }
}

OutputFile::~OutputFile() {
  if (!file_ || file_ == stdout) return;
  std::fclose(file_);
  std::error_code ignored;
  if (!direct_) fs::remove(temporary_, ignored);
}

void OutputFile::fail(int error) {
  throw SetupError(
      "Can't write " + path_.string() + ": " + std::strerror(error) +
          ". Nothing was left behind; free some space or choose another place with -o.",
      ExitCode::broken_file);
}

void OutputFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) fail(errno);
}

void OutputFile::commit() {
  if (std::fflush(file_) != 0) fail(errno);
  if (file_ == stdout) return;
  if (!direct_ && ::fsync(::fileno(file_)) != 0) fail(errno);
  const int closed = std::fclose(file_);
  file_ = nullptr;
  std::error_code error;
  const int close_error = errno;
  if (closed == 0) {
    if (direct_) return;
    fs::rename(temporary_, target_, error);
    if (!error) return;
  }
  const int reason = closed == 0 ? error.value() : close_error;
  if (!direct_) fs::remove(temporary_, error);
  fail(reason);
}

}  // namespace weft::core
