package dev.fusebox.lab.ablation;

import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.t5.T5Config;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.DecodingSettings;
import dev.fusebox.training.recipe.StageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where an experiment writes otherwise than a checkpoint's own files ask for. The experiment
 * decides; who expects the numbers of transformers' {@code generate} must know.
 */
final class CheckpointNotes {

  private final Path directory;
  private final Set<String> notes;

  private CheckpointNotes(Path directory, Set<String> notes) {
    this.directory = directory;
    this.notes = notes;
  }

  /** A line for each key of a checkpoint that a stage's decoding replaces. */
  static List<String> of(Experiment experiment) throws IOException {
    Set<String> notes = new LinkedHashSet<>();
    Set<List<Object>> seen = new HashSet<>(); // variants by the thousand write in few ways
    for (Variant variant : experiment.variants()) {
      for (StageSettings stage : variant.recipe().pipeline().values()) {
        Optional<Path> checkpoint = stage.model().checkpoint();
        if (checkpoint.isPresent() && seen.add(List.of(checkpoint.get(), stage.decoding()))) {
          new CheckpointNotes(checkpoint.get(), notes).add(stage.decoding());
        }
      }
    }
    return List.copyOf(notes);
  }

  private void add(DecodingSettings decoding) throws IOException {
    Path config = directory.resolve(Checkpoint.CONFIG);
    if (decoding.mode() == DecodingMode.GENERATED && Files.isRegularFile(config)) {
      T5Config.searchKeys(config).forEach((key, value) -> add(key, value, decoding));
    }
  }

  private void add(String key, String asked, DecodingSettings decoding) {
    String here =
        switch (key) {
          case "num_beams" -> differs(asked, "beams", decoding.beams());
          case "no_repeat_ngram_size" -> differs(asked, "noRepeat", decoding.noRepeat());
          case "length_penalty" ->
              decoding.beams() == 1
                  ? ""
                  : differs(asked, "lengthPenalty", decoding.lengthPenalty());
          default -> decoding.sampling().isPresent() ? "" : "decoding.sampling is not set";
        };
    if (!here.isEmpty()) {
      notes.add(
          "%s asks for %s = %s when transformers generates; the experiment decides, and %s"
              .formatted(directory, key, asked, here));
    }
  }

  private static String differs(String asked, String setting, Number here) {
    return asked.equals(here.toString()) ? "" : "decoding.%s = %s".formatted(setting, here);
  }
}
