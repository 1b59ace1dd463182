package dev.fusebox.experiments.train;

import dev.fusebox.experiments.pipeline.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

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
  private final BatchFill fill;
  private final long seed;
  private long epochAtHand = -1;
  private List<List<Example>> batchesAtHand = List.of();

  /**
   * The order over {@code examples}.
   *
   * @param batch questions per step, or on average per step where tokens fill a batch
   * @param pool batches drawn together; 1: questions stay as drawn
   * @param fill whether a pool's batches have equally many questions or tokens; an epoch has the
   *     same number of batches either way
   */
  BatchOrder(List<Example> examples, int batch, int pool, BatchFill fill, long seed) {
    this.examples = examples;
    this.batch = batch;
    this.pool = pool;
    this.fill = fill;
    this.seed = seed;
  }

  /** How many steps an epoch has. */
  int stepsPerEpoch() {
    return batchesOf(examples.size());
  }

  private int batchesOf(int questions) {
    return (questions + batch - 1) / batch;
  }

  /** The questions of a step, which counts from 0. Not safe for threads. */
  List<Example> at(long step) {
    long epoch = step / stepsPerEpoch();
    if (epoch != epochAtHand) {
      batchesAtHand = epoch(epoch);
      epochAtHand = epoch;
    }
    return batchesAtHand.get((int) (step % stepsPerEpoch()));
  }

  private List<List<Example>> epoch(long epoch) {
    Random random = new Random(Seeds.mix(seed, epoch));
    List<Example> order = new ArrayList<>(examples);
    Collections.shuffle(order, random);
    List<List<Example>> batches = new ArrayList<>();
    for (List<Example> drawn : cut(order, pool * batch)) {
      batches.addAll(batches(drawn));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  private List<List<Example>> batches(List<Example> drawn) {
    return fill == BatchFill.TOKENS
        ? new TokenBudget(thereAndBack(drawn)).into(batchesOf(drawn.size()))
        : byLength(drawn).stream().flatMap(group -> cut(group, batch).stream()).toList();
  }

  /** Groups of like target, each sorted by source: both lengths stay close. */
  private List<List<Example>> byLength(List<Example> drawn) {
    List<Example> sorted = new ArrayList<>(drawn);
    sorted.sort(
        Comparator.<Example>comparingInt(example -> example.target().length)
            .thenComparingInt(BatchOrder::source));
    int batchesInGroup = (int) Math.ceil(Math.sqrt((double) drawn.size() / batch));
    List<List<Example>> groups = cut(sorted, batchesInGroup * batch);
    groups.forEach(group -> group.sort(Comparator.comparingInt(BatchOrder::source)));
    return groups;
  }

  /** One row in which every other group runs from long to short: its ends fit its neighbours. */
  private List<Example> thereAndBack(List<Example> drawn) {
    List<Example> row = new ArrayList<>();
    List<List<Example>> groups = byLength(drawn);
    for (int i = 0; i < groups.size(); i++) {
      if (i % 2 == 1) {
        Collections.reverse(groups.get(i));
      }
      row.addAll(groups.get(i));
    }
    return row;
  }

  private static int source(Example example) {
    return example.source().length;
  }

  private static List<List<Example>> cut(List<Example> whole, int size) {
    List<List<Example>> parts = new ArrayList<>();
    for (int from = 0; from < whole.size(); from += size) {
      parts.add(new ArrayList<>(whole.subList(from, Math.min(from + size, whole.size()))));
    }
    return parts;
  }
}
