// Fork and join: pieces of a range are handed out by one atomic counter, so that an uneven load
// evens itself out. Starting a thread costs some 20 microseconds, which a call pays for every
// thread but its own; below `smallest_piece` indices it isn't worth it.
#include "graph/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace weft::graph {

unsigned thread_count(unsigned threads) {
  return threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency());
}

void in_parallel(size_t size, unsigned threads, const std::function<void(size_t, size_t)>& work,
                 size_t smallest_piece) {
  const size_t piece = std::max<size_t>(smallest_piece, 1);
  const size_t pieces = (size + piece - 1) / piece;
  const auto workers = static_cast<unsigned>(std::min<size_t>(thread_count(threads), pieces));
  if (workers <= 1) {
    if (size > 0) work(0, size);
    return;
  }
  std::atomic<size_t> next{0};
  const auto run = [&] {
    for (size_t p = next++; p < pieces; p = next++)
      work(p * piece, std::min(size, (p + 1) * piece));
  };
  std::vector<std::jthread> others;
  for (unsigned t = 1; t < workers; ++t) others.emplace_back(run);
  run();
}

}  // namespace weft::graph
