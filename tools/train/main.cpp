// weft-train: makes the model files of schema/models/en from treebanks and name corpora, and
// measures them. One command a model, a fixed seed, the same bytes each time.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "conllu.h"
#include "core/error.h"
#include "evaluate.h"
#include "fact_qualifiers.h"
#include "make_vectors.h"
#include "pack.h"
#include "prepare.h"
#include "relations.h"
#include "schema/schema.h"
#include "train_lemmatizer.h"
#include "train_tokens.h"

namespace {

using namespace weft;

struct Options {
  std::string command;
  std::filesystem::path data = "../shared/data", out, models = "schema/models/en";
  std::filesystem::path from, vocabulary, passages, raw, text;
  std::string model;
  std::map<std::string, double> numbers;  // --epochs 6

  double number(const std::string& name, double otherwise) const {
    const auto found = numbers.find(name);
    return found == numbers.end() ? otherwise : found->second;
  }
};

Options parse(int argc, char** argv) {
  Options options;
  if (argc > 1) options.command = argv[1];
  int first = 2;
  if (argc > 2 && argv[2][0] != '-')
    options.from = argv[first++];  // of pack, relations, qualifiers, pack-relations
  for (int i = first; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--data") {
      options.data = argv[i + 1];
    } else if (name == "--models") {
      options.models = argv[i + 1];
    } else if (name == "--from") {
      options.from = argv[i + 1];
    } else if (name == "--vocabulary") {
      options.vocabulary = argv[i + 1];
    } else if (name == "--model") {
      options.model = argv[i + 1];
    } else if (name == "--text") {
      options.text = argv[i + 1];
    } else if (name == "--passages") {
      options.passages = argv[i + 1];
    } else if (name == "--raw") {
      options.raw = argv[i + 1];
    } else if (name == "-o") {
      options.out = argv[i + 1];
    } else {
      options.numbers[name] = std::atof(argv[i + 1]);
    }
  }
  return options;
}

std::vector<train::TreeSentence> treebanks(const Options& options, const std::string& part) {
  auto out = train::read_conllu(options.data / "ud-ewt" / (part + ".conllu"));
  for (auto& sentence : train::read_conllu(options.data / "gum-open" / (part + ".conllu")))
    out.push_back(std::move(sentence));
  return out;
}

/// Trees and names of the corpora, or with --text only the speed on a text.
int evaluate(const Options& options) {
  const auto tier = nlp::tier_named(options.model);
  train::Evaluator evaluator(options.models.parent_path().parent_path(),
                             tier ? *tier : nlp::best_tier(options.models));
  if (!options.text.empty()) {
    evaluator.speed(options.text);
    return 0;
  }
  const bool gold_tokens = options.number("--gold-tokens", 0) != 0;
  for (const char* corpus : {"ud-ewt", "gum-open"})
    for (const char* part : {"dev", "test"})
      evaluator.trees(options.data / corpus / (std::string(part) + ".conllu"),
                      std::string(corpus).substr(corpus[0] == 'u' ? 3 : 0, 3) + "-" + part,
                      gold_tokens);
  evaluator.names(options.data, gold_tokens);
  return 0;
}

int run(const Options& options) {
  const std::filesystem::path out = options.out;
  if (options.command == "lemmatizer") {
    train::train_lemmatizer(treebanks(options, "train"), out);
    return 0;
  }
  if (options.command == "tokens") {
    const auto dev = [&](const char* corpus) {
      return train::read_conllu(options.data / corpus / "dev.conllu");
    };
    const auto schema = schema::Schema::load(options.models.parent_path().parent_path());
    train::train_tokens(treebanks(options, "train"), {dev("ud-ewt"), dev("gum-open")},
                        schema.lexicons, out);
    return 0;
  }
  if (options.command == "vectors") {
    train::make_vectors(options.from, static_cast<uint32_t>(options.number("--most", 100000)), out);
    return 0;
  }
  if (options.command == "prepare") {
    train::prepare({.data = options.data,
                    .schema = options.models.parent_path().parent_path(),
                    .vocabulary = options.vocabulary,
                    .passages = options.passages,
                    .raw = options.raw,
                    .out = out});
    return 0;
  }
  if (options.command == "pack") {
    train::pack(options.from, out);
    return 0;
  }
  if (options.command == "relations") {
    train::dump_relation_pairs(options.from, options.models.parent_path().parent_path(),
                               nlp::tier_named(options.model), out);
    return 0;
  }
  if (options.command == "qualifiers") {
    train::dump_fact_qualifiers(options.from, options.models.parent_path().parent_path(),
                                nlp::tier_named(options.model), out);
    return 0;
  }
  if (options.command == "pack-relations") {
    train::pack_relations(options.from, out);
    return 0;
  }
  if (options.command == "evaluate") return evaluate(options);
  std::fputs(
      "usage: weft-train lemmatizer [--data DIR] -o FILE\n"
      "       weft-train tokens [--data DIR] -o FOLDER/tokens.bin\n"
      "       weft-train vectors --from JSON [--most N] -o FILE\n"
      "       weft-train prepare --vocabulary FILE [--data DIR] [--passages DIR] [--raw TEXT] -o "
      "DIR\n"
      "       weft-train pack DIR -o FILE\n"
      "       weft-train relations TEXTS [--model fast|accurate] -o DIR\n"
      "       weft-train qualifiers TEXTS [--model fast|accurate] -o DIR\n"
      "       weft-train pack-relations DIR -o FILE\n"
      "       weft-train evaluate [--model fast|accurate] [--data DIR] [--models DIR] [--text "
      "FILE] [--gold-tokens 1]\n",
      stderr);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(parse(argc, argv));
  } catch (const core::SetupError& error) {
    std::fprintf(stderr, "weft-train: %s\n", error.what());
    return static_cast<int>(error.code());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "weft-train: %s\n", error.what());
    return 1;
  }
}
