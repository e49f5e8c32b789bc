#!/usr/bin/env python3
"""Names of a source that is training data, cross-validated: each fold's documents are read by a net that never saw them.

    cross_validate.py CONFIG.json --data PREPARED --out DIR [--source wikigold] [--folds 3] [--epochs 4] [--threads 1]

No labels of a teacher are used (the teacher was trained on all of the source), so a net learns from the gold part alone. Gold tokens; span F1
over all folds together. A fold that is done is not trained again."""

import argparse
import json
import pathlib

import numpy as np
import torch

import corpus
import measure
import train


def documents_of(part, number):
    """The sentences of a source, a list a document."""
    out = []
    for s in np.flatnonzero(part.source == number):
        if not out or part.begins[s] & 1:
            out.append([])
        out[-1].append(int(s))
    return out


class FoldTrainer(train.Trainer):
    """Trains without some sentences, and without their names."""

    def __init__(self, options, held_out):
        super().__init__(options)
        self.held_out = held_out
        part = self.train
        if part.known_names is not None:
            hidden = np.zeros(int(part.begin[-1]), bool)
            for s in held_out:
                hidden[part.begin[s]:part.begin[s + 1]] = True
            pool = part.known_names.pool
            for key, places in pool.items():
                pool[key] = [i for i in places if not hidden[i]]

    def epoch_batches(self, epoch):
        kept = [(part, [s for s in sentences if part is not self.train or s not in self.held_out], weight)
                for part, sentences, weight in super().epoch_batches(epoch)]
        return [batch for batch in kept if batch[1]]


@torch.no_grad()
def count_names(net, part, sentences, source):
    """Names that are right, that are there, that were found."""
    net.eval()
    right = wanted_count = found_count = 0
    classes = measure.CLASSES[source]
    for chosen in corpus.batches(part, sentences, 4000):
        batch = corpus.Batch(part, chosen, with_pieces=net.bert is not None)
        for s, (_, _, _, names) in zip(chosen, measure.predict(net, batch)):
            wanted = measure.spans(measure.gold_path(part.names[part.begin[s]:part.begin[s + 1]]), classes)
            found = measure.spans(names, classes)
            right += len(wanted & found)
            wanted_count += len(wanted)
            found_count += len(found)
    return right, wanted_count, found_count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--source", default="wikigold")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    number = corpus.load_meta(options.data)["sources"].index(options.source)
    documents = documents_of(corpus.Part(options.data / "train"), number)
    total = np.zeros(3, int)
    for fold in range(options.folds):
        folder = options.out / f"fold{fold}"
        if not (folder / "counts.json").exists():
            held_out = {s for d in documents[fold::options.folds] for s in d}
            trainer = FoldTrainer(argparse.Namespace(
                config=options.config, data=options.data, out=folder, epochs=options.epochs, threads=options.threads, bert=None,
                train=None, silver=[], start=None, resume=True, workers=1, set=["measure_every=1000", "half=false"]), held_out)
            trainer.run()
            (folder / "counts.json").write_text(json.dumps(count_names(trainer.net, trainer.train, sorted(held_out), options.source)))
        counts = np.array(json.loads((folder / "counts.json").read_text()))
        total += counts
        right, wanted, found = counts.tolist()
        print(f"fold {fold}: {wanted} names, P {100 * right / found:.2f} R {100 * right / wanted:.2f} F1 {200 * right / (wanted + found):.2f}", flush=True)
    right, wanted, found = total.tolist()
    print(f"{options.source}, {len(documents)} documents in {options.folds} folds: {wanted} names, P {100 * right / found:.2f} "
          f"R {100 * right / wanted:.2f} F1 {200 * right / (wanted + found):.2f}")


if __name__ == "__main__":
    main()
