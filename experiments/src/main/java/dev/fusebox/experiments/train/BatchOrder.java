package dev.fusebox.experiments.train;

import dev.fusebox.experiments.pipeline.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which questions a step takes: a function of the seed and the step's number alone.
 *
 * <p>Every epoch takes each question once. Within pools of batches, drawn anew each epoch,
 * questions of like length come together, targets first, so that little is padded; then the batches
 * are shuffled.
 */
final class BatchOrder {

  private final List<Example> examples;
  private final int batch;
  private final int pool;
  private final long seed;
  private long epochAtHand = -1;
  private List<int[]> batchesAtHand = List.of();

  /**
   * The order over {@code examples}.
   *
   * @param batch questions per step; an epoch's last step may have fewer
   * @param pool batches drawn together; 1: questions stay as drawn
   */
  BatchOrder(List<Example> examples, int batch, int pool, long seed) {
    this.examples = examples;
    this.batch = batch;
    this.pool = pool;
    this.seed = seed;
  }

  /** How many steps an epoch has. */
  int stepsPerEpoch() {
    return (examples.size() + batch - 1) / batch;
  }

  /** The questions of a step, which counts from 0. Not safe for threads. */
  List<Example> at(long step) {
    long epoch = step / stepsPerEpoch();
    if (epoch != epochAtHand) {
      batchesAtHand = epoch(epoch);
      epochAtHand = epoch;
    }
    int[] indices = batchesAtHand.get((int) (step % stepsPerEpoch()));
    return Arrays.stream(indices).mapToObj(examples::get).toList();
  }

  private List<int[]> epoch(long epoch) {
    Random random = new Random(Seeds.mix(seed, epoch));
    List<Integer> order = new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
    Collections.shuffle(order, random);
    List<int[]> batches = new ArrayList<>();
    for (List<Integer> drawn : cut(order, pool * batch)) {
      batches.addAll(byLength(drawn));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** Sorts by target, cuts into groups, and sorts each by source: both lengths stay close. */
  private List<int[]> byLength(List<Integer> drawn) {
    List<Integer> sorted = new ArrayList<>(drawn);
    sorted.sort(Comparator.comparingInt(this::target).thenComparingInt(this::source));
    int batchesInGroup = (int) Math.ceil(Math.sqrt((double) drawn.size() / batch));
    List<int[]> batches = new ArrayList<>();
    for (List<Integer> group : cut(sorted, batchesInGroup * batch)) {
      group.sort(Comparator.comparingInt(this::source));
      cut(group, batch).forEach(part -> batches.add(part.stream().mapToInt(i -> i).toArray()));
    }
    return batches;
  }

  private int target(int index) {
    return examples.get(index).target().length;
  }

  private int source(int index) {
    return examples.get(index).source().length;
  }

  private static List<List<Integer>> cut(List<Integer> whole, int size) {
    List<List<Integer>> parts = new ArrayList<>();
    for (int from = 0; from < whole.size(); from += size) {
      parts.add(new ArrayList<>(whole.subList(from, Math.min(from + size, whole.size()))));
    }
    return parts;
  }
}
