package dev.fusebox.lab.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Records of results of any bytes, and of any fields under a right checksum. */
public final class RecordFuzzTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FuzzedFile FILE = new FuzzedFile("run.json", UserError.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("record", RecordFuzzTest::record, "fields", RecordFuzzTest::fields);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(RecordFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(RecordFuzzTest.class, TARGETS.keySet());
  }

  private static void record(byte[] bytes) {
    FILE.read(bytes, file -> RecordFile.read(file, RunRecord.class));
    FILE.read(bytes, file -> RecordFile.read(file, StageFile.class));
    FILE.read(bytes, file -> RecordFile.read(file, ExperimentRecord.class));
    FILE.read(bytes, file -> RecordFile.read(file, ClaimsRecord.class));
    FILE.read(bytes, file -> RecordFile.read(file, EvaluationsRecord.class));
  }

  /** Behind the checksum, which no fuzzer guesses. */
  private static void fields(byte[] bytes) {
    try {
      if (JSON.readTree(bytes) instanceof ObjectNode fields) {
        ObjectNode whole = JSON.createObjectNode().put("schema", RecordFile.SCHEMA);
        whole.put("checksum", new Fingerprint().add(fields.toString()).hex()).setAll(fields);
        record(whole.toString().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      record(bytes); // no JSON
    }
  }
}
