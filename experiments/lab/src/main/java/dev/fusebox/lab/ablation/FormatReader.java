package dev.fusebox.lab.ablation;

import com.typesafe.config.ConfigValue;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.Reader;
import dev.fusebox.questions.prompt.PromptFormat;
import java.util.Optional;

/** Reads {@code format = QCM-A}. */
final class FormatReader implements Reader<PromptFormat> {

  @Override
  public Optional<PromptFormat> read(ConfigValue value, String key, Binder binder) {
    try {
      return Optional.of(PromptFormat.parse(value.unwrapped() instanceof String text ? text : ""));
    } catch (IllegalArgumentException e) {
      binder.problem(value, key, e.getMessage());
      return Optional.empty();
    }
  }
}
