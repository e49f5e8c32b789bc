// Work on ranges of indices by several threads. The result can't depend on the number of threads as
// long as each index writes only what is its own: that is how everything in graph/ uses it.
#pragma once

#include <cstddef>
#include <functional>

namespace weft::graph {

/// Calls work(begin, end) for pieces that together make up 0..size, each once, on up to `threads`
/// threads (0: as many as the machine has), the calling one among them. `work` must not throw.
/// Small sizes are done by the calling thread alone.
void in_parallel(size_t size, unsigned threads, const std::function<void(size_t, size_t)>& work,
                 size_t smallest_piece = 512);

/// `threads`, or the machine's number of threads for 0.
unsigned thread_count(unsigned threads);

}  // namespace weft::graph
