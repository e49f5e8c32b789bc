// Corpora as plain arrays for the training programs in Python.
#pragma once

#include <filesystem>

namespace weft::train {

struct PrepareOptions {
  std::filesystem::path data = "../shared/data";
  std::filesystem::path schema = "schema";
  std::filesystem::path vocabulary;  // BERT's vocab.txt
  std::filesystem::path
      passages;  // documents and gold graphs beside those of ../gold/train; or none
  std::filesystem::path
      raw;  // a plain text, a paragraph a line: the part "raw" alone, without gold
  std::filesystem::path out;
};

/// Writes the folders train, dev and test (or raw) below `out`, and meta.json. All arrays are
/// little endian, without a header; N words, S sentences, the type in the file's name:
///   sentences.u32[S+1]   first word of each, and N         source.u8[S]  number in meta.json
///   begins.u8[S]         1: a document, 2: a paragraph begins
///   rows.u32[N,6]        nlp::SurfaceInput                 bits.u64[N]   the same, without stops
///   case_shape.u32[N,3]  row of the shape and bits of the word in a sentence all lower case, all
///   case_bits.u64[N,3]   upper case, and with capitals as in titles
///   pieces_begin.u32[N+1], pieces.u16                      word pieces of each word
///   tag.i16[N]           number in meta.json or -1         deprel.i16[N] the same
///   head.i32[N]          in the sentence; -1 root, -2 unknown
///   names.u32[N]         bit k: the label k (nlp/name_decoder.h) may stand here
///   words.txt            words of a sentence, a tab apart, a sentence a line
/// and, for the ends of sentences, the same treebanks as raw text in our own tokens (B blocks):
///   blocks.u32[B+1], block_source.u8[B], block_rows.u32[M,6], block_bits.u64[M] (with stops,
///   without gazetteer and lists), block_begin.u8[M] (1: a sentence begins; 0 in the middle of one)
void prepare(const PrepareOptions& options);

}  // namespace weft::train
