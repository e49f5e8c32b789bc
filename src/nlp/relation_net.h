// The relation model: how likely a sentence states a relation between two of its entities.
#pragma once

#include <filesystem>
#include <memory>

#include "nlp/net_kernels.h"
#include "schema/ontology.h"
#include "stage/pair_scorer.h"

namespace weft::nlp {

/// The model of relations.bin in `models_dir`, for both tiers; null if the folder has none, and
/// facts then come from patterns alone. Relations of the ontology that the model doesn't know keep
/// their patterns' confidence. Throws SetupError on a broken file. Thread-safe.
///
/// Sections (V keys, R relations, H hidden): relations (R lines), keys (V, ascending), scales (V),
/// rows (V x (R + H) bytes: straight to the answer, to the hidden layer), hidden.bias (H), out
/// (R x H), bias (R), unfired (R: instead of the log odds of a pattern), limits (weight of a
/// pattern's log odds, keep_from, propose_from).
/// Of documents whose words have states (accurate tier), also a head over them (relation_head.h);
/// sections branch, types (T lines), index and data.
std::unique_ptr<const stage::PairScorer> load_relation_net(const std::filesystem::path& models_dir,
                                                           const schema::Ontology& ontology,
                                                           const Kernels& kernels = nlp::kernels());

}  // namespace weft::nlp
