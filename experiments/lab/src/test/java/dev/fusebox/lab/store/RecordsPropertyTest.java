package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.RandomText;
import dev.fusebox.file.Canonical;
import dev.fusebox.file.Checksum;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UserError;
import dev.fusebox.training.recipe.StageRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records are read as they were written, or refused. */
class RecordsPropertyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<StageRole> ROLES = List.of(StageRole.values());

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  private static String text(Random random) {
    return RandomText.of(random, 12);
  }

  private static <T> List<T> some(Random random, Supplier<T> one) {
    return Stream.generate(one).limit(random.nextInt(4)).toList();
  }

  private static <T> Map<String, T> named(Random random, Supplier<T> one) {
    Map<String, T> map = new LinkedHashMap<>();
    some(random, one).forEach(each -> map.put(text(random), each));
    return map;
  }

  private static double number(Random random) {
    return random.nextGaussian() * Math.pow(10, random.nextInt(-12, 25));
  }

  /** As JSON holds them: whole numbers that fit are ints. */
  private static Map<String, Number> figures(Random random) {
    return named(random, () -> random.nextBoolean() ? random.nextInt() : (Number) number(random));
  }

  private static JsonNode json(Random random) {
    return Canonical.of(
        Map.of("a", text(random), "b", List.of(random.nextBoolean(), number(random))));
  }

  private static RecordedPath path(Random random) {
    return new RecordedPath(text(random), text(random), text(random));
  }

  private static Checksum checksum(Random random) {
    return new Checksum(random.nextLong(1L << 50), text(random));
  }

  private static ExperimentRecord experiment(Random random) {
    return new ExperimentRecord(
        text(random),
        text(random),
        text(random),
        some(random, () -> text(random)),
        text(random),
        path(random),
        named(random, () -> text(random)),
        some(random, () -> text(random)),
        some(random, () -> text(random)),
        some(
            random,
            () ->
                new ExperimentRecord.Cell(
                    text(random),
                    random.nextLong(),
                    random.nextInt(3),
                    text(random),
                    text(random))));
  }

  private static RunRecord run(Random random) {
    return new RunRecord(
        text(random),
        text(random),
        random.nextLong(),
        random.nextInt(3),
        random.nextBoolean() ? RunRecord.Outcome.FINISHED : RunRecord.Outcome.FAILED,
        text(random),
        text(random),
        text(random),
        new RunRecord.Accuracy(number(random), random.nextInt(), random.nextInt()),
        text(random),
        new DataRecord(
            text(random),
            path(random),
            text(random),
            new DataRecord.Part(text(random), number(random), random.nextInt(3)),
            new DataRecord.Part(text(random), random.nextInt(5))),
        some(
            random,
            () ->
                new StageRecord(
                    text(random),
                    ROLES.get(random.nextInt(ROLES.size())),
                    text(random),
                    number(random),
                    place(random),
                    text(random),
                    figures(random))),
        named(random, () -> checksum(random)),
        json(random),
        new Provenance(
            text(random),
            text(random),
            random.nextBoolean(),
            text(random),
            text(random),
            text(random),
            random.nextInt()));
  }

  private static ComputedOn place(Random random) {
    return random.nextBoolean() ? ComputedOn.UNKNOWN : new ComputedOn(text(random), text(random));
  }

  private static StageFile stage(Random random) {
    return new StageFile(
        text(random),
        text(random),
        json(random),
        figures(random),
        text(random),
        number(random),
        place(random),
        random.nextBoolean(),
        named(random, () -> checksum(random)));
  }

  private static ClaimsRecord claims(Random random) {
    return new ClaimsRecord(
        some(random, () -> new ClaimsRecord.Stated(text(random), text(random), text(random))));
  }

  private static EvaluationsRecord evaluations(Random random) {
    return new EvaluationsRecord(
        some(
            random,
            () ->
                new EvaluationsRecord.Evaluation(
                    text(random), text(random), text(random), text(random))));
  }

  private <T extends Record> void isReadBack(T record, Class<T> type) throws IOException {
    Path file = folder.resolve("record.json");
    RecordFile.write(file, record);
    assertThat(RecordFile.read(file, type)).isEqualTo(record);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsWrittenIsReadBack(long seed) throws IOException {
    Random random = new Random(seed);
    isReadBack(experiment(random), ExperimentRecord.class);
    isReadBack(run(random), RunRecord.class);
    isReadBack(stage(random), StageFile.class);
    isReadBack(claims(random), ClaimsRecord.class);
    isReadBack(evaluations(random), EvaluationsRecord.class);
  }

  /** As a Fusebox wrote them that did not record yet where stages were computed. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRecordOfBeforePlacesIsReadToo(long seed) throws IOException {
    Random random = new Random(seed);
    RunRecord record = run(random);
    Path file = folder.resolve("run.json");
    RecordFile.write(file, record);
    ObjectNode fields = (ObjectNode) JSON.readTree(file.toFile());
    fields.remove(List.of("schema", "checksum"));
    fields.get("stages").forEach(stage -> ((ObjectNode) stage).remove("computedOn"));
    ObjectNode before = JSON.createObjectNode();
    before.put("schema", 1).put("checksum", new Fingerprint().add(fields.toString()).hex());
    JSON.writeValue(file.toFile(), before.setAll(fields));
    RunRecord read = RecordFile.read(file, RunRecord.class);
    assertThat(read.stages())
        .usingRecursiveComparison()
        .ignoringFields("computedOn")
        .isEqualTo(record.stages());
    assertThat(read.stages())
        .allSatisfy(stage -> assertThat(stage.computedOn()).isEqualTo(ComputedOn.UNKNOWN));
    assertThat(read.made()).isEqualTo(record.made());
  }

  /** A real one. */
  @Test
  void aStageOfBeforePlacesIsReadToo() throws Exception {
    Path file = Path.of(RecordsPropertyTest.class.getResource("before-places/stage.json").toURI());
    StageFile record = RecordFile.read(file, StageFile.class);
    assertThat(record.seconds()).isEqualTo(1.238);
    assertThat(record.computedOn().known()).isFalse();
  }

  /** Blanks between values say nothing; every other byte does. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aFlippedBitIsToldUnlessTheRecordIsTheSame(long seed) throws IOException {
    Random random = new Random(seed);
    RunRecord record = run(random);
    Path file = folder.resolve("run.json");
    RecordFile.write(file, record);
    byte[] bytes = Files.readAllBytes(file);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
    Files.write(file, bytes);
    try {
      assertThat(RecordFile.read(file, RunRecord.class)).isEqualTo(record);
    } catch (UserError e) {
      assertThat(e).hasMessageStartingWith(file + ": ");
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRecordOfAnotherKindIsRefused(long seed) throws IOException {
    Path file = folder.resolve("record.json");
    RecordFile.write(file, stage(new Random(seed)));
    assertThatThrownBy(() -> RecordFile.read(file, RunRecord.class))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": is not a complete record: ");
  }

  /** Results and what lies beside them may move together. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aPathIsFoundAgainAfterAMove(long seed) throws IOException {
    Random random = new Random(seed);
    Path home = folder.resolve("home");
    Path results = Files.createDirectories(home.resolve("a/results"));
    String place = List.of("a/results/x", "a/data", "b/c/data", "data").get(random.nextInt(4));
    Path data = Files.createDirectories(home.resolve(place));
    RecordedPath recorded = RecordedPath.of(data, results);
    assertThat(recorded.found(results)).containsExactly(data.toAbsolutePath());
    Path moved = folder.resolve("moved");
    Files.move(home, moved);
    assertThat(recorded.found(moved.resolve("a/results")))
        .containsExactly(moved.resolve(place).toAbsolutePath());
  }
}
