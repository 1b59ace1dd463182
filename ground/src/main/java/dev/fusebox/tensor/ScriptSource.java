package dev.fusebox.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of TorchScript functions: a resource.
 *
 * <p>A line {@code type NAME = TYPE} gives a type a name in all sources that are compiled together,
 * so that one source may leave to another what an argument is. It may name types of lines that
 * follow.
 *
 * @param owner the class that it lies beside
 * @param resource its name
 * @since 0.1
 */
public record ScriptSource(Class<?> owner, String resource) {

  private static final Pattern TYPE = Pattern.compile("(?m)^type (\\w+) = (.*)\\n");

  /** What several say together, with each named type in its name's place. */
  static String joined(ScriptSource... sources) {
    String whole = Arrays.stream(sources).map(ScriptSource::text).collect(Collectors.joining());
    String text = TYPE.matcher(whole).replaceAll("");
    for (MatchResult type : TYPE.matcher(whole).results().toList()) {
      text = text.replaceAll("\\b" + type.group(1) + "\\b", type.group(2));
    }
    return text;
  }

  /**
   * What it says.
   *
   * @throws IllegalArgumentException if there is no such resource
   */
  String text() {
    try (InputStream stream = owner.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            "no resource " + resource + " beside " + owner.getName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
