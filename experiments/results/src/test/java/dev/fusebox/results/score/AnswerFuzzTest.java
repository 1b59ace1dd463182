package dev.fusebox.results.score;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Files of answers of any bytes, as {@code score} is given them. */
public final class AnswerFuzzTest {

  private static final FuzzedFile JSON = new FuzzedFile("answers.json", UserError.class);
  private static final FuzzedFile CSV = new FuzzedFile("answers.csv", UserError.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of("answers", AnswerFuzzTest::answers, "answersCsv", AnswerFuzzTest::answersCsv);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(AnswerFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(AnswerFuzzTest.class, TARGETS.keySet());
  }

  private static void answers(byte[] bytes) {
    JSON.read(bytes, AnswerFile::read);
  }

  private static void answersCsv(byte[] bytes) {
    CSV.read(bytes, AnswerFile::read);
  }
}
