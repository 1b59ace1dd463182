package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigValue;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.Reader;
import dev.fusebox.questions.picture.TrainedLayers;
import java.util.Optional;

/** Reads {@code train = last:2}. */
final class TrainedLayersReader implements Reader<TrainedLayers> {

  @Override
  public Optional<TrainedLayers> read(ConfigValue value, String key, Binder binder) {
    try {
      return Optional.of(TrainedLayers.parse(String.valueOf(value.unwrapped())));
    } catch (IllegalArgumentException e) {
      binder.problem(value, key, e.getMessage().replaceFirst("; found .*", ""));
      return Optional.empty();
    }
  }
}
