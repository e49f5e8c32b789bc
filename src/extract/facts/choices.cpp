// Features are sentences of a few words, "here verb said"; running needs only the sum of their
// weights, which lie in a map by hash, so that no words are kept. Cost: a hash and a look-up a
// feature. Reference: McFadden 1974 for the conditional logit.
#include "extract/facts/choices.h"

#include <algorithm>
#include <cmath>

#include "core/hash.h"
#include "extract/descriptions/weights.h"
#include "extract/frames/within.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

constexpr size_t kMaxChoices = 12;
constexpr size_t kMaxLabels = 3;
constexpr double kMostOdds = 30;  // beyond, the exponential says nothing more

/// The entity's mention in the sentence, the one nearest to `other` of several.
FactEnd end_in(const doc::Document& d, core::TokenSpan sentence, doc::LocalEntity entity,
               const FactEnd& other) {
  FactEnd best;
  for (const doc::Mention& m : mentions_in(d, sentence)) {
    if (m.entity != entity || m.tokens.empty()) continue;
    const FactEnd e{m.tokens, m.head == doc::kNoToken ? m.tokens.begin : m.head};
    if (!best.there() || (other.there() && other.distance(e.tokens) < other.distance(best.tokens)))
      best = e;
  }
  return best;
}

/// The first number of a value.
FactEnd value_in(const doc::Document& d, core::TokenSpan sentence, std::string_view value) {
  for (doc::TokenIndex t = sentence.begin; t < sentence.end; ++t) {
    const std::string_view word = d.norm_of(t);
    if (std::any_of(word.begin(), word.end(), text::is_ascii_digit) &&
        value.find(word) != std::string_view::npos)
      return {{t, t + 1}, t};
  }
  return {};
}

}  // namespace

ChoiceWeights::ChoiceWeights(const schema::WordList& list)
    : least_likely_(weight_in(list, "least likely")) {
  for (const std::string& form : list.forms())
    weights_.emplace(core::fnv1a(form), weight_in(list, form));
}

float ChoiceWeights::of(uint64_t feature) const {
  const auto found = weights_.find(feature);
  return found == weights_.end() ? 0.0f : found->second;
}

Choice* Choices::at(std::string_view value) {
  for (Choice& c : all_)
    if (c.value == value) return &c;
  if (all_.size() >= kMaxChoices) return nullptr;
  all_.push_back({std::string(value), {}, {}});
  return &all_.back();
}

void Choices::say(Choice& c, std::string_view a, std::string_view b, std::string_view d) {
  buffer_.assign(a);
  for (const std::string_view part : {b, d})
    if (!part.empty()) (buffer_ += ' ') += part;
  c.said.push_back(core::fnv1a(buffer_));
  if (keep_) c.features.push_back(buffer_);
}

const Choice* Choices::likeliest() {
  double every = 1;  // none of them
  double most = 0;
  const Choice* best = nullptr;
  for (Choice& c : all_) {
    std::sort(c.said.begin(), c.said.end());
    c.said.erase(std::unique(c.said.begin(), c.said.end()), c.said.end());
    double sum = 0;
    for (const uint64_t feature : c.said) sum += static_cast<double>(weights_.of(feature));
    const double odds = std::exp(std::clamp(sum, -kMostOdds, kMostOdds));
    every += odds;
    if (odds > most) {
      most = odds;
      best = &c;
    }
  }
  return best && most / every >= weights_.least_likely() ? best : nullptr;
}

std::span<Choice> Choices::noted() {
  for (Choice& c : all_) {
    std::sort(c.features.begin(), c.features.end());
    c.features.erase(std::unique(c.features.begin(), c.features.end()), c.features.end());
  }
  return all_;
}

std::string_view size_class(uint32_t n) {
  return n <= 1    ? "0-1"
         : n <= 3  ? "2-3"
         : n <= 6  ? "4-6"
         : n <= 12 ? "7-12"
         : n <= 24 ? "13-24"
                   : "more";
}

std::vector<doc::TokenIndex> way_up(const doc::Document& d, core::TokenSpan sentence,
                                    doc::TokenIndex from) {
  std::vector<doc::TokenIndex> out;
  for (doc::TokenIndex t = from; t != doc::kNoToken && sentence.contains(t) && out.size() < kApart;
       t = d.head[t])
    out.push_back(t);
  return out;
}

std::pair<unsigned, unsigned> meeting(std::span<const doc::TokenIndex> a,
                                      std::span<const doc::TokenIndex> b) {
  for (unsigned i = 0; i < a.size(); ++i)
    for (unsigned k = 0; k < b.size(); ++k)
      if (a[i] == b[k]) return {i, k};
  return {kApart, kApart};
}

std::string labels(const doc::Document& d, std::span<const doc::TokenIndex> way, unsigned steps) {
  if (steps >= kApart) return "apart";
  if (steps > kMaxLabels) return "far";
  std::string out;
  for (unsigned i = 0; i < steps; ++i) {
    if (i) out += '>';
    out += doc::name(d.deprel[way[i]]);
  }
  return out.empty() ? "itself" : out;
}

uint32_t FactEnd::distance(core::TokenSpan other) const {
  if (other.begin >= tokens.end) return other.begin - tokens.end;
  return other.end <= tokens.begin ? tokens.begin - other.end : 0;
}

std::pair<FactEnd, FactEnd> ends_in(const doc::Document& d, core::TokenSpan sentence,
                                    const doc::Fact& fact) {
  const FactEnd object =
      fact.object == doc::kNoEntity
          ? value_in(d, sentence, fact.value)
          : end_in(d, sentence, fact.object, end_in(d, sentence, fact.subject, {}));
  return {end_in(d, sentence, fact.subject, object), object};
}

std::string_view rule_family(const doc::Evidence& evidence) {
  return std::string_view(evidence.rule).substr(0, evidence.rule.find('.'));
}

}  // namespace weft::extract
