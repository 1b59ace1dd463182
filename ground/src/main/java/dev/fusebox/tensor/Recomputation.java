package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Less memory for more time (Chen et al. 2016, arXiv 1604.06174): a graph is recorded between
 * segments only. What happens inside of a segment is forgotten after the forward pass, and done
 * again, with a graph, when the backward pass comes to it.
 *
 * <p>Each segment's result is a leaf of the graph behind it. So the backward pass goes leaf by leaf
 * from the last segment to the first: the gradient of a segment's result becomes, through its
 * repetition, that of its parameters and inputs, and through the graph in front of these inputs
 * that of earlier results.
 */
final class Recomputation {

  /**
   * What is to be repeated.
   *
   * @param inputs the arguments that gradients flow through, but for parameters
   * @param learning the parameters among the arguments
   * @param seed of what it draws
   */
  private record Segment(
      TorchScript script,
      String method,
      List<Object> arguments,
      List<NDArray> inputs,
      List<NDArray> learning,
      NDArray result,
      long seed) {}

  private final Set<NDArray> parameters = Collections.newSetFromMap(new IdentityHashMap<>());
  private final long seed;
  private final List<Segment> segments = new ArrayList<>();

  /**
   * Nothing recorded yet.
   *
   * @param parameters what learns
   * @param seed of what segments draw
   */
  Recomputation(List<NDArray> parameters, long seed) {
    this.parameters.addAll(parameters);
    this.seed = seed;
  }

  /** Runs a segment, without a graph. */
  NDArray run(TorchScript script, String method, Object... arguments) {
    // each once, or the gradient of weights that are used twice would count twice
    Set<NDArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<NDArray> differentiable =
        Stream.of(arguments)
            .flatMap(Recomputation::arrays)
            .filter(seen::add)
            .filter(array -> array.hasGradient() || GradientScript.isDifferentiable(script, array))
            .toList();
    if (differentiable.isEmpty()) {
      return script.call(method, arguments);
    }
    long drawn = seed + segments.size();
    NDArray result =
        RandomNumbers.from(drawn, () -> unrecorded(() -> script.call(method, arguments)));
    result.setRequiresGradient(true);
    segments.add(
        new Segment(
            script,
            method,
            List.of(arguments),
            differentiable.stream().filter(array -> !parameters.contains(array)).toList(),
            differentiable.stream().filter(parameters::contains).toList(),
            result,
            drawn));
    return result;
  }

  private static Stream<NDArray> arrays(Object argument) {
    if (argument instanceof List<?> list) {
      return list.stream().flatMap(Recomputation::arrays);
    }
    if (argument instanceof ScriptTuple tuple) {
      return arrays(tuple.values());
    }
    if (argument instanceof Optional<?> optional) {
      return optional.stream().flatMap(Recomputation::arrays);
    }
    return argument instanceof NDArray array ? Stream.of(array) : Stream.empty();
  }

  private static <T> T unrecorded(Supplier<T> work) {
    JniUtils.setGradMode(false);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(true);
    }
  }

  /**
   * The gradients of a loss with respect to {@code wanted}; without numbers where there is none.
   *
   * @param known what is known of them beforehand, or without numbers
   */
  List<NDArray> gradients(
      TorchScript script, Loss loss, List<NDArray> wanted, List<NDArray> known) {
    Found found = new Found();
    for (int i = 0; i < known.size(); i++) {
      found.put(wanted.get(i), known.get(i));
    }
    found.add(script, loss, ahead(wanted, segments.size()));
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      NDArray gradient = found.take(segment.result());
      if (gradient != null) {
        repeat(segment, gradient, found);
      }
      for (NDArray input : segment.inputs()) {
        if (isFirstUse(input, i) && !isResult(input)) {
          NDArray through = found.take(input);
          if (through != null) {
            found.add(script, new Loss(input, List.of(input), List.of(through)), ahead(wanted, i));
          }
        }
      }
    }
    return wanted.stream().map(array -> found.of(array, script, loss.value())).toList();
  }

  /** Parameters, and the results of the first {@code count} segments: where a graph may end. */
  private List<NDArray> ahead(List<NDArray> wanted, int count) {
    return Stream.concat(wanted.stream(), segments.stream().limit(count).map(Segment::result))
        .toList();
  }

  private boolean isFirstUse(NDArray input, int segment) {
    return segments.stream().limit(segment).noneMatch(s -> contains(s.inputs(), input));
  }

  private boolean isResult(NDArray array) {
    return segments.stream().anyMatch(segment -> segment.result() == array);
  }

  private static boolean contains(List<NDArray> arrays, NDArray array) {
    return arrays.stream().anyMatch(each -> each == array);
  }

  private static void repeat(Segment segment, NDArray gradient, Found found) {
    TorchScript script = segment.script();
    IdentityHashMap<NDArray, NDArray> leaves = new IdentityHashMap<>();
    for (NDArray input : segment.inputs()) {
      leaves.computeIfAbsent(input, each -> leaf(script, each));
    }
    Object[] arguments =
        segment.arguments().stream().map(argument -> swap(argument, leaves)).toArray();
    NDArray result =
        RandomNumbers.from(segment.seed(), () -> script.call(segment.method(), arguments));
    List<NDArray> inputs = List.copyOf(leaves.keySet());
    List<NDArray> towards =
        Stream.concat(segment.learning().stream(), inputs.stream().map(leaves::get)).toList();
    List<NDArray> keys = Stream.concat(segment.learning().stream(), inputs.stream()).toList();
    Loss end = new Loss(result, List.of(result), List.of(gradient));
    List<NDArray> gradients = pullBack(script, end, towards, false);
    for (int i = 0; i < keys.size(); i++) {
      found.put(keys.get(i), gradients.get(i));
    }
    result.close();
    leaves.values().forEach(NDArray::close);
    gradient.close();
  }

  private static List<NDArray> pullBack(
      TorchScript script, Loss graph, List<NDArray> towards, boolean keep) {
    NDArray none = GradientScript.noNumbers(script, graph.gradients().get(0));
    return GradientScript.pullBack(
        script, graph, towards, Collections.nCopies(towards.size(), none), keep);
  }

  private static NDArray leaf(TorchScript script, NDArray array) {
    NDArray leaf = GradientScript.detached(script, array);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private static Object swap(Object argument, IdentityHashMap<NDArray, NDArray> leaves) {
    if (argument instanceof List<?> list) {
      return list.stream().map(each -> swap(each, leaves)).toList();
    }
    if (argument instanceof ScriptTuple tuple) {
      List<?> values = tuple.values().stream().map(each -> swap(each, leaves)).toList();
      return (ScriptTuple) () -> values;
    }
    if (argument instanceof Optional<?> optional) {
      return optional.map(each -> swap(each, leaves));
    }
    return argument instanceof NDArray array ? leaves.getOrDefault(array, array) : argument;
  }

  /** Gradients found so far: sums, by the array they belong to. */
  private static final class Found {

    private final IdentityHashMap<NDArray, NDArray> sums = new IdentityHashMap<>();

    /** Goes through the graph behind the ends of {@code loss}, which is kept. */
    void add(TorchScript script, Loss loss, List<NDArray> towards) {
      if (loss.ends().isEmpty()) {
        return;
      }
      List<NDArray> gradients = pullBack(script, loss, towards, true);
      for (int i = 0; i < towards.size(); i++) {
        put(towards.get(i), gradients.get(i));
      }
    }

    /** Never in place: two inputs of a sum have one gradient between them. */
    void put(NDArray array, NDArray gradient) {
      if (gradient.size() > 0) {
        NDArray before = sums.get(array);
        sums.put(array, before == null ? gradient : gradient.add(before));
        if (before != null) {
          before.close();
          gradient.close();
        }
      }
    }

    NDArray take(NDArray array) {
      return sums.remove(array);
    }

    NDArray of(NDArray array, TorchScript script, NDArray like) {
      NDArray sum = sums.get(array);
      return sum == null ? GradientScript.noNumbers(script, like) : sum;
    }
  }
}
