package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A step of a guide that is code: a new class stands beside the class that was linked last before
 * it, an edit is one of the file that was.
 *
 * @param guide its heading
 * @param file in the project
 * @param block what the guide shows
 */
record GuideStep(String guide, Path file, Markdown.Block block) {

  private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(\\.\\./([^)#]+)\\)");
  private static final Pattern CLASS =
      Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record) (\\w+)");

  /** The steps of a page, in its order. */
  static List<GuideStep> of(Markdown page) {
    List<GuideStep> steps = new ArrayList<>();
    for (Markdown.Block block : page.blocks()) {
      String before = page.text().substring(0, block.start());
      if (block.language().equals("diff")) {
        steps.add(new GuideStep(last(HEADING, before), Path.of(last(LINK, before)), block));
      } else if (block.language().equals("java")) {
        Path beside = Path.of(last(LINK, before));
        steps.add(
            new GuideStep(
                last(HEADING, before), beside.resolveSibling(first(block) + ".java"), block));
      }
    }
    return steps;
  }

  private static String last(Pattern pattern, String text) {
    List<MatchResult> found = pattern.matcher(text).results().toList();
    return found.get(found.size() - 1).group(1);
  }

  private static String first(Markdown.Block block) {
    Matcher declared = CLASS.matcher(block.text());
    assertThat(declared.find()).as(block.text()).isTrue();
    return declared.group(1);
  }

  /** What is added. */
  String thing() {
    return guide.replaceFirst("^An? ", "");
  }

  /** Whether it writes a file that was not there. */
  boolean writes() {
    return block.language().equals("java");
  }

  /** Does it in a copy of the files that it needs. */
  void apply(Path copy) throws IOException {
    Path target = copy.resolve(file);
    Files.createDirectories(target.getParent());
    if (writes()) {
      assertThat(Markdown.ROOT.resolve(file)).as(guide).doesNotExist();
      Files.writeString(target, block.text());
    } else {
      Path original = Files.exists(target) ? target : Markdown.ROOT.resolve(file);
      Files.writeString(target, edited(Files.readString(original)));
    }
  }

  /** What it takes away and what it stands between must be there, once. */
  private String edited(String text) {
    String before = lines("[- ]");
    assertThat(text.split(Pattern.quote(before), -1))
        .as("%s: edits %s at%n%s", guide, file, before)
        .hasSize(2);
    return text.replace(before, lines("[+ ]"));
  }

  private String lines(String kind) {
    return block
        .text()
        .lines()
        .filter(line -> line.matches(kind + ".*"))
        .map(line -> line.substring(1) + "\n")
        .collect(Collectors.joining());
  }
}
