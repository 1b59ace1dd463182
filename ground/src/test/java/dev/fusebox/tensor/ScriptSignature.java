package dev.fusebox.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a script function takes and returns, read from its text.
 *
 * @param parameters name to type, without {@code self}
 * @param body its lines, for what it unpacks and calls
 */
record ScriptSignature(String name, Map<String, String> parameters, String returns, String body) {

  private static final Pattern FUNCTION =
      Pattern.compile(
          "^def (\\w+)\\(self(?:, (.*?))?\\) -> (.*?):$(.*?)(?=^def |\\z)",
          Pattern.MULTILINE | Pattern.DOTALL);

  /** All functions of a text, by name. */
  static Map<String, ScriptSignature> of(String text) {
    Map<String, ScriptSignature> functions = new LinkedHashMap<>();
    Matcher matcher = FUNCTION.matcher(text);
    while (matcher.find()) {
      Map<String, String> parameters = new LinkedHashMap<>();
      for (String parameter : split(matcher.group(2))) {
        String[] both = parameter.split(": ", 2);
        parameters.put(both[0], both[1]);
      }
      String name = matcher.group(1);
      functions.put(
          name, new ScriptSignature(name, parameters, matcher.group(3), matcher.group(4)));
    }
    return functions;
  }

  /** Splits at commas outside of brackets; null is nothing. */
  static List<String> split(String list) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    StringBuilder part = new StringBuilder();
    for (char c : (list == null ? "" : list + ",").toCharArray()) {
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(part.toString().strip());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    return parts;
  }

  /** What stands in the brackets of {@code Kind[…]}; null if the type is of another kind. */
  static String inside(String type, String kind) {
    return type.startsWith(kind + "[")
        ? type.substring(kind.length() + 1, type.length() - 1)
        : null;
  }

  /** The names that it gives to the values of a tuple; nothing if it does not unpack it. */
  List<String> unpacked(String parameter) {
    Matcher matcher =
        Pattern.compile(
                "^\\s+([\\w, ]+), = (?:unchecked_cast\\(.*, )?" + parameter + "\\)?$",
                Pattern.MULTILINE)
            .matcher(body);
    return matcher.find() ? List.of(matcher.group(1).split(", ")) : List.of();
  }

  boolean calls(String function) {
    return body.contains("self." + function + "(");
  }
}
