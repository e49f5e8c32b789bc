// The arithmetic of the nets, the spanning tree, and whole nets with random weights: every edition
// of the kernels and every batch must give the same bits, and broken files must be refused.
#include "nlp/net.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>

#include "core/error.h"
#include "nlp/net_kernels.h"
#include "nlp/random_net.h"
#include "nlp/spanning_tree.h"

namespace {

using namespace weft;
namespace fs = std::filesystem;

constexpr const char* kEditions[] = {"plain", "avx2", "avx512"};

std::vector<float> random_floats(std::mt19937& random, size_t count) {
  std::normal_distribution<float> normal;
  std::vector<float> out(count);
  for (float& x : out) x = normal(random);
  return out;
}

struct Folder {
  fs::path dir = fs::temp_directory_path() / ("weft-net-" + std::to_string(std::random_device()()));
  Folder() { fs::create_directories(dir); }
  ~Folder() { fs::remove_all(dir); }
};

struct Product {
  std::vector<float> weights, bias, x;
  size_t in, out, rows;

  /// What the kernels make of it, by way of a model file.
  std::vector<float> run(const nlp::Kernels& kernels, nlp::Activation activation,
                         const fs::path& file) const {
    const nlp::ModelFile model(file, "test");
    const nlp::Tensors tensors(model);
    const nlp::PackedWeights w =
        tensors.linear("w", static_cast<uint32_t>(in), static_cast<uint32_t>(out));
    nlp::QuantisedRows q;
    q.set(kernels, x.data(), rows, in, in);
    std::vector<float> y(rows * w.out);
    q.multiply(kernels, w, rows, activation, nullptr, y.data(), w.out);
    return y;
  }
};

TEST_CASE("products of matrices are near the exact ones, and the same in every edition") {
  std::mt19937 random(3);
  const Folder folder;
  const struct {
    size_t in, out, rows;
  } sizes[] = {{16, 1, 1}, {16, 16, 7}, {48, 17, 6}, {128, 80, 13}, {384, 130, 12}, {1536, 64, 5}};
  for (const auto& size : sizes) {
    CAPTURE(size.in);
    Product p{random_floats(random, size.in * size.out),
              random_floats(random, size.out),
              random_floats(random, size.in * size.rows),
              size.in,
              size.out,
              size.rows};
    nlp::TensorWriter tensors;
    tensors.add_linear("w", p.weights, static_cast<uint32_t>(p.in), p.bias);
    nlp::ModelWriter writer("test");
    tensors.write(writer);
    writer.write(folder.dir / "w.bin");
    const auto plain =
        p.run(*nlp::kernels_named("plain"), nlp::Activation::none, folder.dir / "w.bin");
    double worst = 0;
    for (size_t r = 0; r < p.rows; ++r)
      for (size_t o = 0; o < p.out; ++o) {
        double exact = p.bias[o];
        for (size_t k = 0; k < p.in; ++k)
          exact += static_cast<double>(p.weights[o * p.in + k]) * p.x[r * p.in + k];
        worst = std::max(worst, std::fabs(exact - plain[r * nlp::padded(p.out) + o]));
      }
    CHECK(worst < 0.05 * std::sqrt(static_cast<double>(p.in)));
    for (const auto activation :
         {nlp::Activation::none, nlp::Activation::relu, nlp::Activation::gelu}) {
      const auto first = p.run(*nlp::kernels_named("plain"), activation, folder.dir / "w.bin");
      for (const char* name : kEditions)
        if (const nlp::Kernels* kernels = nlp::kernels_named(name))
          CHECK(p.run(*kernels, activation, folder.dir / "w.bin") == first);
    }
  }
}

TEST_CASE("the largest sums don't overflow") {
  const Folder folder;
  Product p{std::vector<float>(1536 * 16, 1.0f),
            std::vector<float>(16, 0.0f),
            std::vector<float>(1536, 1.0f),
            1536,
            16,
            1};
  nlp::TensorWriter tensors;
  tensors.add_linear("w", p.weights, 1536, p.bias);
  nlp::ModelWriter writer("test");
  tensors.write(writer);
  writer.write(folder.dir / "w.bin");
  for (const char* name : kEditions)
    if (const nlp::Kernels* kernels = nlp::kernels_named(name))
      CHECK(p.run(*kernels, nlp::Activation::none, folder.dir / "w.bin")[3] ==
            doctest::Approx(1536));
}

TEST_CASE("attention is a weighted mean, and the same in every edition") {
  std::mt19937 random(4);
  const size_t heads = 3, width = 32, all = heads * width;
  const auto position = random_floats(random, heads * 33);
  for (const size_t tokens : {size_t{1}, size_t{5}, size_t{16}, size_t{45}}) {
    CAPTURE(tokens);
    const auto qkv = random_floats(random, tokens * 3 * all);
    const nlp::AttentionShape shape{tokens, heads, width, position.data()};
    std::vector<float> scratch(shape.scratch()), first;
    for (const char* name : kEditions) {
      const nlp::Kernels* kernels = nlp::kernels_named(name);
      if (kernels == nullptr) continue;
      std::vector<float> out(tokens * all);
      kernels->attention(shape, qkv.data(), 3 * all, out.data(), all, scratch.data());
      if (first.empty()) first = out;
      CHECK(out == first);
    }
    double worst = 0;
    for (size_t h = 0; h < heads; ++h)
      for (size_t i = 0; i < tokens; ++i) {
        std::vector<double> weight(tokens);
        double total = 0;
        for (size_t j = 0; j < tokens; ++j) {
          double dot = 0;
          for (size_t k = 0; k < width; ++k)
            dot += static_cast<double>(qkv[i * 3 * all + h * width + k]) *
                   qkv[j * 3 * all + all + h * width + k];
          const long distance = std::clamp(static_cast<long>(j) - static_cast<long>(i), -16L, 16L);
          weight[j] = std::exp(dot / std::sqrt(static_cast<double>(width)) +
                               position[h * 33 + static_cast<size_t>(distance + 16)]);
          total += weight[j];
        }
        for (size_t k = 0; k < width; ++k) {
          double mean = 0;
          for (size_t j = 0; j < tokens; ++j)
            mean += weight[j] / total * qkv[j * 3 * all + 2 * all + h * width + k];
          worst = std::max(worst, std::fabs(mean - first[i * all + h * width + k]));
        }
      }
    CHECK(worst < 1e-5);
  }
}

TEST_CASE("norms, sums and probabilities are the same in every edition") {
  std::mt19937 random(5);
  const size_t rows = 9, width = 48;
  const auto x = random_floats(random, rows * width), weight = random_floats(random, width),
             bias = random_floats(random, width);
  std::vector<std::vector<float>> first;
  for (const char* name : kEditions) {
    const nlp::Kernels* kernels = nlp::kernels_named(name);
    if (kernels == nullptr) continue;
    std::vector<float> norm(rows * width), soft = x, scores(rows * 16), sum(width),
                                           scratch(width * 16);
    kernels->layer_norm(x.data(), rows, width, width, weight.data(), bias.data(), 1e-5f,
                        norm.data(), width);
    kernels->softmax(soft.data(), rows, 37, width);
    kernels->products(x.data(), rows, width, x.data(), rows, width, width, scores.data(), 16,
                      scratch.data());
    kernels->relu_of_sum(x.data(), weight.data(), bias.data(), width, sum.data());
    std::vector<std::vector<float>> all{norm, soft, scores, sum};
    if (first.empty()) {
      first = all;
      for (size_t r = 0; r < rows; ++r) {
        float total = 0;
        for (size_t i = 0; i < 37; ++i) total += soft[r * width + i];
        CHECK(total == doctest::Approx(1).epsilon(1e-5));
        CHECK(soft[r * width + 37] == 0);
      }
    }
    CHECK(all == first);
  }
}

/// Score of the best tree with one root, by trying all heads.
float best_by_trying(const std::vector<float>& scores, size_t n, size_t stride) {
  std::vector<size_t> heads(n, 0);
  float best = -1e30f;
  while (true) {
    size_t roots = 0;
    float score = 0;
    bool tree = true;
    for (size_t i = 0; i < n && tree; ++i) {
      roots += heads[i] == n;
      score += scores[i * stride + heads[i]];
      size_t at = i, steps = 0;
      while (at != n && steps <= n) at = heads[at], ++steps;
      tree = at == n;
    }
    if (tree && roots == 1) best = std::max(best, score);
    size_t i = 0;
    while (i < n && ++heads[i] > n) heads[i++] = 0;
    if (i == n) return best;
  }
}

TEST_CASE("the spanning tree is the best one with one root") {
  std::mt19937 random(6);
  nlp::TreeDecoder decoder;
  std::vector<int32_t> heads;
  for (int round = 0; round < 300; ++round) {
    const size_t n = 1 + random() % 5, stride = 16;
    std::vector<float> scores(n * stride);
    for (float& s : scores)
      s = static_cast<float>(static_cast<int>(random() % (round % 2 == 0 ? 5 : 1000)) - 3);
    decoder.decode(scores.data(), n, stride, heads);
    float found = 0;
    for (size_t i = 0; i < n; ++i)
      found += scores[i * stride + (heads[i] < 0 ? n : static_cast<size_t>(heads[i]))];
    CHECK(std::count(heads.begin(), heads.end(), -1) == 1);
    CHECK(found == doctest::Approx(best_by_trying(scores, n, stride)));
  }
}

TEST_CASE("large, level and absurd scores give a tree too") {
  std::mt19937 random(7);
  nlp::TreeDecoder decoder;
  std::vector<int32_t> heads;
  const size_t n = 300, stride = nlp::padded(n + 1);
  const float absurd[] = {0, INFINITY, -INFINITY, NAN, 1e30f, -1e30f};
  for (int kind = 0; kind < 4; ++kind) {
    std::vector<float> scores(n * stride, 1.0f);
    for (float& s : scores) {
      if (kind == 1) s = static_cast<float>(random() % 1000);
      if (kind == 2) s = absurd[random() % std::size(absurd)];
    }
    if (kind == 3)  // everyone's best head is the next word, the last one's the first
      for (size_t i = 0; i < n; ++i) scores[i * stride + (i + 1) % n] = 100;
    decoder.decode(scores.data(), n, stride, heads);
    CHECK(std::count(heads.begin(), heads.end(), -1) == 1);
    bool sound = true;
    for (size_t i = 0; i < n && sound; ++i) {
      int32_t at = static_cast<int32_t>(i);
      size_t steps = 0;
      while (at >= 0 && steps <= n) at = heads[static_cast<size_t>(at)], ++steps;
      sound = at < 0;
    }
    CHECK(sound);
  }
}

TEST_CASE("the best sequence of labels and the probability of a name are those of trying all") {
  std::mt19937 random(8);
  nlp::NameDecoder decoder;
  const int labels = 5;
  const size_t words = 4, stride = 16;
  for (int round = 0; round < 50; ++round) {
    std::vector<float> scores(words * stride), weights(words * stride);
    for (size_t i = 0; i < scores.size(); ++i) {
      scores[i] = static_cast<float>(random() % 1000) / 200 - 2;
      weights[i] = std::exp(scores[i]);
    }
    std::vector<int> path(words, 0), best, found;
    double all = 0, most = -1, named = 0;
    const size_t begin = random() % words, end = begin + 1 + random() % (words - begin);
    const int type = static_cast<int>(random() % 2);
    for (bool more = true; more;) {
      bool sound = true, has = path[begin] == nlp::begin_label(type);
      double weight = 1;
      for (size_t i = 0; i < words; ++i) {
        sound = sound && nlp::may_follow(i == 0 ? nlp::kOutside : path[i - 1], path[i]);
        weight *= static_cast<double>(weights[i * stride + static_cast<size_t>(path[i])]);
        if (i > begin && i < end) has = has && path[i] == nlp::inside_label(type);
        if (i == end) has = has && !nlp::is_inside(path[i]);
      }
      if (sound) {
        all += weight;
        if (has) named += weight;
        if (weight > most) most = weight, best = path;
      }
      size_t i = 0;
      while (i < words && ++path[i] == labels) path[i++] = 0;
      more = i < words;
    }
    decoder.decode(scores.data(), words, stride, labels, found);
    CHECK(found == best);
    decoder.weigh(weights.data(), words, stride, labels);
    CHECK(decoder.probability(begin, end, type) == doctest::Approx(named / all).epsilon(1e-4));
  }
}

nlp::NetSpec small_spec(bool pieces) {
  nlp::NetSpec spec;
  spec.surface = 32;
  spec.blocks.resize(3);
  spec.blocks[0].hidden = 64;
  spec.blocks[1].kind = nlp::BlockSpec::Kind::attention;
  spec.blocks[1].heads = 2;
  spec.blocks[2].dilation = 4;
  spec.blocks[2].hidden = 32;
  if (pieces) spec.bert = nlp::BertSpec{2, 32, 2, 64, 16, 4};
  spec.tags_hidden = spec.arcs = spec.labels = spec.names_hidden = 32;
  for (const char* tag : {"NOUN NN 0", "VERB VBD 2", "PUNCT . 0"})
    spec.tags.push_back(*nlp::TagLabel::parse(tag));
  spec.deprels = {doc::Deprel::root, doc::Deprel::nsubj, doc::Deprel::obj, doc::Deprel::punct};
  spec.types = {"Person", "Place"};
  return spec;
}

const std::vector<std::string> kVocabulary = {"[UNK]", "[CLS]", "[SEP]", "the", "a", "##a",
                                              "b",     "##b",   "x",     "##x", "."};
const std::vector<std::string> kWords = {"the", "a", "ab", "xbx", "."};

/// Stretches of these lengths, of words that don't depend on what stands beside them.
nlp::NetBatch batch_of(const nlp::Net& net, const nlp::WordVectors& vectors,
                       std::span<const uint32_t> seeds) {
  nlp::SurfaceReader reader(vectors, nullptr);
  nlp::NetBatch batch;
  for (const uint32_t seed : seeds) {
    std::mt19937 random(seed);
    std::vector<std::string> words(1 + random() % 60);
    for (std::string& word : words)
      for (uint32_t i = 0, n = 1 + random() % 6; i < n; ++i) word += "abx."[random() % 4];
    const std::vector<std::string_view> views(words.begin(), words.end());
    std::vector<nlp::SurfaceInput> inputs;
    reader.read(views, inputs);
    batch.words.insert(batch.words.end(), inputs.begin(), inputs.end());
    batch.begin.push_back(static_cast<uint32_t>(batch.words.size()));
    if (net.pieces() != nullptr)
      for (const std::string& word : words) {
        net.pieces()->split(word, batch.pieces);
        batch.piece_begin.push_back(static_cast<uint32_t>(batch.pieces.size()));
      }
  }
  return batch;
}

void append(nlp::StateRows& to, const nlp::StateRows& more) {
  to.bytes.insert(to.bytes.end(), more.bytes.begin(), more.bytes.end());
  to.scale.insert(to.scale.end(), more.scale.begin(), more.scale.end());
}

void append(nlp::NetAnswers& to, const nlp::NetAnswers& more) {
  const auto base = static_cast<int32_t>(to.tags.size());
  to.tags.insert(to.tags.end(), more.tags.begin(), more.tags.end());
  for (const int32_t head : more.heads) to.heads.push_back(head < 0 ? -1 : head + base);
  to.deprels.insert(to.deprels.end(), more.deprels.begin(), more.deprels.end());
  for (nlp::NetName name : more.names) {
    name.begin += static_cast<uint32_t>(base);
    name.end += static_cast<uint32_t>(base);
    to.names.push_back(name);
  }
  append(to.states, more.states);
}

void check_equal(const nlp::NetAnswers& a, const nlp::NetAnswers& b) {
  CHECK(a.tags == b.tags);
  CHECK(a.heads == b.heads);
  CHECK(a.deprels == b.deprels);
  CHECK(a.states.bytes == b.states.bytes);
  CHECK(a.states.scale == b.states.scale);
  REQUIRE(a.names.size() == b.names.size());
  bool same = true;
  for (size_t i = 0; i < a.names.size(); ++i)
    same = same && std::memcmp(&a.names[i], &b.names[i], sizeof a.names[i]) == 0;
  CHECK(same);
}

TEST_CASE("a net's answers depend neither on the batch nor on the edition") {
  const Folder folder;
  test::RandomNet::write_vectors(kWords, folder.dir / "vectors.bin");
  const nlp::WordVectors vectors(folder.dir / "vectors.bin");
  std::vector<uint32_t> seeds(12);
  for (uint32_t i = 0; i < seeds.size(); ++i) seeds[i] = i;
  for (const bool pieces : {false, true}) {
    CAPTURE(pieces);
    const std::string kind = pieces ? "accurate" : "fast";
    const fs::path file = folder.dir / (kind + ".bin");
    test::RandomNet(pieces ? 9 : 12).write(small_spec(pieces), kind, kVocabulary, file);
    const fs::path relations = folder.dir / "relations.bin";
    test::RandomNet(3).write_branch({1, 2, 48, 64}, *small_spec(true).bert, relations);
    nlp::NetAnswers first;
    for (const char* name : kEditions) {
      const nlp::Kernels* kernels = nlp::kernels_named(name);
      if (kernels == nullptr) continue;
      nlp::Net net(file, kind, vectors, *kernels);
      net.add_branch(relations);
      CHECK(net.state_width() == (pieces ? 48 : 0));  // a net without an encoder has no branch
      nlp::NetScratch scratch;
      nlp::NetAnswers whole, one, together;
      net.run(batch_of(net, vectors, seeds), scratch, whole);
      for (const uint32_t seed : seeds) {
        net.run(batch_of(net, vectors, std::span(&seed, 1)), scratch, one);
        append(together, one);
      }
      check_equal(whole, together);
      if (first.tags.empty()) first = whole;
      check_equal(whole, first);
    }
    CHECK(first.names.size() > 10);
    CHECK(first.states.scale.size() == (pieces ? first.tags.size() : 0));
    CHECK(first.states.bytes.size() == 48 * first.states.scale.size());
    CHECK(std::count(first.heads.begin(), first.heads.end(), -1) == 12);
  }
}

TEST_CASE("a branch that doesn't fit the encoder is refused with a reason") {
  const Folder folder;
  test::RandomNet::write_vectors(kWords, folder.dir / "vectors.bin");
  const nlp::WordVectors vectors(folder.dir / "vectors.bin");
  const fs::path file = folder.dir / "accurate.bin", relations = folder.dir / "relations.bin";
  const nlp::NetSpec spec = small_spec(true);
  test::RandomNet(9).write(spec, "accurate", kVocabulary, file);
  nlp::Net net(file, "accurate", vectors, nlp::kernels());
  const auto refused = [&](const nlp::BranchSpec& branch, const nlp::BertSpec& encoder,
                           const char* why) {
    test::RandomNet(9).write_branch(branch, encoder, relations);
    CHECK_THROWS_WITH_AS(net.add_branch(relations), doctest::Contains(why), core::SetupError);
  };
  refused({3, 1, 48, 64}, *spec.bert, "above the encoder's last layer");
  refused({0, 1, 48, 64}, *spec.bert, "impossible size");
  refused({1, 1, 40, 64}, *spec.bert, "impossible size");
  nlp::BertSpec other = *spec.bert;
  other.hidden = 96;
  refused({2, 1, 48, 64}, other, "branch.0.in");
}

TEST_CASE("a net of another shape than its arrays is refused with a reason") {
  const Folder folder;
  test::RandomNet::write_vectors(kWords, folder.dir / "vectors.bin");
  const nlp::WordVectors vectors(folder.dir / "vectors.bin");
  const fs::path file = folder.dir / "fast.bin";
  const auto refused = [&](const nlp::NetSpec& spec, const char* why) {
    test::RandomNet(9).write(spec, "fast", kVocabulary, file);
    CHECK_THROWS_WITH_AS(nlp::Net(file, "fast", vectors, nlp::kernels()), doctest::Contains(why),
                         core::SetupError);
  };
  nlp::NetSpec spec = small_spec(false);
  spec.blocks[1].heads = 3;
  refused(spec, "attention");
  spec = small_spec(true);
  spec.bert->overlap = 14;
  refused(spec, "window");
  spec = small_spec(false);
  spec.types.clear();
  refused(spec, "types");
  // Arrays of one shape under the description of another.
  nlp::NetSpec other = small_spec(false);
  test::RandomNet(9).write(other, "fast", kVocabulary, file);
  other.tags.pop_back();
  {
    const nlp::ModelFile model(file, "fast");
    nlp::ModelWriter writer("fast");
    other.write(writer);
    writer.add_lines("index", model.lines("index"));
    writer.add("data", model.section<char>("data"));
    writer.write(folder.dir / "other.bin");
  }
  CHECK_THROWS_WITH_AS(nlp::Net(folder.dir / "other.bin", "fast", vectors, nlp::kernels()),
                       doctest::Contains("heads.tags.out"), core::SetupError);
}

}  // namespace
