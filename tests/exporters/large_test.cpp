// Not part of a normal run: weft_tests --no-skip --test-case="half a million*" prints time and peak
// memory of each writer.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>

#include "core/output_file.h"
#include "written.h"

using namespace weft;

namespace {

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace

TEST_CASE("half a million nodes and two million edges are written in bounded memory" *
          doctest::skip()) {
  constexpr uint32_t kNodes = 500'000, kEdges = 2'000'000;
  testing::GraphMaker maker("large");
  char id[32];
  for (uint32_t n = 0; n < kNodes; ++n) {
    std::snprintf(id, sizeof id, "person/p%06u", n);
    maker.node("Person", id, "Person " + std::to_string(n));
  }
  for (uint32_t e = 0; e < kEdges; ++e)
    maker.edge(e / 4, "met_with", (e * 7919u + 1) % kNodes, "They met in the year.").summary.time =
        "2024-03";
  const graph::Graph g = maker.take().graph;
  const graph::Looks looks = testing::hand_made_looks(g);
  const double before = peak_megabytes();
  std::printf("graph: %.0f MB\n", before);
  for (const testing::Variant& variant : testing::all_variants()) {
    core::OutputFile out("/dev/null");
    exporters::Options options;
    options.dialect = variant.dialect;
    options.part = variant.part;
    options.looks = &looks;
    const double peak = peak_megabytes();
    const auto begin = std::chrono::steady_clock::now();
    variant.format->write(g, testing::shipped_ontology(), options, out);
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::printf("%s: %.1f s, %.0f MB more\n", variant.file_name("large").c_str(), seconds,
                peak_megabytes() - peak);
  }
  // Degrees of all nodes are the most that a writer holds.
  CHECK(peak_megabytes() - before < 64);
}
