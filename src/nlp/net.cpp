// Puts the parts together: [state of the pieces ; surface] → blocks → heads. A batch of some
// hundred words keeps the weights of a layer in the cache while all rows pass through it.
#include "nlp/net.h"

namespace weft::nlp {

void NetBatch::clear() {
  words.clear();
  begin.assign(1, 0);
  pieces.clear();
  piece_begin.assign(1, 0);
}

Net::Net(const std::filesystem::path& file, std::string_view kind, const WordVectors& vectors,
         const Kernels& kernels)
    : file_(file, kind),
      spec_(NetSpec::read(file_)),
      tensors_(file_),
      vectors_(vectors),
      kernels_(kernels),
      surface_(tensors_, file_, spec_.surface),
      blocks_(tensors_, spec_.blocks, spec_.width()),
      heads_(tensors_, spec_) {
  if (spec_.bert) bert_.emplace(tensors_, file_, *spec_.bert);
}

void Net::add_branch(const std::filesystem::path& file) {
  if (!bert_) return;
  branch_file_.emplace(file, kRelationModel);
  if (const auto spec = BranchSpec::read(*branch_file_))
    branch_.emplace(*branch_file_, Tensors(*branch_file_), *spec, *spec_.bert);
}

void Net::run(const NetBatch& batch, NetScratch& scratch, NetAnswers& answers) const {
  const size_t rows = batch.words.size(), width = spec_.width();
  float* states = scratch.states.take(rows * width);
  const size_t left = width - spec_.surface;
  if (bert_) {
    BertWindows& windows = scratch.windows;
    windows.begin.clear();
    windows.pieces.clear();
    windows.place.clear();
    windows.row_of.clear();
    for (size_t s = 0; s + 1 < batch.begin.size(); ++s) {
      const uint32_t first = batch.piece_begin[batch.begin[s]],
                     end = batch.piece_begin[batch.begin[s + 1]];
      bert_->add_stretch(std::span(batch.pieces).subspan(first, end - first), windows);
    }
    bert_->run(kernels_, windows, batch.piece_begin, scratch.work, states, width,
               branch_ ? &*branch_ : nullptr, answers.states);
  }
  surface_.run(kernels_, vectors_, batch.words, scratch.work, states + left, width);
  blocks_.run(kernels_, batch.begin, scratch.work, states);
  heads_.run(kernels_, states, batch.begin, scratch.work, scratch.heads, answers);
}

}  // namespace weft::nlp
