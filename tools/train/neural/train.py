#!/usr/bin/env python3
"""Trains the fast or the accurate tier and dumps it.

    train.py CONFIG.json --data PREPARED --out DIR [--epochs N] [--train PART] [--silver PART …] [--set key=value …] [--bert SAFETENSORS] [--resume]

DIR gets state.pt (a checkpoint every `save_every` steps; --resume goes on from it as if nothing had happened), log.txt, final.pt and
dump/ (for `weft-train pack`). With --workers 2, two processes each take a batch a step and share their gradients; the result depends on
their number."""

import argparse
import json
import pathlib
import shutil
import sys
import tempfile
import time

import numpy as np
import torch
import torch.distributed
import torch.multiprocessing

import corpus
import dump
import measure
import net as nets


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--bert", type=pathlib.Path)
    parser.add_argument("--epochs", type=float)
    parser.add_argument("--set", nargs="*", default=[], help="key=value of the configuration (JSON values)")
    parser.add_argument("--train", type=pathlib.Path, help="instead of PREPARED/train")
    parser.add_argument("--silver", type=pathlib.Path, nargs="*", default=[], help="prepared folders with labels of a teacher")
    parser.add_argument("--start", type=pathlib.Path, help="begin with the weights of an earlier run's final.pt")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def load_bert(path):
    if path is None:
        return None
    from safetensors.torch import load_file
    return load_file(str(path))


def vectors_of(folder):
    return torch.from_numpy(np.fromfile(folder / "vectors.f32", "<f4").reshape(-1, 100))


def stop_row(part, meta):
    """The row of "." in the table of words: that of most last words tagged as a stop."""
    stop = meta["tags"].index("PUNCT . 0")
    values, counts = np.unique(part.rows[part.tag == stop, 1], return_counts=True)
    return int(values[counts.argmax()])


class Trainer:
    def __init__(self, options, worker=0):
        self.options, self.worker = options, worker
        self.config = json.loads(options.config.read_text())
        for setting in options.set:
            key, value = setting.split("=", 1)
            self.config[key] = json.loads(value)
        if options.epochs is not None:
            self.config["epochs"] = options.epochs
        torch.manual_seed(self.config.get("seed", 7))
        torch.set_num_threads(options.threads)
        self.meta = corpus.load_meta(options.data)
        self.train, self.dev = corpus.Part(options.train or options.data / "train"), corpus.Part(options.data / "dev")
        self.parts = [(self.train, 1.0)] + [(corpus.Part(folder), self.config.get("silver_weight", 1.0)) for folder in options.silver]
        row = stop_row(self.train, self.meta)
        for part, _ in self.parts:
            part.stop_row = row
        if self.config.get("augment", {}).get("replaced", 0) > 0:
            self.train.known_names = corpus.Names(self.train)
        self.net = nets.Net(self.config, self.meta, vectors_of(options.data), load_bert(options.bert))
        if options.start:
            self.net.load_state_dict(torch.load(options.start, weights_only=False)["net"])
        self.groups = self.net.group_rates()
        rate = self.config["rate"]
        self.optimizer = torch.optim.AdamW(
            [{"params": p, "lr": rate * factor, "base": rate * factor} for p, factor, _ in self.groups],
            betas=(0.9, 0.98), weight_decay=self.config.get("weight_decay", 0.01), fused=True)
        self.step, self.seconds = 0, 0.0
        self.average = None
        self.out = options.out
        self.out.mkdir(parents=True, exist_ok=True)
        self.log_file = open(self.out / "log.txt", "a") if worker == 0 else None
        if options.resume and (self.out / "state.pt").exists():
            self.load()

    def log(self, line):
        if self.worker > 0:
            return
        line = time.strftime("%H:%M:%S ") + line
        print(line, flush=True)
        print(line, file=self.log_file, flush=True)

    def save(self):
        if self.worker > 0:
            return
        torch.save({"net": self.net.state_dict(), "optimizer": self.optimizer.state_dict(), "step": self.step,
                    "seconds": self.seconds, "average": self.average}, self.out / "state.tmp")
        (self.out / "state.tmp").rename(self.out / "state.pt")

    def load(self):
        state = torch.load(self.out / "state.pt", weights_only=False)
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seconds, self.average = state["step"], state["seconds"], state["average"]
        self.log(f"resumed at step {self.step}")

    def epoch_batches(self, epoch):
        """(part, sentences, weight) in random order; sentences of gold/train come twice."""
        random = np.random.default_rng((self.config.get("seed", 7), epoch))
        out = []
        for part, weight in self.parts:
            sentences = np.arange(len(part))
            lengths = part.begin[1:] - part.begin[:-1]
            keep = lengths <= self.config.get("longest", 160)
            if part is self.train:
                pieces = part.pieces_begin[part.begin[1:]] - part.pieces_begin[part.begin[:-1]]
                keep &= pieces <= 250
                copies = np.ones(len(part), int)
                for source, times in self.config.get("copies", {}).items():
                    copies[part.source == self.meta["sources"].index(source)] = times
                sentences = np.repeat(sentences[keep], copies[keep])
            else:
                sentences = sentences[keep]
                share = self.config.get("silver_share", 1.0)
                sentences = sentences[random.random(len(sentences)) < share]
            of_pieces = self.net.bert is not None
            out += [(part, b, weight) for b in corpus.batches(part, sentences, self.config["batch_words"], random, of_pieces)]
        order = random.permutation(len(out))
        return [out[k] for k in order]

    def run(self):
        config, workers = self.config, self.options.workers
        per_epoch = len(self.epoch_batches(0)) // workers
        steps = int(per_epoch * config["epochs"])
        parameters = sum(p.numel() for p in self.net.parameters() if p.requires_grad)
        self.log(f"{parameters / 1e6:.1f} M trained parameters, {per_epoch} steps an epoch, {steps} in all; {json.dumps(config)}")
        trained = [p for p in self.net.parameters() if p.requires_grad]
        sums, started = {}, time.time()
        while self.step < steps:
            epoch = self.step // per_epoch
            plan = self.epoch_batches(epoch)
            plan = (plan + plan)[:per_epoch * workers]  # an epoch's batches vary in number by a few
            plan = plan[self.worker::workers]
            self.net.train()
            for part, sentences, weight in plan[self.step % per_epoch:]:
                if self.step >= steps:
                    break
                augment = self.seed_step()
                nets.Linear.rounded = self.step >= steps - config.get("rounded", 0)
                self.learn(part, sentences, weight, augment, self.scale(steps), trained, sums)
                self.step += 1
                if self.step % 50 == 0:
                    self.log(f"step {self.step} epoch {self.step / per_epoch:.2f} {time.time() - started + self.seconds:.0f} s " +
                             " ".join(f"{k} {v[0] / v[1]:.4f}" for k, v in sorted(sums.items())))
                    sums = {}
                if self.step % config.get("save_every", per_epoch) == 0:
                    self.seconds, started = self.seconds + time.time() - started, time.time()
                    self.save()
            if self.worker == 0 and self.step < steps and (epoch + 1) % config.get("measure_every", 1) == 0:
                self.log(f"epoch {self.step / per_epoch:.1f}: " + measure.text(self.measure()))
        self.seconds += time.time() - started
        self.save()
        if self.worker == 0:
            self.finish()

    def seed_step(self):
        """All chance of a step follows from its number, so that a run that goes on is the run that was not stopped."""
        seed = (self.config.get("seed", 7), self.step, self.worker)
        nets.Dropout.random = np.random.Generator(np.random.SFC64(seed))
        torch.manual_seed(int(nets.Dropout.random.integers(1 << 62)))
        return corpus.Augment(seed, **self.config.get("augment", {}))

    def share_gradients(self, trained):
        """Each worker gets the mean of all."""
        if self.options.workers == 1:
            return
        flat = torch.cat([(p.grad if p.grad is not None else torch.zeros_like(p)).flatten() for p in trained])
        torch.distributed.all_reduce(flat)
        flat /= self.options.workers
        at = 0
        for p in trained:
            p.grad = flat[at:at + p.numel()].view_as(p)
            at += p.numel()

    def scale(self, steps):
        return nets.scale_of(self.step, steps, self.config["warm_up"], self.config.get("cool_down"))

    def learn(self, part, sentences, weight, augment, scale, trained, sums):
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * scale
        batch = corpus.Batch(part, sentences, augment, with_pieces=self.net.bert is not None)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.config.get("half", True)):
            losses = self.net.losses(batch, self.config.get("smoothing", 0.0))
        weights = self.config.get("weights", {})
        total = sum(weights.get(name, 1.0) * value / count for name, (value, count) in losses.items()) * weight
        total.backward()
        for name, (value, count) in losses.items():
            old = sums.get(name, (0.0, 0))
            sums[name] = old[0] + float(value.detach()), old[1] + int(count)
        self.share_gradients(trained)
        torch.nn.utils.clip_grad_norm_(trained, self.config.get("clip", 1.0))
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        decay = self.config.get("average", 0.0)
        if decay > 0:
            with torch.no_grad():
                if self.average is None:
                    self.average = [p.detach().clone() for p in trained]
                else:
                    torch._foreach_lerp_(self.average, [p.detach() for p in trained], 1 - min(decay, (self.step + 1) / (self.step + 10)))

    def swap_average(self):
        if self.average is None:
            return
        with torch.no_grad():
            for p, a in zip((p for p in self.net.parameters() if p.requires_grad), self.average):
                kept = p.detach().clone()
                p.copy_(a)
                a.copy_(kept)

    def measure(self, most=None):
        nets.Linear.rounded = False
        self.swap_average()
        figures = measure.measure(self.net, self.dev, most=most)
        self.swap_average()
        return figures

    def finish(self):
        figures = self.measure()
        self.log(f"{self.step} steps, {self.seconds / 60:.1f} min: " + measure.text(figures))
        self.swap_average()
        torch.save({"net": self.net.state_dict(), "config": self.config}, self.out / "final.pt")
        temperature = measure.temperature(self.net, self.dev) if self.config.get("tempered", False) else 1.0
        dump.dump(self.net, self.out / "dump", self.dev, figures, temperature)
        if self.options.bert:
            shutil.copy(self.options.bert.parent / "vocab.txt", self.out / "dump" / "vocab.txt")
        self.log(f"dumped to {self.out / 'dump'}, temperature of names {temperature}")


def work(worker, options, meeting):
    if options.workers > 1:
        torch.distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=worker, world_size=options.workers)
    Trainer(options, worker).run()


if __name__ == "__main__":
    given = arguments()
    if given.workers == 1:
        sys.exit(work(0, given, None))
    with tempfile.TemporaryDirectory() as folder:
        torch.multiprocessing.spawn(work, (given, folder + "/meeting"), given.workers)
