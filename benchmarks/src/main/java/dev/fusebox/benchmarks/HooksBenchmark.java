package dev.fusebox.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.PlainT5;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.GenerationConfig;
import dev.fusebox.t5.generate.Generator;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.util.Random;

/**
 * What it costs a text-only model that fusions can hook into it: the same weights with hooks and
 * without, in turns.
 */
final class HooksBenchmark {

  private static final int SOURCE = 128;
  private static final int TARGET = 32;

  /** Takes the decoder's hooks and does nothing there. */
  private static final FusionPass IDLE =
      new FusionPass() {
        @Override
        public NDArray beforeDecoderBlock(int block, NDArray hidden) {
          return hidden;
        }
      };

  private final NDManager root;
  private final Ops ops;
  private final T5Model hooked;
  private final PlainT5 plain;
  private final Generator generator;
  private final int batch;
  private final int vocabulary;

  private HooksBenchmark(
      NDManager root, Ops ops, T5Model hooked, PlainT5 plain, Generator generator, int batch) {
    this.root = root;
    this.ops = ops;
    this.hooked = hooked;
    this.plain = plain;
    this.generator = generator;
    this.batch = batch;
    vocabulary = hooked.config().vocabulary();
  }

  /** Prints the table. */
  static void run(BenchmarkSettings settings) {
    System.out.println(Pairs.heading());
    table("width 64", T5Config.small(700, 64, 8).withDepths(2, 2).withDropout(0), 16, settings);
    table("width 512", T5Config.small(32128, 512, 8).withDepths(6, 6).withDropout(0), 4, settings);
  }

  private static void table(String model, T5Config config, int batch, BenchmarkSettings settings) {
    try (NDManager root = NDManager.newBaseManager();
        Parameters ours = new Parameters(root, 0);
        Parameters same = new Parameters(root, 0)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      T5Model hooked = T5Model.textOnly(config, ours, ops);
      PlainT5 plain = new PlainT5(config, same, ops);
      same.train(name -> true);
      try (Generator generator = Generator.of(hooked)) {
        HooksBenchmark benchmark = new HooksBenchmark(root, ops, hooked, plain, generator, batch);
        benchmark.checkSame();
        benchmark.rows(model, settings);
      }
    }
  }

  private void checkSame() {
    double with = learn(this::withHooks);
    double without = learn(this::withoutHooks);
    if (with != without) {
      throw new IllegalStateException("losses must be equal, found " + with + ", " + without);
    }
  }

  private void rows(String model, BenchmarkSettings settings) {
    Runnable with = () -> learn(this::withHooks);
    Runnable without = () -> learn(this::withoutHooks);
    System.out.println(Pairs.measure(model + ", train step", settings, with, without));
    Runnable writing = () -> write(true, FusionPass.IDENTITY);
    Runnable plainly = () -> write(false, FusionPass.IDENTITY);
    System.out.println(Pairs.measure(model + ", write", settings, writing, plainly));
    Runnable idle = () -> write(true, IDLE);
    System.out.println(
        Pairs.measure(model + ", write, decoder hook taken", settings, idle, plainly));
  }

  /** Computes scores (B, U, vocabulary). */
  private interface Forward {
    NDArray logits(NDArray ids, NDArray mask, NDArray targets);
  }

  private NDArray withHooks(NDArray ids, NDArray mask, NDArray targets) {
    FusionPass pass = FusionPass.IDENTITY;
    TextStates encoded = hooked.encode(ids, mask, pass, Mode.TRAINING);
    return hooked.logits(hooked.decode(targets, encoded, pass, Mode.TRAINING), pass);
  }

  private NDArray withoutHooks(NDArray ids, NDArray mask, NDArray targets) {
    return plain.logits(targets, plain.encode(ids, mask, Mode.TRAINING), Mode.TRAINING);
  }

  private double learn(Forward forward) {
    try (Step step = Step.training(root)) {
      NDArray targets = ids(step.manager(), TARGET);
      NDArray logits = forward.logits(ids(step.manager(), SOURCE), mask(step.manager()), targets);
      NDArray loss = ops.crossEntropy(logits, targets, 0, batch * TARGET);
      step.backward(loss);
      return loss.getFloat();
    }
  }

  private void write(boolean hooks, FusionPass pass) {
    try (Step step = Step.inference(root)) {
      NDArray ids = ids(step.manager(), SOURCE);
      NDArray mask = mask(step.manager());
      TextStates encoded =
          hooks
              ? hooked.encode(ids, mask, pass, Mode.INFERENCE)
              : plain.encode(ids, mask, Mode.INFERENCE);
      GenerationConfig config =
          new GenerationConfig(TARGET, TARGET, 0, GenerationConfig.greedy(TARGET).decoding());
      generator.generate(encoded, pass, config);
    }
  }

  private NDArray ids(NDManager manager, int length) {
    long[] ids = new Random(length).longs((long) batch * length, 3, vocabulary).toArray();
    return manager.create(ids, new Shape(batch, length));
  }

  private NDArray mask(NDManager manager) {
    return manager.ones(new Shape(batch, SOURCE), DataType.FLOAT32);
  }
}
