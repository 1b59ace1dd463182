package dev.fusebox.cli.docs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code reference.conf} says of each setting: behind it in its line, in the lines of comment
 * before it, or, of a setting without a default, in the comment that it stands in: {@code #
 * patience = N early stopping}.
 */
final class SettingNotes {

  private static final Pattern KEY = Pattern.compile("^([\\w-]+)\\s*[={].*");
  private static final Pattern UNSET =
      Pattern.compile("^#\\s+([a-z]\\w*)(?:\\s*=\\s*\\S+| \\{.*})?\\s{2,}(\\S.*)$");
  private static final Pattern UNSET_BLOCK = Pattern.compile("^#\\s+([a-z]\\w*) \\{.*}$");
  private static final Pattern UNSET_LIST = Pattern.compile("^#\\s+([a-z]\\w*) = (\\S+, .*)$");
  private static final Pattern GOES_ON = Pattern.compile("^#\\s{6,}(\\S.*)$");

  private final Map<String, String> notes = new LinkedHashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final List<String> before = new ArrayList<>();
  private Optional<String> last = Optional.empty();

  private SettingNotes() {}

  /** Notes by the key's whole path, such as {@code defaults.training.clip}. */
  static Map<String, String> of(String reference) {
    SettingNotes notes = new SettingNotes();
    reference.lines().map(String::strip).forEach(notes::line);
    return notes.notes;
  }

  private void line(String line) {
    if (line.startsWith("#")) {
      comment(line);
    } else if (line.isEmpty()) {
      before.clear();
      last = Optional.empty();
    } else {
      setting(line);
    }
  }

  private void comment(String line) {
    for (Pattern pattern : List.of(UNSET, UNSET_LIST)) {
      Matcher unset = pattern.matcher(line);
      if (unset.matches()) {
        last = Optional.of(name(unset.group(1)));
        before.add(unset.group(2));
        notes.putIfAbsent(last.get(), String.join(" ", before));
        before.clear();
        return;
      }
    }
    Matcher block = UNSET_BLOCK.matcher(line);
    Matcher more = GOES_ON.matcher(line);
    if (block.matches()) {
      notes.putIfAbsent(name(block.group(1)), String.join(" ", before));
      before.clear();
    } else if (last.isPresent() && more.matches()) {
      notes.merge(last.get(), more.group(1), (all, added) -> all + " " + added);
    } else {
      before.add(line.substring(1).strip());
      last = Optional.empty();
    }
  }

  private void setting(String line) {
    int hash = line.indexOf(" #");
    String code = hash < 0 ? line : line.substring(0, hash);
    Matcher key = KEY.matcher(code);
    long opened = code.chars().filter(letter -> letter == '{').count();
    long closed = code.chars().filter(letter -> letter == '}').count();
    if (key.matches()) {
      List<String> words = new ArrayList<>(before);
      words.add(hash < 0 ? "" : line.substring(hash + 2).strip());
      notes.put(name(key.group(1)), String.join(" ", words).strip());
      if (opened > closed) {
        path.addLast(key.group(1));
      }
    }
    if (closed > opened && !path.isEmpty()) {
      path.removeLast();
    }
    before.clear();
    last = Optional.empty();
  }

  private String name(String key) {
    return path.isEmpty() ? key : String.join(".", path) + "." + key;
  }
}
