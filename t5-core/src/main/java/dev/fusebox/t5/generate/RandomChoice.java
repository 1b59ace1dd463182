package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws tokens. Each sentence has random numbers of its own, so that those of others that end
 * sooner or later change nothing.
 */
final class RandomChoice implements Choice {

  private final GenerateScript script;
  private final Decoding.Sampling sampling;
  private final List<SplittableRandom> randoms;

  RandomChoice(GenerateScript script, Decoding.Sampling sampling, int sentences) {
    this.script = script;
    this.sampling = sampling;
    randoms = sampling.inputSeeds().isEmpty() ? together(sentences) : apart(sentences);
  }

  private List<SplittableRandom> together(int sentences) {
    SplittableRandom seeds = new SplittableRandom(sampling.seed());
    return IntStream.range(0, sentences).mapToObj(i -> seeds.split()).toList();
  }

  private List<SplittableRandom> apart(int sentences) {
    int inputs = sampling.inputSeeds().size();
    if (inputs * sampling.sequences() != sentences) {
      throw new IllegalArgumentException(
          "inputSeeds must be as many as the %d inputs, found %d"
              .formatted(sentences / sampling.sequences(), inputs));
    }
    return sampling.inputSeeds().stream()
        .map(SplittableRandom::new)
        .flatMap(seeds -> IntStream.range(0, sampling.sequences()).mapToObj(i -> seeds.split()))
        .toList();
  }

  @Override
  public Chosen choose(DecoderState state, NDArray ids, NDArray banned, List<Integer> sentences) {
    return among(state.read(ids), banned, sentences);
  }

  /** Among the tokens with these scores (R, V). */
  Chosen among(NDArray logits, NDArray banned, List<Integer> sentences) {
    double[] draws =
        sentences.stream().map(randoms::get).mapToDouble(SplittableRandom::nextDouble).toArray();
    return Chosen.withLogProbabilities(
        script.chooseRandom(
            logits,
            banned,
            logits.getManager().create(draws),
            sampling.temperature(),
            sampling.topK(),
            sampling.topP()));
  }
}
