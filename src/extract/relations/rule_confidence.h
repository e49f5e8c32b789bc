// How often each rule of the fact stage was right on the development gold, which says more than
// its author's guess.
#pragma once

#include <charconv>

#include "doc/fact.h"
#include "schema/lexicon.h"

namespace weft::extract {

class RuleConfidence {
 public:
  /// `shares`: the list rule_confidence of schema/lexicons/confidence.json, which must outlive
  /// this.
  explicit RuleConfidence(const schema::WordList& shares) : shares_(shares) {}
  /// The measured share of the evidence's rule, else the evidence's own confidence.
  float of(const doc::Evidence& e) const {
    float out = e.confidence;
    if (const std::string* share = shares_.value(e.rule); share)
      std::from_chars(share->data(), share->data() + share->size(), out);
    return out;
  }

 private:
  const schema::WordList& shares_;
};

}  // namespace weft::extract
