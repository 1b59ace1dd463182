package dev.fusebox.ask.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PageViewTest {

  @TempDir private Path folder;

  /** Data may be anybody's, and say of any file of this machine that it is a picture. */
  @Test
  @DisabledOnOs(OS.WINDOWS) // links
  void picturesOutsideTheDataAreNotShown() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data/images"));
    Path own = Files.writeString(data.resolve("own.png"), "p");
    Path secret = Files.writeString(folder.resolve("secret.png"), "s");
    Path beside = Files.createDirectories(folder.resolve("data-of-another")).resolve("p.png");
    Files.writeString(beside, "b");
    Path link = Files.createSymbolicLink(data.resolve("link.png"), secret);
    Path root = folder.resolve("data");
    Map<String, Path> named =
        Map.of(
            "own", own,
            "dots", root.resolve("images/../images/own.png"),
            "out", root.resolve("../secret.png"),
            "absolute", secret,
            "beside", beside,
            "link", link);
    assertThat(PageView.inside(root, named)).containsOnlyKeys("own", "dots");
    Path moved = Files.createSymbolicLink(folder.resolve("linked"), root);
    assertThat(PageView.inside(moved, Map.of("own", moved.resolve("images/own.png"))))
        .as("the data directory itself may be a link")
        .containsOnlyKeys("own");
  }
}
