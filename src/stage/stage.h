// The interface of everything that adds a layer to a Document. Stages are immutable and shared by
// all threads; what one worker needs to reuse between documents lives in its Scratch. Virtual per
// document, never per token.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "doc/document.h"

namespace weft::stage {

/// Layers of a Document, as bits.
enum Layer : uint32_t {
  kBlocks = 1 << 0,  // text, meta, blocks
  kTokens = 1 << 1,  // tokens and sentences
  kTags = 1 << 2,    // upos, xpos, morph
  kLemmas = 1 << 3,
  kTrees = 1 << 4,  // head, deprel
  kNames = 1 << 5,
  kTimes = 1 << 6,
  kMentions = 1 << 7,  // mentions and entities
  kFacts = 1 << 8,
};

/// Buffers of one worker that a stage keeps between documents; a stage casts to the type it made
/// itself.
class Scratch {
 public:
  virtual ~Scratch() = default;
};

class Stage {
 public:
  virtual ~Stage() = default;
  virtual std::string_view name() const = 0;
  virtual uint32_t needs() const = 0;  // Layer bits
  virtual uint32_t gives() const = 0;  // Layer bits
  virtual std::unique_ptr<Scratch> make_scratch() const { return std::make_unique<Scratch>(); }
  /// Adds the layers gives() to `document`. Must not depend on anything but the document, the
  /// models and the schema.
  virtual void run(doc::Document& document, Scratch& scratch) const = 0;
};

}  // namespace weft::stage
