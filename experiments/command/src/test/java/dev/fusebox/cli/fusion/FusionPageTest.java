package dev.fusebox.cli.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FusionPageTest {

  private static final Path PAGE =
      Path.of(System.getProperty("fusebox.root"), "docs", "fusions.md");

  @Test
  void thePageIsWhatTheCodeSays() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("docs/fusions.md; ./fusebox describe fusions > docs/fusions.md makes it anew")
        .isEqualTo(FusionPage.of(FusionPageTest.class.getClassLoader()));
  }
}
