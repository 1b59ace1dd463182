package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up costs nothing but the time until there is room again. */
@EnabledOnOs(OS.LINUX)
class FullDiskRunTest {

  private static Map<String, String> expected;
  @TempDir private Path temporary;
  private Program cramped;

  @BeforeAll
  static void runWithRoom(@TempDir Path roomy) throws Exception {
    Program whole = Program.of(roomy, GROWING);
    assertThat(whole.start().waitFor()).as(whole.output()).isZero();
    expected = whole.results();
  }

  @BeforeEach
  void write() throws IOException {
    cramped = Program.of(temporary.resolve("cramped"), GROWING);
  }

  /** Keeps every state, so that any disk is full in the end. */
  private static final String GROWING =
      """
      data  { demo { questions = 60, seed = 3 } }
      model { shape { width = 64, headWidth = 8, heads = 2, feedForward = 256, encoderLayers = 2, decoderLayers = 2 } }
      training {
        steps = 20, batches.size = 8
        validation { every = 1, keepBest = true }
        saves { every = 0, keep = 1000 }
      }
      pipeline { answer { format = QCM-A, source.maxTokens = 64, target.maxTokens = 6 } }
      ablation { seeds = [1, 2] }
      """;

  /**
   * In a name space of its own, where everybody may mount: a small disk on results; the run; more
   * room; the run again. The disk goes with the processes, so results are copied at last.
   */
  private static final String ON_A_SMALL_DISK =
      """
      mkdir disk && mount -t tmpfs -o size=24m none disk && mkdir disk/results && ln -s disk/results results || exit 99
      "$@" > first.txt 2>&1
      echo $? > first-status.txt
      ls -d disk/results/stages/*.partial/saved/step-* > states.txt
      mount -o remount,size=512m disk
      "$@" > second.txt 2>&1
      status=$?
      rm results
      cp -r disk/results results
      exit $status
      """;

  @Test
  void aFullDiskIsToldInOneMessageAndTheSameCommandGoesOn() throws Exception {
    assumeTrue(mayMount(), "no user name spaces here (unshare --map-root-user --mount): not tried");
    List<String> command =
        new ArrayList<>(List.of("unshare", "-r", "-m", "sh", "-c", ON_A_SMALL_DISK, "sh"));
    command.addAll(Program.command());
    assertThat(cramped.start(command).waitFor()).as(cramped.output()).isZero();
    assertThat(file("first-status.txt").trim()).isEqualTo("2");
    assertThat(message(file("first.txt")))
        .matches(
            "results.stages.\\S+.partial.saved: the state after step \\d+ could not be saved: No space"
                + " left on device\\. It takes \\d\\.\\d MB, \\d\\.\\d MB are free there\\."
                + " The state before it, results\\S+step-\\d+, is whole; once there is space, the same command resumes from there\\.");
    assertThat(file("states.txt").lines()).isNotEmpty();
    hasTheResultsOfARunWithRoom();
  }

  private static boolean mayMount() throws IOException, InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-r", "-m", "mount", "-t", "tmpfs", "none", "/mnt")
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // no unshare
    }
  }

  /**
   * The same without rights of any kind: a limit on the size of a file, below that of a state. Two
   * workers meet it; one tells.
   */
  @Test
  void aLimitOnFilesIsToldAsWell() throws Exception {
    String blocks = String.format(Locale.ROOT, "ulimit -f %d; exec \"$@\"", 1100); // of 512 bytes
    List<String> command = new ArrayList<>(List.of("sh", "-c", blocks, "sh"));
    command.addAll(Program.command());
    command.add("ablation.jobs=2");
    assertThat(cramped.start(command).waitFor()).as(cramped.output()).isEqualTo(2);
    assertThat(message(cramped.output()))
        .contains("the state after step 1 could not be saved: File too large. It takes ")
        .contains(" Nothing was saved before; once there is space, the same command resumes");
    assertThat(cramped.start().waitFor()).as(cramped.output()).isZero();
    hasTheResultsOfARunWithRoom();
  }

  private String file(String name) throws IOException {
    return Files.readString(cramped.folder().resolve(name));
  }

  /** The last line; no stack trace before it. */
  private static String message(String output) {
    List<String> lines = output.lines().toList();
    assertThat(lines).noneMatch(line -> line.matches("\\s+at .*|.*Exception.*"));
    List<String> told = lines.stream().filter(line -> line.contains("could not be")).toList();
    assertThat(told).hasSize(1);
    assertThat(lines.get(lines.size() - 1)).isEqualTo(told.get(0));
    return told.get(0);
  }

  private void hasTheResultsOfARunWithRoom() throws IOException {
    Map<String, String> results = cramped.results();
    assertThat(results.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, content) -> assertThat(results.get(name).equals(content)).as(name).isTrue());
  }
}
