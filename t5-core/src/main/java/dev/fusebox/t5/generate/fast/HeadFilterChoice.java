package dev.fusebox.t5.generate.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.tensor.Step;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds by measuring whether a filter in front of the head pays on this machine, and which. */
public final class HeadFilterChoice {

  private static final int ROUNDS = 6;

  private final HeadScript script;
  private final NDManager manager;

  /**
   * @param manager owns what is chosen
   */
  public HeadFilterChoice(HeadScript script, NDManager manager) {
    this.script = script;
    this.manager = manager;
  }

  /**
   * The filter that finds the likeliest tokens of so many rows soonest; none: with all scores they
   * are found sooner.
   *
   * @param matrix (V, D) of the head, as it is
   * @param norm (D): weights of the norm before it
   * @param factor on the scores
   * @param head in its fastest layout
   */
  public Optional<HeadFilter> fastest(
      NDArray matrix, NDArray norm, double factor, StoredMatrices head, int rows) {
    try (Step step = Step.inference(manager)) {
      NDArray hidden = hidden(step, rows, matrix.getShape().get(1));
      NDArray none = step.manager().create(new long[0]);
      Map<Optional<HeadFilter>, Supplier<NDArray>> candidates = new LinkedHashMap<>();
      candidates.put(Optional.empty(), () -> withAllScores(hidden, head, none));
      for (HeadFilter.Form form : fitting(matrix)) {
        HeadFilter filter = HeadFilter.of(script, matrix, norm, factor, form);
        Supplier<NDArray> search = () -> filter.likeliest(script, hidden, none);
        if (works(search)) {
          candidates.put(Optional.of(filter), search);
        }
      }
      return fastest(candidates).map(filter -> filter.keep(step, manager));
    }
  }

  private static List<HeadFilter.Form> fitting(NDArray matrix) {
    long width = matrix.getShape().get(1);
    return Stream.of(HeadFilter.Form.values()).filter(form -> form.fits(width)).toList();
  }

  /** Hidden states like any. */
  private static NDArray hidden(Step step, int rows, long width) {
    float[] values = new float[(int) (rows * width)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    return step.manager().create(values, new Shape(rows, width));
  }

  private NDArray withAllScores(NDArray hidden, StoredMatrices head, NDArray none) {
    return script.chooseBest(script.scores(hidden, head), none);
  }

  /** libtorch has some products for some processors only, and says so when asked for one. */
  private static boolean works(Supplier<NDArray> search) {
    try (NDArray tokens = search.get()) {
      return true;
    } catch (IllegalStateException noSuchProduct) {
      return false;
    }
  }

  private static <T> T fastest(Map<T, Supplier<NDArray>> candidates) {
    Map<T, Long> least = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) { // in turns: others may use the machine too
      candidates.forEach((key, search) -> least.merge(key, time(search), Math::min));
    }
    return Collections.min(least.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** Nanoseconds. */
  private static long time(Supplier<NDArray> search) {
    long start = System.nanoTime();
    search.get().close();
    return System.nanoTime() - start;
  }
}
