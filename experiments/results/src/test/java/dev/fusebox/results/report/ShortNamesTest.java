package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShortNamesTest {

  @Test
  void whatAllShareIsLeftOut() {
    assertThat(ShortNames.of(paths("a/x/p.json", "a/y/z/p.json"))).containsExactly("x", "y/z");
  }

  @Test
  void somethingIsAlwaysLeft() {
    assertThat(ShortNames.of(paths("a/b/c/p.json"))).containsExactly("c/p.json");
    assertThat(ShortNames.of(paths("p.json"))).containsExactly("p.json");
    assertThat(ShortNames.of(paths("a/p.json", "a/p.json")))
        .containsExactly("1 p.json", "2 p.json");
    assertThat(ShortNames.of(paths("a/p.json", "a/b/p.json"))).hasSize(2).doesNotHaveDuplicates();
  }

  private static List<Path> paths(String... paths) {
    return Stream.of(paths).map(Path::of).toList();
  }
}
