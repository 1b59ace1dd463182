package dev.fusebox.t5.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.t5.TinyT5;
import dev.fusebox.t5.generate.Decoding.Sampling;
import dev.fusebox.tensor.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Draws from a distribution that is known: 0.5, 0.25, 0.15, 0.07, 0.03. */
class RandomChoiceTest {

  private static final double[] P = {0.5, 0.25, 0.15, 0.07, 0.03};
  private static final int DRAWS = 20_000;
  private static final double CLOSE = 0.015; // more than four standard deviations

  private NDManager root;
  private WritingScripts scripts;

  @BeforeEach
  void open() {
    root = NDManager.newBaseManager();
    scripts = WritingScripts.compile(TinyT5.CONFIG, root);
  }

  @AfterEach
  void close() {
    root.close();
  }

  /** How often each token is drawn. */
  private double[] frequencies(Sampling sampling, long... banned) {
    double[] frequencies = new double[P.length];
    for (int token : draw(sampling, banned)) {
      frequencies[token] += 1.0 / DRAWS;
    }
    return frequencies;
  }

  private int[] draw(Sampling sampling, long... banned) {
    try (Step step = Step.inference(root)) {
      float[] row = new float[P.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) Math.log(P[i]) + 3;
      }
      NDArray one = step.manager().create(row, new Shape(1, row.length));
      NDArray logits = one.repeat(0, DRAWS);
      long[] places =
          IntStream.range(0, DRAWS)
              .boxed()
              .flatMapToLong(i -> Arrays.stream(banned).map(token -> i * (long) P.length + token))
              .toArray();
      List<Integer> sentences = IntStream.range(0, DRAWS).boxed().toList();
      Chosen chosen =
          new RandomChoice(scripts.tokens(), sampling, DRAWS)
              .among(logits, step.manager().create(places), sentences);
      for (int i = 0; i < DRAWS; i++) { // the score is the model's, whatever was cut off
        assertThat(chosen.logProbability(i)).isCloseTo(Math.log(P[chosen.token(i)]), within(1e-5));
      }
      return IntStream.range(0, DRAWS).map(chosen::token).toArray();
    }
  }

  private static void assertDistribution(double[] found, double... weights) {
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < found.length; i++) {
      double expected = weights[i] / sum;
      assertThat(found[i]).as("token " + i).isCloseTo(expected, within(expected == 0 ? 0 : CLOSE));
    }
  }

  @Test
  void followsTheDistribution() {
    assertDistribution(frequencies(new Sampling(1, 0, 1, 1, 1)), P);
  }

  @Test
  void temperatureSharpensAndFlattens() {
    double[] squared = Arrays.stream(P).map(p -> p * p).toArray();
    assertDistribution(frequencies(new Sampling(0.5, 0, 1, 2, 1)), squared);
    double[] roots = Arrays.stream(P).map(Math::sqrt).toArray();
    assertDistribution(frequencies(new Sampling(2, 0, 1, 3, 1)), roots);
    assertDistribution(frequencies(new Sampling(0.01, 0, 1, 4, 1)), 1, 0, 0, 0, 0);
  }

  @Test
  void topKKeepsTheLikeliest() {
    assertDistribution(frequencies(new Sampling(1, 2, 1, 5, 1)), 0.5, 0.25, 0, 0, 0);
    assertDistribution(frequencies(new Sampling(1, 100, 1, 6, 1)), P);
  }

  @Test
  void topPKeepsTheFewestThatReachIt() {
    assertDistribution(frequencies(new Sampling(1, 0, 0.8, 7, 1)), 0.5, 0.25, 0.15, 0, 0);
    assertDistribution(frequencies(new Sampling(1, 0, 0.45, 8, 1)), 1, 0, 0, 0, 0);
    assertDistribution(frequencies(new Sampling(1, 0, 0.001, 9, 1)), 1, 0, 0, 0, 0);
  }

  @Test
  void topPCountsAmongWhatTopKLeft() {
    // 0.5 and 0.25 of 0.75: the first alone has two thirds
    assertDistribution(frequencies(new Sampling(1, 2, 0.6, 10, 1)), 1, 0, 0, 0, 0);
    assertDistribution(frequencies(new Sampling(1, 2, 0.7, 11, 1)), 0.5, 0.25, 0, 0, 0);
  }

  @Test
  void whatIsBannedIsNeverDrawn() {
    assertDistribution(frequencies(new Sampling(1, 0, 1, 12, 1), 0, 3), 0, 0.25, 0.15, 0, 0.03);
  }

  @Test
  void theSeedDecides() {
    assertThat(draw(new Sampling(1, 0, 1, 13, 1))).isEqualTo(draw(new Sampling(1, 0, 1, 13, 1)));
    assertThat(draw(new Sampling(1, 0, 1, 13, 1))).isNotEqualTo(draw(new Sampling(1, 0, 1, 14, 1)));
  }

  /** An input's draws are its own, whatever stands beside it and wherever. */
  @Test
  void anInputWithASeedOfItsOwnDrawsTheSameInAnyBatch() {
    List<Long> seeds = LongStream.range(0, DRAWS).boxed().toList();
    List<Long> backwards = new ArrayList<>(seeds);
    Collections.reverse(backwards);
    int[] there = draw(new Sampling(1, 0, 1, 15, 1, seeds));
    int[] back = draw(new Sampling(1, 0, 1, 16, 1, backwards));
    for (int i = 0; i < DRAWS; i++) {
      assertThat(back[DRAWS - 1 - i]).isEqualTo(there[i]);
    }
    assertDistribution(frequencies(new Sampling(1, 0, 1, 15, 1, seeds)), P);
  }
}
