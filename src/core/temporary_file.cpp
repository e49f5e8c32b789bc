// A run that is killed can't clean up after itself, so the next run to the same target does. A file
// is given up only if two signs agree: its process is not running, and no advisory lock (fcntl,
// which also works over NFS) is held on it; writers lock their files. Cost: one listing of the
// target's folder.
#include "core/temporary_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string>
#include <vector>

namespace weft::core {

namespace fs = std::filesystem;

namespace {

bool runs(const std::string& process) {
  const long number = std::strtol(process.c_str(), nullptr, 10);
  return ::kill(static_cast<pid_t>(number), 0) == 0 || errno != ESRCH;
}

bool is_locked(const fs::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return true;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool locked = ::fcntl(fd, F_GETLK, &lock) != 0 || lock.l_type != F_UNLCK;
  ::close(fd);
  return locked;
}

}  // namespace

fs::path temporary_beside(const fs::path& target) {
  fs::path temporary = target;
  temporary += ".tmp" + std::to_string(::getpid());
  return temporary;
}

void remove_abandoned(const fs::path& target) {
  const std::string prefix = target.filename().string() + ".tmp";
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  std::error_code error;
  std::vector<fs::path> abandoned;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (!name.starts_with(prefix) || name.size() == prefix.size() ||
        name.size() > prefix.size() + 9)
      continue;
    const std::string process = name.substr(prefix.size());
    if (!std::all_of(process.begin(), process.end(), [](char c) { return c >= '0' && c <= '9'; }))
      continue;
    std::error_code ignored;
    if (!it->is_symlink(ignored) && it->is_regular_file(ignored) && !runs(process) &&
        !is_locked(it->path()))
      abandoned.push_back(it->path());
  }
  for (const fs::path& file : abandoned) fs::remove(file, error);
}

}  // namespace weft::core
