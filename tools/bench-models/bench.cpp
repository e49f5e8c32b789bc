// weft-bench: words a second of each language stage in both tiers, on the sample articles or on the
// text that WEFT_BENCH_TEXT names, and multiply-adds a second of the matrix product in every
// edition that this machine has. Processor time, one thread; `weft-bench --benchmark_filter=stage`
// selects.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "nlp/net_kernels.h"
#include "nlp/net_tensors.h"
#include "nlp/net_workspace.h"
#include "pipeline/stage_table.h"
#include "schema/schema.h"

namespace {

using namespace weft;
namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

/// The texts, a line a block.
std::vector<doc::Document> documents() {
  std::vector<fs::path> files;
  if (const char* named = std::getenv("WEFT_BENCH_TEXT")) {
    files.emplace_back(named);
  } else {
    for (const auto& entry : fs::directory_iterator(WEFT_BENCH_TEXTS))
      if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
  }
  std::vector<doc::Document> out;
  for (const fs::path& file : files) {
    out.emplace_back();
    doc::Document& d = out.back();
    d.text = read(file);
    for (size_t begin = 0; begin < d.text.size();) {
      const size_t end = std::min(d.text.find('\n', begin), d.text.size());
      if (end > begin)
        d.blocks.push_back(
            {{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, doc::BlockRole::body});
      begin = end + 1;
    }
  }
  return out;
}

/// Runs one stage over all documents, whose earlier layers are there.
void run_stage(benchmark::State& state, const schema::Schema& schema, nlp::Tier tier,
               size_t number) {
  const auto stages = pipeline::language_stages(schema, tier);
  std::vector<doc::Document> all = documents();
  for (size_t i = 0; i < number; ++i)
    for (doc::Document& d : all) stages[i]->run(d, *stages[i]->make_scratch());
  const auto scratch = stages[number]->make_scratch();
  size_t words = 0;
  for (auto _ : state)
    for (doc::Document& d : all) {
      stages[number]->run(d, *scratch);
      words += d.token_count();
    }
  state.SetItemsProcessed(static_cast<int64_t>(words));
}

/// A product of `rows` × in with in × out; items are multiply-adds.
void product(benchmark::State& state, const nlp::Kernels& kernels) {
  const auto in = static_cast<uint32_t>(state.range(0)),
             out = static_cast<uint32_t>(state.range(1));
  const auto rows = static_cast<size_t>(state.range(2));
  nlp::Buffer<int8_t> weights;
  nlp::Buffer<float> scale, bias, x, y;
  nlp::Buffer<int32_t> shift;
  for (size_t i = 0; i < size_t{in} * out; ++i)
    weights.take(size_t{in} * out)[i] = static_cast<int8_t>(i * 37 % 255 - 127);
  std::fill_n(scale.take(out), out, 0.01f);
  std::fill_n(bias.take(out), out, 0.0f);
  std::fill_n(shift.take(out), out, 0);
  for (size_t i = 0; i < rows * in; ++i) x.take(rows * in)[i] = static_cast<float>(i % 19);
  const nlp::PackedWeights w{weights.get(), scale.get(), shift.get(), bias.get(), in, out};
  nlp::QuantisedRows quantised;
  quantised.set(kernels, x.get(), rows, in, in);
  for (auto _ : state)
    quantised.multiply(kernels, w, rows, nlp::Activation::none, nullptr, y.take(rows * out), out);
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * in * out *
                          static_cast<int64_t>(rows));
}

}  // namespace

int main(int argc, char** argv) {
  const schema::Schema schema = schema::Schema::load(schema::find_schema_dir());
  for (const nlp::Tier tier : {nlp::Tier::fast, nlp::Tier::accurate}) {
    const std::string file = std::string(nlp::name_of(tier)) + ".bin";
    if (!fs::exists(schema.dir / "models" / "en" / file)) continue;
    size_t number = 0;
    for (const pipeline::StageRow& row : pipeline::stage_table())
      if (row.language)
        benchmark::RegisterBenchmark(
            ("stage/" + std::string(nlp::name_of(tier)) + "/" + std::string(row.name)).c_str(),
            [&schema, tier, number = number++](benchmark::State& state) {
              run_stage(state, schema, tier, number);
            });
  }
  for (const char* name : {"avx512", "avx2", "plain"})
    if (const nlp::Kernels* kernels = nlp::kernels_named(name))
      benchmark::RegisterBenchmark((std::string("product/") + name).c_str(),
                                   [kernels](benchmark::State& state) { product(state, *kernels); })
          ->Args({128, 256, 128})
          ->Args({384, 384, 32})
          ->Args({384, 1536, 128})
          ->Args({1536, 384, 128});
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
