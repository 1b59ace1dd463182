package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.t5.T5Config;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint that asks for another search than the experiment. */
class CheckpointNotesTest {

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("config.json"), T5Config.small(40, 16, 4).toJson().toString());
  }

  private List<String> notes(String generation, String... overrides) throws IOException {
    Files.writeString(folder.resolve("generation_config.json"), generation);
    Path file =
        Files.writeString(
            folder.resolve("mine.conf"),
            "model.checkpoint = \"%s\"%npipeline { answer { format = QCM-A } }".formatted(folder));
    ClassLoader loader = getClass().getClassLoader();
    return CheckpointNotes.of(
        new ExperimentReader(FusionCatalogue.of(loader), loader).read(file, List.of(overrides)));
  }

  private String note(String asked, String here) {
    return "%s asks for %s when transformers generates; the experiment decides, and %s"
        .formatted(folder, asked, here);
  }

  @Test
  void whatDiffersIsTold() throws IOException {
    assertThat(notes("{\"num_beams\": 4, \"no_repeat_ngram_size\": 3, \"do_sample\": true}"))
        .containsExactly(
            note("num_beams = 4", "decoding.beams = 1"),
            note("do_sample = true", "decoding.sampling is not set"),
            note("no_repeat_ngram_size = 3", "decoding.noRepeat = 0"));
    assertThat(notes("{\"length_penalty\": 2.0}", "decoding.beams=2"))
        .containsExactly(note("length_penalty = 2.0", "decoding.lengthPenalty = 1.0"));
  }

  @Test
  void whatTheExperimentSaysTooIsNot() throws IOException {
    assertThat(notes("{}")).isEmpty();
    assertThat(notes("{\"length_penalty\": 2.0}")).isEmpty(); // without beams it does nothing
    assertThat(notes("{\"num_beams\": 4, \"length_penalty\": 2.0}", BEAMS)).isEmpty();
    assertThat(notes("{\"num_beams\": 4}", "decoding.mode=ranked", "training.loss=ranked"))
        .isEmpty();
  }

  private static final String[] BEAMS = {"decoding.beams=4", "decoding.lengthPenalty=2.0"};
}
