package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.t5.generate.WeightPrecision;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.VocabularyChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankedSettingsTest {

  @TempDir Path folder;

  private Recipe recipe(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.conf"), text);
    ClassLoader loader = getClass().getClassLoader();
    return new ExperimentReader(FusionCatalogue.of(loader), loader)
        .read(file, List.of())
        .variants()
        .get(0)
        .recipe();
  }

  private void refused(String text, String... messages) {
    assertThatThrownBy(() -> recipe(text)).message().contains(messages);
  }

  @Test
  void optionsAreRankedByTheirTexts() throws IOException {
    StageSettings stage =
        recipe(
                """
                training.loss = ranked-per-token
                decoding.mode = ranked
                model.vocabulary = used
                pipeline.answer.format = QCM-T
                """)
            .pipeline()
            .get("answer");
    assertThat(stage.ranks()).isTrue();
    assertThat(stage.training().loss().ranking()).contains(DecodingMode.RANKED_PER_TOKEN);
    assertThat(stage.decoding().inWords()).isEqualTo("options ranked");
    assertThat(stage.model().vocabulary()).isEqualTo(VocabularyChoice.USED);
  }

  @Test
  void weightsAreReadSmallerOnlyWhereWordsAreWritten() throws IOException {
    StageSettings stage =
        recipe("decoding.weights = int8\npipeline.answer.format = QCM-A").pipeline().get("answer");
    assertThat(stage.decoding().weights()).isEqualTo(WeightPrecision.INT8);
    assertThat(stage.decoding().inWords()).isEqualTo("generated, greedy, weights in int8");
    refused(
        "decoding { mode = teacher-forced, weights = bfloat16 }\npipeline.answer.format = QCM-A",
        "line 1",
        "decoding.weights = bfloat16  must be float32 where nothing is generated");
    refused(
        "decoding.weights = int4\npipeline.answer.format = QCM-A",
        "decoding.weights",
        "int4",
        "float32, bfloat16, int8");
  }

  @Test
  void anOptionsTextCannotBeReadAsAnAnswer() {
    refused(
        "pipeline.answer.format = QCM-T",
        "line 1",
        "pipeline.answer",
        "decoding.mode must be ranked or ranked-per-token",
        "QCM-T");
  }

  @Test
  void anOutputThatIsMoreThanAnAnswerCannotBeRanked() {
    for (String ranked :
        List.of(
            "decoding.mode = ranked",
            "training.loss = ranked",
            "training.validation.metric = ranked-accuracy")) {
      refused(
          ranked + "\npipeline.answer.format = QCM-EA",
          "pipeline.answer.format = QCM-EA",
          "must have the output A or T where options are ranked");
    }
  }

  @Test
  void whatOptionsDoNotHaveIsRefused() {
    String ranked = "pipeline.answer.format = QCM-A\ntraining.loss = ranked\n";
    refused(
        ranked + "training.labelSmoothing = 0.1",
        "training.labelSmoothing = 0.1",
        "must be 0 where loss = ranked");
    refused(
        ranked + "training.countPadding = true", "training.countPadding = true", "must be false");
    refused(
        "pipeline.answer.format = QCM-A\ndecoding { mode = ranked, beams = 4 }",
        "decoding.beams = 4",
        "must be 1 where options are ranked");
    refused(
        "pipeline.answer.format = QCM-A\ndecoding { mode = ranked, sampling {} }",
        "decoding.sampling");
    refused(
        ranked + "pretraining { training.loss = ranked }",
        "pretraining.training.loss = ranked  must be likelihood, since pretraining examples have no options");
  }

  @Test
  void aCheckpointKnowsItsWholeVocabulary() {
    refused(
        "pipeline.answer.format = QCM-A\nmodel { vocabulary = used, checkpoint = here }",
        "model.vocabulary = used",
        "must be all where there is a checkpoint");
  }

  @Test
  void aStageHasTheVocabularyOfThePretrainingItStartsFrom() {
    refused(
        """
        pretraining { texts = 8 }
        pipeline.answer { format = QCM-A, model.vocabulary = used }
        """,
        "pipeline.answer.model.vocabulary = used  must be that of the pretraining it starts from");
  }

  @Test
  void aFileOfFeaturesIsNamed() {
    refused("features = file\npipeline.answer.format = QCM-A", "must be given where source = file");
    refused(
        "features { source = detr, names = mine.json }\npipeline.answer.format = QCM-A",
        "features.names  must stand beside the file whose rows they name, found mine.json");
  }

  @Test
  void picturesAreComparedWhereThereAreVectorsToCompare() {
    refused(
        """
        features { source = pixels, backbone = here }
        fusion   = gated
        pipeline.answer { format = QCM-A, shots { count = 2, choice = nearest-picture } }
        """,
        "pipeline.answer.shots.choice = nearest-picture",
        "must be random or nearest where vectors are made by a backbone in the loop");
  }
}
