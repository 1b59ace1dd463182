package dev.fusebox.t5.tokenize;

import dev.fusebox.FuzzedBriefly;
import dev.fusebox.FuzzedFile;
import dev.fusebox.FuzzedInputs;
import dev.fusebox.t5.T5Config;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Vocabularies and configs of any bytes; those that open turn a text into ids and back. */
public final class TokenizerFuzzTest {

  private static final String TEXT = "Which of these is a mammal? (A) 🐸 frog  (B) ﬁ\u0301sh </s>";
  private static final FuzzedFile PIECES = new FuzzedFile("spiece.model", IOException.class);
  private static final FuzzedFile WORDS = new FuzzedFile("words.json", IOException.class);
  private static final FuzzedFile JSON =
      new FuzzedFile("tokenizer.json", IOException.class, IllegalArgumentException.class);
  private static final FuzzedFile CONFIG =
      new FuzzedFile("config.json", IOException.class, IllegalArgumentException.class);

  static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "sentencePiece", TokenizerFuzzTest::sentencePiece,
          "words", TokenizerFuzzTest::words,
          "json", TokenizerFuzzTest::json,
          "config", TokenizerFuzzTest::config);

  @TestFactory
  Stream<DynamicTest> everyInputIsAValueOrAMessage() throws IOException {
    return FuzzedInputs.replay(TokenizerFuzzTest.class, TARGETS);
  }

  @TestFactory
  Stream<DynamicTest> newInputsAreToo() {
    return FuzzedBriefly.of(TokenizerFuzzTest.class, TARGETS.keySet());
  }

  private static void sentencePiece(byte[] bytes) {
    PIECES.read(bytes, file -> roundTrip(Tokenizers.open(file)));
  }

  private static void words(byte[] bytes) {
    WORDS.read(bytes, file -> roundTrip(Tokenizers.open(file)));
  }

  private static void json(byte[] bytes) {
    JSON.read(bytes, file -> roundTrip(Tokenizers.open(file)));
  }

  private static void config(byte[] bytes) {
    CONFIG.read(bytes, file -> T5Config.read(file).toJson());
  }

  private static void roundTrip(Tokenizer tokenizer) {
    int[] ids = tokenizer.encode(TEXT);
    tokenizer.decode(ids);
    tokenizer.decodeRaw(0, 1, 2, tokenizer.size(), -1);
  }
}
