package dev.fusebox.t5.tune;

import dev.fusebox.file.ChosenBy;
import dev.fusebox.t5.Adaptation;
import java.util.Collection;
import java.util.List;

/** {@code model.tune}: what of the language model learns. A fusion's parameters learn besides. */
@ChosenBy("method")
public sealed interface Tuning extends Adaptation
    permits Tuning.All, Tuning.None, Lora, Ia3, Prompt {

  /** {@code all}: every number of the model. */
  record All() implements Tuning {

    @Override
    public boolean tunesBase() {
      return true;
    }
  }

  /** {@code none}: nothing; the model stays as it is. */
  record None() implements Tuning {

    @Override
    public boolean tunesBase() {
      return false;
    }
  }

  /**
   * Whether a model stays as it was but for what was added, so that the additions can be kept
   * alone.
   */
  default boolean keepsBase() {
    return !tunesBase();
  }

  /** Its targets that none of a model's parameters is. */
  default List<String> targetsMissing(Collection<String> parameters) {
    return List.of();
  }
}
