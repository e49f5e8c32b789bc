// Lemmatiser: LemmaRules applied to each token; lemmas are interned in the document's pool.
#include "nlp/lemma_rules.h"
#include "nlp/stages.h"

namespace weft::nlp {

namespace {

struct LemmaScratch : stage::Scratch {
  std::string base, lemma;
};

class Lemmatizer : public stage::Stage {
 public:
  explicit Lemmatizer(const std::filesystem::path& dir) : rules_(dir / "lemmatizer.bin") {}

  std::string_view name() const override { return "lemmatizer"; }
  uint32_t needs() const override { return stage::kTokens | stage::kTags; }
  uint32_t gives() const override { return stage::kLemmas; }
  std::unique_ptr<stage::Scratch> make_scratch() const override {
    return std::make_unique<LemmaScratch>();
  }

  void run(doc::Document& document, stage::Scratch& scratch) const override {
    auto& own = dynamic_cast<LemmaScratch&>(scratch);
    document.lemma.resize(document.token_count());
    for (uint32_t t = 0; t < document.token_count(); ++t) {
      rules_.lemma(document.norm_of(t), document.xpos[t], own.base, own.lemma);
      document.lemma[t] = document.pool.intern(own.lemma);
    }
  }

 private:
  LemmaRules rules_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_lemmatizer(const std::filesystem::path& models_dir) {
  return std::make_unique<Lemmatizer>(models_dir);
}

}  // namespace weft::nlp
