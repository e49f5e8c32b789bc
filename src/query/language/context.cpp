// The limits of a running query. The clock is read once in a thousand steps; memory is what the
// values that are kept say of themselves, so that the limit is the same on every machine.
#include "query/language/context.h"

#include "query/language/fault.h"

namespace weft::query::language {

Context::Context(const PropertyGraph& graph_, const Parameters& parameters_, const Limits& limits)
    : graph(graph_),
      parameters(parameters_),
      limits_(limits),
      end_(std::chrono::steady_clock::now() + limits.timeout) {}

void Context::check_time() {
  if (limits_.stop && limits_.stop->load(std::memory_order_relaxed))
    throw Fault(Trouble::limit, kInterrupted, "The query was interrupted.", 0, true);
  if (limits_.timeout.count() > 0 && std::chrono::steady_clock::now() > end_)
    throw Fault(
        Trouble::limit, kTimeout,
        "The query took more than " +
            number_text(static_cast<double>(limits_.timeout.count()) / 1000) +
            " seconds and was ended. Narrow its patterns (labels, types, shorter paths), add a "
            "LIMIT, or give it more time with --timeout.",
        0, true);
}

void Context::too_much() const {
  throw Fault(Trouble::limit, kMemory,
              "The query needs more than " + std::to_string(limits_.memory >> 20) +
                  " MB and was ended. Narrow it, or give it more with --max-memory.",
              0, true);
}

void Context::keep(size_t bytes) {
  kept_ += bytes;
  if (limits_.memory > 0 && kept_ > limits_.memory) too_much();
}

void Context::check_size(size_t bytes) const {
  if (limits_.memory > 0 && bytes > limits_.memory) too_much();
}

}  // namespace weft::query::language
