package dev.fusebox.cli.fusion;

import dev.fusebox.cli.fusion.MeasuredModel.StepTime;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import dev.fusebox.t5.T5Config;
import dev.fusebox.tensor.Cores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Cost of a training step with each fusion in its defaults: measured beside text alone, the two in
 * turns, so that what else the machine does falls on both. The ratio of the two is that of the time
 * that processors worked, for the same reason.
 */
public final class FusionCosts {

  /** The shape of T5-base. */
  public static final T5Config BASE = T5Config.small(32_128, 768, 12).withDepths(12, 12);

  private static final double BILLION = 1e9;

  private FusionCosts() {}

  /**
   * Measures.
   *
   * @param loader finds the fusions' defaults
   * @param turns steps of each side, after one that is not counted
   * @param listener hears what is measured next
   */
  public static Table of(
      Collection<FusionProvider<?>> fusions,
      ClassLoader loader,
      T5Config shape,
      int turns,
      Consumer<String> listener) {
    List<List<Cell>> rows = new ArrayList<>();
    try (MeasuredModel text = MeasuredModel.textOnly(shape)) {
      List<StepTime> alone = new ArrayList<>();
      for (FusionProvider<?> provider : fusions) {
        listener.accept(provider.name());
        rows.add(row(provider, loader, text, turns, alone));
      }
      rows.add(0, row("text alone", 0, text.operations(), alone, Double.NaN));
    }
    return new Table(
        "Cost of a training step",
        List.of(size(shape)),
        List.of(
            Column.words("fusion"),
            Column.number("more parameters"),
            Column.number("GFLOP/example"),
            Column.number("ms/step"),
            Column.number("processor ms/step"),
            Column.number("times text alone")),
        List.of(rows),
        notes(turns));
  }

  private static List<String> notes(int turns) {
    return List.of(
        MeasuredModel.STEP
            + "; forward and backward, without the optimizer; "
            + Cores.perOperator()
            + " threads; median of "
            + turns
            + ", and of as many ratios of CPU time to that of text alone just before",
        "GFLOP: floating-point operations of matrix products, counted by libtorch's profiler");
  }

  private static String size(T5Config shape) {
    return "T5 of width %d with %d + %d layers"
        .formatted(shape.width(), shape.encoderDepth(), shape.decoderDepth());
  }

  private static List<Cell> row(
      FusionProvider<?> provider,
      ClassLoader loader,
      MeasuredModel text,
      int turns,
      List<StepTime> alone) {
    try (MeasuredModel model = MeasuredModel.with(provider, loader, text.config())) {
      double operations = model.operations(); // which is a step to get warm by
      text.timed();
      List<StepTime> times = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int turn = 0; turn < turns; turn++) {
        StepTime before = text.timed();
        StepTime after = model.timed();
        alone.add(before);
        times.add(after);
        ratios.add(after.processor() / before.processor());
      }
      long more = model.parameters() - text.parameters();
      return row(provider.name(), more, operations, times, median(ratios));
    }
  }

  private static List<Cell> row(
      String name, long parameters, double operations, List<StepTime> times, double ratio) {
    return List.of(
        new Cell.Words(name),
        new Cell.Words(String.format(Locale.ROOT, "%,d", parameters)),
        new Cell.Score(operations / BILLION, 1),
        new Cell.Score(1000 * median(times, StepTime::seconds), 0),
        new Cell.Score(1000 * median(times, StepTime::processor), 0),
        new Cell.Score(ratio, 2));
  }

  private static double median(List<StepTime> times, ToDoubleFunction<StepTime> part) {
    return median(times.stream().mapToDouble(part).boxed().toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
