// Name tagger: not trained yet; gives no names.
#include "nlp/stages.h"

namespace weft::nlp {

namespace {

class NameTagger : public stage::Stage {
 public:
  std::string_view name() const override { return "name-tagger"; }
  uint32_t needs() const override { return stage::kTokens | stage::kTags; }
  uint32_t gives() const override { return stage::kNames; }
  void run(doc::Document& document, stage::Scratch&) const override { document.names.clear(); }
};

}  // namespace

std::unique_ptr<stage::Stage> make_name_tagger(const std::filesystem::path&,
                                               const schema::Schema&) {
  return std::make_unique<NameTagger>();
}

}  // namespace weft::nlp
