package dev.fusebox.questions.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.lucene.store.AlreadyClosedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassageIndexTest {

  private static final List<String> LECTURES =
      List.of(
          "Birds have feathers and lay eggs.",
          "A noun names a person, a place or a thing.",
          "Magnets push or pull other magnets.",
          "Birds have feathers and lay eggs.",
          " ");

  @TempDir Path folder;

  @Test
  void theBestPassageComesFirst() throws IOException {
    try (PassageIndex index = PassageIndex.open(LECTURES, folder)) {
      assertThat(index.size()).isEqualTo(3);
      assertThat(index.search("Will these two magnets attract or repel a bird?", 2))
          .extracting(Passage::number)
          .containsExactly(2, 0);
      assertThat(index.search("Does this bird have a feather?", 1))
          .extracting(Passage::text)
          .containsExactly("Birds have feathers and lay eggs.");
    }
  }

  @Test
  void unknownWordsFindNothing() throws IOException {
    try (PassageIndex index = PassageIndex.open(LECTURES, folder)) {
      assertThat(index.search("zebra (OR) \"and NOT", 3)).isEmpty();
      assertThat(index.search("", 3)).isEmpty();
    }
  }

  @Test
  void longQuestionsAreSearchedToo() throws IOException {
    StringBuilder text = new StringBuilder("magnet");
    for (int i = 0; i < 5000; i++) {
      text.append(" w").append(i);
    }
    try (PassageIndex index = PassageIndex.open(LECTURES, folder)) {
      assertThat(index.search(text.toString(), 1)).extracting(Passage::number).containsExactly(2);
    }
  }

  @Test
  void whoeverBuildsItAtTheSameTimeMakesNoDifference() throws Exception {
    int openers = 8;
    CyclicBarrier start = new CyclicBarrier(openers);
    Callable<Integer> open =
        () -> {
          start.await();
          try (PassageIndex index = PassageIndex.open(LECTURES, folder)) {
            return index.size();
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(openers);
    try {
      for (Future<Integer> size : threads.invokeAll(Collections.nCopies(openers, open))) {
        assertThat(size.get()).isEqualTo(3);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void theIndexIsBuiltOnce() throws IOException {
    PassageIndex.open(LECTURES, folder).close();
    List<Path> built = files();
    PassageIndex.open(LECTURES, folder).close();
    assertThat(files()).isEqualTo(built);
    PassageIndex.open(List.of("Another passage."), folder).close();
    assertThat(files()).hasSizeGreaterThan(built.size());
  }

  @Test
  void aCorpusIsAFileOrAFolder() throws IOException {
    Path corpus = folder.resolve("corpus");
    Files.createDirectories(corpus);
    Files.writeString(corpus.resolve("b.txt"), "second\n\nfirst\n");
    Files.writeString(corpus.resolve("a.jsonl"), "{\"id\": 1, \"text\": \"first\"}\n");
    assertThat(Corpus.read(corpus)).containsExactly("first", "second");
    assertThat(Corpus.read(corpus.resolve("b.txt"))).containsExactly("second", "first");
  }

  @Test
  void aFolderIsSearchedByItsText() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(
        corpus.resolve("a.jsonl"),
        "{\"source\": {\"text\": \"no magnet\"}, \"text\": \"A bird flies.\", \"by\": [\"text\"]}\n");
    Files.writeString(corpus.resolve("b.txt"), "A magnet pulls.\n");
    try (PassageIndex index = PassageIndex.open(corpus, folder.resolve("cache"))) {
      assertThat(index.size()).isEqualTo(2);
      assertThat(index.search("magnet", 2))
          .extracting(Passage::text)
          .containsExactly("A magnet pulls.");
    }
  }

  @Test
  void whatWasClosedIsNotSearched() throws IOException {
    PassageIndex index = PassageIndex.open(LECTURES, folder);
    index.close();
    assertThatThrownBy(() -> index.search("bird", 1)).isInstanceOf(AlreadyClosedException.class);
  }

  @Test
  void brokenCorporaAreNamed() throws IOException {
    assertRefused(folder.resolve("none"), ": there is no such file or folder of passages");
    Path file = Files.writeString(folder.resolve("empty.txt"), "\n \n");
    assertRefused(file, ": holds no passages; one per line is expected");
    Path lines =
        Files.writeString(folder.resolve("x.jsonl"), "{\"text\": \"a\"}\n{\"txt\": \"b\"}");
    assertRefused(lines, ": line 2: must have a field text");
    Path binary = Files.write(folder.resolve("x.txt"), new byte[] {(byte) 0xc3, '('});
    assertRefused(
        binary,
        ": line 1: not UTF-8: byte 0xC3 (Ã in Latin-1); save the file as UTF-8, for instance"
            + " with iconv -f latin1 -t utf-8");
  }

  private static void assertRefused(Path corpus, String message) {
    assertThatThrownBy(() -> Corpus.read(corpus))
        .isInstanceOf(UserError.class)
        .hasMessage(corpus + message);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }
}
