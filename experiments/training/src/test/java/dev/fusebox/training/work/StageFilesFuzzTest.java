package dev.fusebox.training.work;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.prompt.TextPair;
import dev.fusebox.training.loop.MetricsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What stages leave for other stages and for tables, of any bytes. */
public final class StageFilesFuzzTest {

  private static final FuzzedFile TOKENS = new FuzzedFile("tokens");
  private static final FuzzedFile ANSWERS = new FuzzedFile("answers.jsonl", UserError.class);

  private static final StageTexts TEXTS =
      new StageTexts(
          List.of("1", "2"),
          List.of(new TextPair("a b", "c"), new TextPair("d", "e f")),
          List.of(
              new StageTexts.OptionTexts(List.of("c", "g"), 0),
              new StageTexts.OptionTexts(List.of("e", "f"), 1)),
          List.of(),
          List.of(),
          8,
          4);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "tokens",
          StageFilesFuzzTest::tokens,
          "wholeTokens",
          StageFilesFuzzTest::wholeTokens,
          "lines",
          StageFilesFuzzTest::lines);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(StageFilesFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(StageFilesFuzzTest.class, TARGETS.keySet());
  }

  private static void tokens(byte[] bytes) {
    TOKENS.read(bytes, file -> TokenFile.read(file, TEXTS));
  }

  /** Behind the checksum, which no fuzzer guesses. */
  private static void wholeTokens(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    byte[] whole =
        ByteBuffer.allocate(bytes.length + Long.BYTES).put(bytes).putLong(sum.getValue()).array();
    TOKENS.read(whole, file -> TokenFile.read(file, TEXTS));
  }

  /** Each kind of file of lines sees the same ones. */
  private static void lines(byte[] bytes) {
    ANSWERS.read(bytes, OptionsFile::read);
    ANSWERS.read(bytes, ChangedFile::read);
    ANSWERS.read(bytes, CrossedFile::read);
    ANSWERS.read(bytes, SampledFile::read);
    ANSWERS.read(bytes, VersionsFile::read);
    ANSWERS.read(bytes, TransferredFile::read);
    ANSWERS.read(bytes, PassagesFile::read);
    ANSWERS.read(bytes, MetricsFile::read);
    ANSWERS.read(bytes, AttentionFile::read);
  }
}
