package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import dev.fusebox.file.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {

  private static final String NEXT =
      "Put these right and run the same command again; fusebox describe shows every key.";

  private final Problems problems = new Problems();

  private static ConfigOrigin at(String file, int line) {
    ConfigOrigin origin = ConfigOriginFactory.newSimple(file);
    return line > 0 ? origin.withLineNumber(line) : origin;
  }

  @Test
  void theOwnFileComesFirstAndEachFileInItsOrder() {
    problems.add(at("mine.conf", 12), "b = 2", "is too large");
    problems.add(at("base/z.conf", 1), "c", "is missing");
    problems.add(at("command line", 0), "d", "is none");
    problems.add(at("mine.conf", 3), "longer = 1", "is too small");
    problems.add(at("base/a.conf", 2), "e", "is missing");
    assertThat(problems.none()).isFalse();
    assertThatThrownBy(() -> problems.orThrow("mine.conf"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            """
            mine.conf: 5 problems
              line 3              longer = 1  is too small
              line 12             b = 2       is too large
              base/a.conf line 2  e           is missing
              base/z.conf line 1  c           is missing
              command line        d           is none
            """
                + NEXT);
  }

  @Test
  void whatIsRightIsNoError() {
    assertThat(problems.none()).isTrue();
    assertThat(problems.all()).isEmpty();
    assertThatCode(() -> problems.orThrow("mine.conf")).doesNotThrowAnyException();
  }

  /** A line that many variants share is wrong once. */
  @Test
  void oneNameInOneLineIsToldOnce() {
    problems.add(at("mine.conf", 3), "fusion.heads = 8", "must be less");
    problems.add(at("mine.conf", 3), "pipeline.answer.fusion.heads = 9", "must be less, too");
    problems.add(at("mine.conf", 3), "pipeline.\"a.heads\"", "has a name of its own");
    problems.add(at("mine.conf", 4), "fusion.heads = 8", "must be less");
    problems.add(at("base.conf", 3), "fusion.heads = 8", "must be less");
    assertThat(problems.all())
        .extracting(Problem::key)
        .containsExactly(
            "fusion.heads = 8", "fusion.heads = 8", "pipeline.\"a.heads\"", "fusion.heads = 8");
  }

  @Test
  void whereNoLineIsKnownTheWordsDecide() {
    for (int i = 0; i < 2; i++) {
      problems.add(at("mine.conf", 0), "a.steps", "missing");
      problems.add(at("mine.conf", 0), "b.steps", "missing");
      problems.add(at("mine.conf", 0), "a.steps", "wrong");
    }
    assertThat(problems.all()).hasSize(3);
  }

  @Test
  void fiftyAreShownAndTheOthersCounted() {
    for (int i = 1; i <= 50; i++) {
      problems.add(at("mine.conf", i), "k" + i, "wrong");
    }
    assertThatThrownBy(() -> problems.orThrow("mine.conf"))
        .hasMessageStartingWith("mine.conf: 50 problems\n")
        .hasMessageContaining("\n  line 50  k50  wrong\n" + NEXT);
    for (int i = 51; i <= 53; i++) {
      problems.add(at("mine.conf", i), "k" + i, "wrong");
    }
    assertThatThrownBy(() -> problems.orThrow("mine.conf"))
        .hasMessageStartingWith("mine.conf: 53 problems\n")
        .hasMessageContaining("\n  line 50  k50  wrong\n  and 3 more\n" + NEXT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mine.conf | mine.conf",
        "mine.conf: 3 | mine.conf",
        "mine.conf: 3-7 | mine.conf",
        "merge of top.conf: 3,base.conf: 1-4 | top.conf",
        "reference.conf @ jar:file:/x.jar!/reference.conf: 12 | reference.conf",
        "reference.conf | reference.conf",
        "my-reference.conf: 2 | my-reference.conf",
        "command line | command line"
      })
  void aPlaceIsTheFileThatAPersonWrote(String description, String file) {
    assertThat(ConfigOrigins.file(at(description, 0))).isEqualTo(file);
    assertThat(ConfigOrigins.of(at(description, 0))).isEqualTo(file);
    assertThat(ConfigOrigins.of(at(file, 7))).isEqualTo(file + ":7");
  }
}
