package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Fusebox of one class and no guide but its README. */
class DocsCommandTest {

  private static final String HOME = "fusebox.home";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private String before;

  @BeforeEach
  void home() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("own/src/main/java/dev/fusebox/own"));
    Files.writeString(folder.resolve("README.md"), "# Here\n");
    Files.writeString(
        sources.resolve("Own.java"), "package dev.fusebox.own;\n/** It. */\npublic class Own {}\n");
    before = System.setProperty(HOME, folder.toString());
  }

  @AfterEach
  void asBefore() {
    if (before == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, before);
    }
  }

  private Path docs(String... more) {
    Path pages = folder.resolve("pages" + more.length);
    String[] all = new String[more.length + 2];
    all[0] = "docs";
    all[1] = pages.toString();
    System.arraycopy(more, 0, all, 2, more.length);
    assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute(all)).isZero();
    assertThat(out.toString()).contains(pages.resolve("index.html").toUri().toString());
    return pages;
  }

  @Test
  void theClassesAreAPartOfThePages() {
    assertThat(docs().resolve("javadoc/dev/fusebox/own/Own.html")).exists();
  }

  @Test
  void theyAreLeftOutOnRequest() {
    Path pages = docs("--no-javadoc");
    assertThat(pages.resolve("index.html")).content().doesNotContain("javadoc");
    assertThat(pages.resolve("javadoc")).doesNotExist();
  }
}
