package dev.fusebox.lab.ablation;

import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** How long stages take, judged by those that were made before. */
public final class Estimates {

  private final Map<String, List<Double>> known;

  private Estimates(Map<String, List<Double>> known) {
    this.known = new HashMap<>(known);
  }

  /** Estimates from everything in the store. */
  public static Estimates from(StageStore store) throws IOException {
    return new Estimates(store.seconds());
  }

  /** Seconds, if a stage like it was made before: the same but for its seed. */
  public OptionalDouble seconds(Stage stage) {
    return known.getOrDefault(stage.likeness(), List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .average();
  }
}
