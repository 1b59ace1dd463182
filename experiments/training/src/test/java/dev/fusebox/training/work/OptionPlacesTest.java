package dev.fusebox.training.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.questions.prompt.TextPair;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.training.batch.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where options begin in what a stage reads, in tokens. */
class OptionPlacesTest {

  private static final Question QUESTION =
      new Question(
          "7",
          "Which of  these animals\u00a0is (A) a bird?",
          List.of("the magpie-robin", "a  hammerhead shark, 3.5 m", "N/A"),
          0,
          "Birds have feathers.",
          true,
          "",
          "A robin has feathers.",
          "",
          "",
          "");

  @TempDir Path folder;

  private static Tokenised tokens(String format, Tokenizer tokenizer, List<String> shots) {
    PromptBuilder builder = new PromptBuilder(PromptFormat.parse(format), false);
    TextPair prompt = builder.prompt(QUESTION);
    StageTexts texts =
        new StageTexts(
            List.of("7"),
            List.of(prompt),
            List.of(),
            List.of(shots.stream().map(text -> new StageTexts.Shot(text, text)).toList()),
            List.of(builder.optionStarts(QUESTION, prompt)),
            99,
            9);
    return Tokenised.of(texts, tokenizer);
  }

  private static void assertEachBeginsThere(String format, Tokenizer tokenizer) {
    assertEachBeginsThere(tokens(format, tokenizer, List.of()), tokenizer);
    Tokenised behindOther = tokens(format, tokenizer, List.of("(A) a bird? (B) N/A", "a shark"));
    assertThat(behindOther.leftOutShots()).isZero();
    assertEachBeginsThere(behindOther, tokenizer);
  }

  private static void assertEachBeginsThere(Tokenised tokens, Tokenizer tokenizer) {
    Example example = tokens.examples().get(0);
    int[] source = example.source();
    assertThat(example.optionPlaces()).hasSize(3);
    List<String> options = List.of("(A) the magpie", "(B) a hammerhead", "(C) N/A");
    for (int option = 0; option < 3; option++) {
      int[] rest = Arrays.copyOfRange(source, example.optionPlaces().get(option), source.length);
      assertThat(tokenizer.decode(rest)).startsWith(options.get(option));
    }
  }

  @Test
  void eachBeginsWhereItsPlaceSays() throws IOException {
    PromptBuilder builder = new PromptBuilder(PromptFormat.parse("QCM-A"), false);
    WordTokenizer.learn(Stream.of(builder.prompt(QUESTION).source()), 1).save(folder);
    Tokenizer words = Tokenizers.open(folder.resolve(WordTokenizer.FILE));
    assertEachBeginsThere("QCM-A", words);
    assertThat(tokens("QC-E", words, List.of()).examples().get(0).optionPlaces()).isEmpty();
  }

  /** Pieces of T5's own vocabulary. */
  @Test
  void eachBeginsWhereItsPlaceSaysInPiecesToo() throws IOException {
    Path tokenizer = Path.of(System.getProperty("fusebox.shared", ""), "data/tokenizer");
    assumeThat(Files.isDirectory(tokenizer)).as("-Dfusebox.shared names no tokenizer").isTrue();
    for (String format : List.of("QCM-A", "QCMG-A", "CQM-A")) {
      assertEachBeginsThere(format, Tokenizers.open(tokenizer));
    }
  }
}
