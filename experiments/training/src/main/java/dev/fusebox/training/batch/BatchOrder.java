package dev.fusebox.training.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which questions a step takes: a function of the seed and the step's number alone.
 *
 * <p>Every epoch takes each question once. Within pools of batches, drawn anew each epoch,
 * questions of like length come together, so that little is padded; then the batches are shuffled.
 * Without pools the questions that are left over come last, as in a loader of Hugging Face's.
 */
public final class BatchOrder {

  private static final Comparator<Example> TARGET_FIRST =
      Comparator.<Example>comparingInt(example -> example.outputTokens())
          .thenComparingInt(example -> example.source().length);
  private static final Comparator<Example> SOURCE_FIRST =
      Comparator.<Example>comparingInt(example -> example.source().length)
          .thenComparingInt(example -> example.outputTokens());

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
  public BatchOrder(List<Example> examples, int batch, int pool, BatchFill fill, long seed) {
    this.examples = examples;
    this.batch = Math.min(batch, Math.max(1, examples.size())); // whoever wants all says any number
    this.pool = pool;
    this.fill = fill;
    this.seed = seed;
  }

  /** How many steps an epoch has. */
  public int stepsPerEpoch() {
    return batchesOf(examples.size());
  }

  private int batchesOf(int questions) {
    return (questions + batch - 1) / batch;
  }

  /** The questions of a step, which counts from 0. Not safe for threads. */
  public List<Example> at(long step) {
    long epoch = step / stepsPerEpoch();
    if (epoch != epochAtHand) {
      batchesAtHand = epoch(epoch);
      epochAtHand = epoch;
    }
    return batchesAtHand.get((int) (step % stepsPerEpoch()));
  }

  /** How many questions a pool has. */
  private int drawnTogether() {
    return (int) Math.min((long) pool * batch, examples.size());
  }

  private List<List<Example>> epoch(long epoch) {
    Random random = new Random(Seeds.mix(seed, epoch));
    List<Example> order = new ArrayList<>(examples);
    Collections.shuffle(order, random);
    List<List<Example>> batches = new ArrayList<>();
    for (List<Example> drawn : cut(order, drawnTogether())) {
      batches.addAll(batches(drawn));
    }
    Collections.shuffle(batches, random);
    if (pool == 1) {
      batches.sort(
          Comparator.comparing(each -> each.size() < batch)); // what is left over comes last
    }
    return batches;
  }

  /** Of several ways to bring like lengths together the one that pads the least. */
  private List<List<Example>> batches(List<Example> drawn) {
    int most = (int) Math.ceil(2 * Math.sqrt(batchesOf(drawn.size())));
    return IntStream.rangeClosed(1, most)
        .boxed()
        .flatMap(
            batchesInGroup ->
                Stream.of(TARGET_FIRST, SOURCE_FIRST)
                    .map(order -> thereAndBack(drawn, order, batchesInGroup * batch)))
        .map(this::cutIntoBatches)
        .min(Comparator.comparingLong(TokenBudget::placesOfAll))
        .orElseThrow();
  }

  private List<List<Example>> cutIntoBatches(List<Example> row) {
    return fill == BatchFill.TOKENS
        ? new TokenBudget(row).into(batchesOf(row.size()))
        : cut(row, batch);
  }

  /**
   * One row: groups of like length on the side that {@code order} looks at first, each sorted by
   * the other side, every other one from long to short, so that its ends fit its neighbours.
   */
  private static List<Example> thereAndBack(
      List<Example> drawn, Comparator<Example> order, int group) {
    List<Example> sorted = new ArrayList<>(drawn);
    sorted.sort(order);
    Comparator<Example> within = order == TARGET_FIRST ? SOURCE_FIRST : TARGET_FIRST;
    List<Example> row = new ArrayList<>();
    boolean back = false;
    for (List<Example> part : cut(sorted, group)) {
      part.sort(back ? within.reversed() : within);
      row.addAll(part);
      back = !back;
    }
    return row;
  }

  private static List<List<Example>> cut(List<Example> whole, int size) {
    List<List<Example>> parts = new ArrayList<>();
    for (int from = 0; from < whole.size(); from += size) {
      parts.add(new ArrayList<>(whole.subList(from, Math.min(from + size, whole.size()))));
    }
    return parts;
  }
}
