// Lines such as "surface 128", "block conv 1 256", "bert 6 384 12 1536 256 64". Every number is
// bounded before anything is allocated by it.
#include "nlp/net_spec.h"

#include <charconv>
#include <cmath>
#include <sstream>

#include "nlp/net_kernels.h"

namespace weft::nlp {

namespace {

constexpr uint32_t kWidest = 4096;

bool is_width(uint32_t width) { return width > 0 && width <= kWidest && width % kLanes == 0; }

/// Reads one line of the section; false if it isn't understood.
bool read_line(const std::string& line, NetSpec& spec) {
  std::istringstream in(line);
  in.imbue(std::locale::classic());
  std::string key, kind, more;
  in >> key;
  if (key == "surface") {
    in >> spec.surface;
  } else if (key == "block") {
    BlockSpec block;
    in >> kind;
    if (kind == "conv") {
      in >> block.dilation >> block.hidden;
    } else if (kind == "attention") {
      block.kind = BlockSpec::Kind::attention;
      in >> block.heads;
    } else {
      return false;
    }
    spec.blocks.push_back(block);
  } else if (key == "bert") {
    BertSpec bert;
    in >> bert.layers >> bert.width >> bert.heads >> bert.hidden >> bert.window >> bert.overlap;
    spec.bert = bert;
  } else if (key == "heads") {
    in >> spec.tags_hidden >> spec.arcs >> spec.labels >> spec.names_hidden;
  } else if (key == "threshold") {
    in >> spec.threshold;
  } else {
    return false;
  }
  return !in.fail() && !(in >> more);
}

}  // namespace

std::string NetSpec::fault() const {
  if (!is_width(surface)) return "its surface has an impossible width";
  if (blocks.size() > 64) return "it has too many blocks";
  for (const BlockSpec& block : blocks) {
    const bool conv = block.kind == BlockSpec::Kind::conv;
    if (conv && (!is_width(block.hidden) || block.dilation == 0 || block.dilation > 64))
      return "a convolution has an impossible size";
    if (!conv &&
        (block.heads == 0 || width() % block.heads != 0 || !is_width(width() / block.heads)))
      return "an attention block has an impossible number of heads";
  }
  if (bert) {
    if (!is_width(bert->width) || !is_width(bert->hidden) || bert->layers > 48 ||
        bert->heads == 0 || bert->width % bert->heads != 0 || !is_width(bert->width / bert->heads))
      return "its encoder has an impossible size";
    if (bert->window < 8 || bert->window > kWidest || bert->overlap + 4 > bert->window)
      return "its encoder has an impossible window";
  }
  const uint32_t heads[] = {tags_hidden, arcs, labels, names_hidden};
  for (const uint32_t head : heads)
    if (head != 0 && !is_width(head)) return "a head has an impossible width";
  if ((tags_hidden != 0) == tags.empty()) return "its tags and their head don't go together";
  if ((labels != 0) == deprels.empty() || (labels != 0) != (arcs != 0))
    return "its relations and their head don't go together";
  if ((names_hidden != 0) == types.empty()) return "its types and their head don't go together";
  if (tags.size() > kWidest || deprels.size() > kWidest || types.size() > 255 ||
      gazetteer.size() > 16)
    return "it has too many labels";
  if (!std::isfinite(threshold)) return "its threshold is no number";
  return {};
}

NetSpec NetSpec::read(const ModelFile& file) {
  NetSpec spec;
  for (const std::string& line : file.lines("spec"))
    if (!read_line(line, spec))
      file.refuse("its description has the unknown line \"" + line + "\"");
  for (const std::string& line : file.lines("tags")) {
    const auto label = TagLabel::parse(line);
    if (!label) file.refuse("a tag is broken: " + line);
    spec.tags.push_back(*label);
  }
  for (const std::string& line : file.lines("deprels")) {
    spec.deprels.push_back(doc::deprel_from(line));
    if (doc::name(spec.deprels.back()) != line) file.refuse("it has an unknown relation " + line);
  }
  spec.types = file.lines("types");
  spec.gazetteer = file.lines("gazetteer");
  if (const std::string fault = spec.fault(); !fault.empty()) file.refuse(fault);
  return spec;
}

void NetSpec::write(ModelWriter& writer) const {
  std::vector<std::string> lines{"surface " + std::to_string(surface)};
  for (const BlockSpec& block : blocks)
    lines.push_back(block.kind == BlockSpec::Kind::conv
                        ? "block conv " + std::to_string(block.dilation) + " " +
                              std::to_string(block.hidden)
                        : "block attention " + std::to_string(block.heads));
  if (bert)
    lines.push_back("bert " + std::to_string(bert->layers) + " " + std::to_string(bert->width) +
                    " " + std::to_string(bert->heads) + " " + std::to_string(bert->hidden) + " " +
                    std::to_string(bert->window) + " " + std::to_string(bert->overlap));
  lines.push_back("heads " + std::to_string(tags_hidden) + " " + std::to_string(arcs) + " " +
                  std::to_string(labels) + " " + std::to_string(names_hidden));
  std::ostringstream number;
  number.imbue(std::locale::classic());
  number.precision(9);
  number << threshold;
  lines.push_back("threshold " + number.str());
  writer.add_lines("spec", lines);
  std::vector<std::string> tag_lines, deprel_lines;
  for (const TagLabel& tag : tags) tag_lines.push_back(tag.text());
  for (const doc::Deprel deprel : deprels) deprel_lines.emplace_back(doc::name(deprel));
  writer.add_lines("tags", tag_lines);
  writer.add_lines("deprels", deprel_lines);
  writer.add_lines("types", types);
  writer.add_lines("gazetteer", gazetteer);
}

}  // namespace weft::nlp
