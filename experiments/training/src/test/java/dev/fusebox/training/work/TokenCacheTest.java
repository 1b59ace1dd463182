package dev.fusebox.training.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.prompt.TextPair;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.training.batch.Example;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCacheTest {

  private static final StageTexts TEXTS =
      new StageTexts(
          List.of("1", "2"),
          List.of(new TextPair("a b c d e", "a"), new TextPair("b", "c d e f")),
          4,
          3);

  @TempDir Path root;
  private Path vocabulary;

  @BeforeEach
  void learnWords() throws IOException {
    vocabulary = vocabulary("words", "a b c d e f");
  }

  private Path vocabulary(String folder, String words) throws IOException {
    Path directory = Files.createDirectories(root.resolve(folder));
    WordTokenizer.learn(Stream.of(words), 1).save(directory);
    return directory.resolve(WordTokenizer.FILE);
  }

  /** As another process would: a cache that remembers nothing. */
  private Tokenised ask(StageTexts texts, Path tokenizer) throws IOException {
    return new TokenCache(root.resolve("cache"))
        .tokens(texts, tokenizer, Tokenizers.open(tokenizer));
  }

  private Path stored() throws IOException {
    assertThat(files()).hasSize(1);
    return files().get(0);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("cache"))) {
      return files.toList();
    }
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  private static void assertSame(Tokenised found, Tokenised made) {
    assertThat(found.examples()).usingRecursiveComparison().isEqualTo(made.examples());
    assertThat(found.cutSources()).isEqualTo(made.cutSources());
    assertThat(found.cutTargets()).isEqualTo(made.cutTargets());
  }

  @Test
  void textsAreCutAndCounted() throws IOException {
    Tokenised made = ask(TEXTS, vocabulary);
    assertThat(made.cutSources()).isEqualTo(1);
    assertThat(made.cutTargets()).isEqualTo(1);
    assertThat(made.examples()).extracting(Example::id).containsExactly("1", "2");
    assertThat(made.examples().get(0).source()).hasSize(4).endsWith(Tokenizer.END);
    assertThat(made.examples().get(0).target()).hasSize(2).endsWith(Tokenizer.END);
    assertThat(made.examples().get(1).targetText()).isEqualTo("c d e f");
  }

  @Test
  void anotherProcessFindsThem() throws IOException {
    Tokenised made = ask(TEXTS, vocabulary);
    Object before = inode(stored());
    assertSame(ask(TEXTS, vocabulary), made);
    assertThat(inode(stored())).isEqualTo(before);
  }

  @Test
  void tokensTakeTwoBytes() throws IOException {
    Tokenised made = ask(TEXTS, vocabulary);
    int tokens =
        made.examples().stream().mapToInt(e -> e.source().length + e.target().length).sum();
    assertThat(Files.size(stored())).isEqualTo(24 + 2 * 12 + 2L * tokens + 8);
  }

  @Test
  void idsBeyondTwoBytesAreKept() throws IOException {
    Path file = root.resolve("wide.bin");
    Tokenised wide =
        new Tokenised(
            List.of(new Example("1", new int[] {70_000, 1}, new int[] {65_535, 1}, "a")), 0, 0, 0);
    TokenFile.write(file, wide);
    StageTexts texts = new StageTexts(List.of("1"), List.of(new TextPair("x", "a")), 9, 9);
    assertSame(TokenFile.read(file, texts).orElseThrow(), wide);
  }

  @Test
  void whateverDecidesTokensHasAFileOfItsOwn() throws IOException {
    ask(TEXTS, vocabulary);
    ask(new StageTexts(TEXTS.ids(), TEXTS.prompts(), 5, 3), vocabulary);
    ask(new StageTexts(TEXTS.ids(), TEXTS.prompts(), 4, 4), vocabulary);
    ask(TEXTS, vocabulary("other", "f e d c b a g"));
    List<TextPair> others = List.of(new TextPair("a b c d e", "b"), TEXTS.prompts().get(1));
    ask(new StageTexts(TEXTS.ids(), others, 4, 3), vocabulary);
    assertThat(files()).hasSize(5);
  }

  @Test
  void aDamagedFileIsMadeAgain() throws IOException {
    Tokenised made = ask(TEXTS, vocabulary);
    byte[] whole = Files.readAllBytes(stored());
    for (int length = 0; length < whole.length; length += 9) {
      Files.write(stored(), Arrays.copyOf(whole, length));
      assertSame(ask(TEXTS, vocabulary), made);
      assertThat(Files.readAllBytes(stored())).isEqualTo(whole);
    }
    for (int at = 0; at < whole.length; at += 7) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(stored(), damaged);
      assertSame(ask(TEXTS, vocabulary), made);
      assertThat(Files.readAllBytes(stored())).isEqualTo(whole);
    }
  }

  @Test
  void aFileOfOtherQuestionsIsNotTaken() throws IOException {
    Path file = root.resolve("one.bin");
    TokenFile.write(file, new Tokenised(List.of(), 0, 0, 0));
    assertThat(TokenFile.read(file, TEXTS)).isEmpty();
    assertThat(ByteBuffer.wrap(Files.readAllBytes(file)).getInt()).isEqualTo(0x46425433);
  }

  @Test
  void manyThreadsMakeThemOnce() throws Exception {
    TokenCache cache = new TokenCache(root.resolve("cache"));
    Tokenizer tokenizer = Tokenizers.open(vocabulary);
    Callable<Tokenised> asking = () -> cache.tokens(TEXTS, vocabulary, tokenizer);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Tokenised>> answers = new ArrayList<>();
      IntStream.range(0, 64).forEach(i -> answers.add(threads.submit(asking)));
      for (Future<Tokenised> answer : answers) {
        assertSame(answer.get(), answers.get(0).get());
      }
    } finally {
      threads.shutdown();
    }
    assertThat(files()).hasSize(1);
  }
}
