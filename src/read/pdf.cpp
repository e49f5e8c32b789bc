// poppler is under the GPL and its input is hostile, so it is neither linked nor trusted: pdftotext
// runs as another process with bounds on time, memory and output, gets the file as a memory file
// (memfd_create(2), so nothing is written to the disk) and answers through a pipe. Between fork and
// exec only functions that are safe there are called (signal-safety(7)): other threads may hold
// locks.
#include "read/pdf.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <utility>

namespace weft::read {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kNotFound = 127;

/// A file descriptor that closes itself.
class Handle {
 public:
  explicit Handle(int fd) : fd_(fd) {}
  ~Handle() { close(); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  int get() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

[[noreturn]] void run_child(int input, int output, const PdfLimits& limits) {
  const rlimit time{limits.seconds, limits.seconds}, memory{limits.memory, limits.memory},
      nothing{0, 0};
  ::setrlimit(RLIMIT_CPU, &time);
  ::setrlimit(RLIMIT_AS, &memory);
  ::setrlimit(RLIMIT_FSIZE, &nothing);
  ::setrlimit(RLIMIT_CORE, &nothing);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int null = ::open("/dev/null", O_RDWR);
  ::dup2(input, 0);
  ::dup2(output, 1);
  ::dup2(null, 2);
  ::execlp("pdftotext", "pdftotext", "-q", "-enc", "UTF-8", "-eol", "unix", "-nopgbrk",
           "/dev/stdin", "-", static_cast<char*>(nullptr));
  ::_exit(kNotFound);
}

enum class End : uint8_t { whole, timeout, too_long, error };

End read_answer(int fd, const PdfLimits& limits, std::string& text) {
  const auto deadline = Clock::now() + std::chrono::seconds(limits.seconds);
  std::array<char, 1 << 16> buffer;
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return End::timeout;
    pollfd wait{fd, POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return ready == 0 ? End::timeout : End::error;
    const ssize_t n = ::read(fd, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return End::error;
    if (n == 0) return End::whole;
    if (text.size() + static_cast<size_t>(n) > limits.max_text) return End::too_long;
    text.append(buffer.data(), static_cast<size_t>(n));
  }
}

}  // namespace

bool pdf_text(std::string_view pdf, const PdfLimits& limits, std::string& text,
              std::string& fault) {
  const Handle file(::memfd_create("weft-pdf", MFD_CLOEXEC));
  int ends[2] = {-1, -1};
  if (file.get() < 0 || !write_all(file.get(), pdf) || ::lseek(file.get(), 0, SEEK_SET) != 0 ||
      ::pipe2(ends, O_CLOEXEC) != 0) {
    fault = "There is not enough memory to read it.";
    return false;
  }
  const Handle from(ends[0]);
  Handle to(ends[1]);
  const pid_t child = ::fork();
  if (child == 0) run_child(file.get(), to.get(), limits);
  if (child < 0) {
    fault = "pdftotext can't be started: there are too many processes.";
    return false;
  }
  to.close();
  const End end = read_answer(from.get(), limits, text);
  if (end != End::whole) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (end == End::timeout)
    fault = "pdftotext took longer than " + std::to_string(limits.seconds) +
            " seconds and was stopped, so it was skipped.";
  else if (end == End::too_long)
    fault = "It holds more than " + std::to_string(limits.max_text) +
            " bytes of text, the limit of one document, and was skipped. Raise the limit with "
            "--max-document.";
  else if (WIFEXITED(status) && WEXITSTATUS(status) == kNotFound)
    fault =
        "It is a PDF file, and the program pdftotext that reads it is not installed. Install "
        "poppler-utils, and build again.";
  else if (end == End::error || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    fault = "pdftotext can't read it: it is damaged, encrypted, or needs too much time or memory.";
  return fault.empty();
}

}  // namespace weft::read
