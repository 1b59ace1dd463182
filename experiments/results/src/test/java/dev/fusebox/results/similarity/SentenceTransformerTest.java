package dev.fusebox.results.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.Prediction;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what transformers and the formulas of sentence-transformers make of small BERTs. */
class SentenceTransformerTest {

  @TempDir Path folder;

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(goldens())) {
      List<Path> cases = folders.filter(Files::isDirectory).sorted().toList();
      assertThat(cases).hasSizeGreaterThanOrEqualTo(2);
      return cases;
    }
  }

  private static Path goldens() {
    try {
      return Path.of(
          SentenceTransformerTest.class.getResource("/goldens/sentence-transformer").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void embeddings(Path directory) throws IOException {
    JsonNode expected = expected(directory);
    List<String> texts = texts(expected);
    try (SentenceTransformer model = SentenceTransformer.open(directory)) {
      List<float[]> found = model.embed(texts);
      assertThat(found).hasSameSizeAs(texts);
      for (int i = 0; i < texts.size(); i++) {
        float[] wanted =
            new ObjectMapper().convertValue(expected.get("embeddings").get(i), float[].class);
        assertThat(found.get(i)).as(texts.get(i)).containsExactly(wanted, within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void similarities(Path directory) throws IOException {
    JsonNode expected = expected(directory);
    List<String> texts = texts(expected);
    List<Prediction> pairs = new ArrayList<>();
    for (JsonNode pair : expected.get("similarities")) {
      String first = texts.get(pair.get("first").asInt());
      pairs.add(new Prediction("", first, texts.get(pair.get("second").asInt())));
    }
    try (SentenceTransformer model = SentenceTransformer.open(directory)) {
      List<Double> found = model.of(pairs);
      assertThat(found).hasSize(texts.size() * (texts.size() - 1) / 2);
      for (int i = 0; i < found.size(); i++) {
        double wanted = expected.get("similarities").get(i).get("cosine").asDouble();
        assertThat(found.get(i)).as(pairs.get(i).toString()).isCloseTo(wanted, within(1e-6));
      }
    }
  }

  @Test
  void aTextMeansTheSameAloneAndAmongOthers() throws IOException {
    Path directory = goldens().resolve("flat");
    List<String> texts = texts(expected(directory));
    try (SentenceTransformer together = SentenceTransformer.open(directory);
        SentenceTransformer alone = SentenceTransformer.open(directory)) {
      List<float[]> all = together.embed(texts);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(alone.embed(List.of(texts.get(i))).get(0))
            .containsExactly(all.get(i), within(1e-5f));
      }
    }
  }

  /** Answers of many runs are the same few texts over and over. */
  @Test
  void aTextIsReadOnceHoweverOftenItStandsThere() throws IOException {
    Path directory = goldens().resolve("flat");
    List<String> texts = texts(expected(directory));
    List<String> often = new ArrayList<>();
    for (int time = 0; time < 50; time++) {
      often.addAll(texts);
    }
    List<String> read = new ArrayList<>();
    try (SentenceTransformer model =
        SentenceTransformer.open(directory, (done, total) -> read.add(done + " of " + total))) {
      List<float[]> found = model.embed(often);
      assertThat(found).hasSize(50 * texts.size());
      assertThat(found.get(texts.size())).isSameAs(found.get(0));
      long distinct = texts.stream().distinct().count();
      assertThat(read)
          .contains(distinct + " of " + distinct)
          .allMatch(at -> at.endsWith(" of " + distinct));
      read.clear();
      model.embed(often);
      assertThat(read).as("known from before").containsExactly("0 of 0");
    }
  }

  @Test
  void aBertWithoutModulesIsPooledByTheMean() throws IOException {
    copy("nested/0_Transformer", "");
    List<String> texts = texts(expected(goldens().resolve("nested")));
    try (SentenceTransformer plain = SentenceTransformer.open(folder);
        SentenceTransformer whole = SentenceTransformer.open(goldens().resolve("nested"))) {
      assertThat(plain.embed(texts).get(0)).containsExactly(whole.embed(texts).get(0));
    }
  }

  @Test
  void everyMissingFileIsNamed() throws IOException {
    copy("nested", "");
    Files.delete(folder.resolve("0_Transformer/pytorch_model.bin"));
    Files.delete(folder.resolve("0_Transformer/tokenizer.json"));
    Files.delete(folder.resolve("1_Pooling/config.json"));
    assertRefused(
        folder
            + ": no sentence-transformer; missing: 0_Transformer/tokenizer.json,"
            + " 1_Pooling/config.json, 0_Transformer/model.safetensors or pytorch_model.bin");
  }

  @Test
  void aTokenizerThatWouldEndTheProgramIsRefused() throws IOException {
    copy("flat", "");
    Path tokenizer = folder.resolve("tokenizer.json");
    String whole = Files.readString(tokenizer);
    Files.writeString(
        tokenizer, whole.replaceFirst("\"unk_token\": *\"[^\"]*\"", "\"unk_token\": \"nope\""));
    assertThatThrownBy(() -> SentenceTransformer.check(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(tokenizer + ": model.unk_token must be a token of model.vocab, found \"nope\"");
  }

  @Test
  void aDirectoryThatIsNotThereLacksEverything() {
    assertThatThrownBy(() -> SentenceTransformer.open(folder.resolve("none")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("none")
                + ": no sentence-transformer; missing: config.json, tokenizer.json,"
                + " model.safetensors or pytorch_model.bin");
  }

  @Test
  void anotherPoolingIsRefused() throws IOException {
    copy("flat", "");
    Path pooling = folder.resolve("1_Pooling/config.json");
    Files.writeString(
        pooling, "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
    assertRefused(
        pooling
            + ": pooling must be the mean alone (pooling_mode_mean_tokens), found"
            + " pooling_mode_cls_token");
  }

  @Test
  void anotherModuleIsRefused() throws IOException {
    copy("flat", "");
    Path modules = folder.resolve("modules.json");
    Files.writeString(modules, Files.readString(modules).replace(".Normalize", ".Dense"));
    assertRefused(
        modules
            + ": modules must be Transformer, Pooling and perhaps Normalize, found Transformer,"
            + " Pooling, Dense");
  }

  @Test
  void anotherModelIsRefused() throws IOException {
    copy("flat", "");
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"bert\"", "\"mpnet\""));
    assertRefused(config + ": model_type must be bert, found mpnet");
  }

  @Test
  void weightsOfAnotherShapeAreRefused() throws IOException {
    copy("flat", "");
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config).replace("\"intermediate_size\": 40", "\"intermediate_size\": 48"));
    assertThatThrownBy(() -> SentenceTransformer.open(folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder + ": the weights do not fit config.json\n")
        .hasMessageContaining(
            "encoder.layer.0.intermediate.dense.weight: found (40, 24), the model wants (48, 24)");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> SentenceTransformer.open(folder))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  private void copy(String from, String to) throws IOException {
    Path source = goldens().resolve(from);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(to).resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static JsonNode expected(Path directory) throws IOException {
    return new ObjectMapper().readTree(directory.resolve("expected.json").toFile());
  }

  private static List<String> texts(JsonNode expected) {
    List<String> texts = new ArrayList<>();
    expected.get("texts").forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
