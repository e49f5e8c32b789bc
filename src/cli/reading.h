// What the commands that read documents without a store share: inputs, one document after another,
// messages about those that can't be used.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/session.h"
#include "core/error.h"
#include "doc/document.h"
#include "pipeline/pipeline.h"
#include "schema/schema.h"

namespace weft::cli {

struct Inputs {
  std::vector<std::string> inputs;
  std::string format = "auto";
  bool any_language = false;  // else documents that are not in English are left out
};

/// The argument INPUT... and the option --input-format.
void declare_inputs(OptionSet& options, Inputs& target);
/// Reads the inputs in order, runs the pipeline on each document and calls `take`; memory is that
/// of one document. Returns the exit code of the run.
core::ExitCode for_each_document(Session& session, const Inputs& inputs,
                                 const schema::Schema& schema, const pipeline::Pipeline& pipeline,
                                 const std::function<void(const doc::Document&)>& take);

}  // namespace weft::cli
