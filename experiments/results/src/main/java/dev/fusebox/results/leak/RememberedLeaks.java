package dev.fusebox.results.leak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Leaks} that are looked for once: those of the same questions and pictures are kept in a
 * file. On all of ScienceQA they take seconds, and every table asks for them.
 */
public record RememberedLeaks(Path cache) {

  private static final Logger LOG = LoggerFactory.getLogger(RememberedLeaks.class);
  private static final String TWINS = "twins";
  private static final String UNSEEN = "unseen";
  private static final String CHECKSUM = "checksum";

  /** As {@link Leaks#of}; where there is no such folder, nothing is kept. */
  public Leaks of(List<Question> train, List<Question> test, Path root) throws IOException {
    if (!Files.isDirectory(cache)) {
      return Leaks.of(train, test, root);
    }
    Path file = cache.resolve(".leaks-" + key(train, test, root) + ".json");
    if (Files.isRegularFile(file)) {
      try {
        return read(JsonFiles.read(file));
      } catch (IOException | UserError | IllegalArgumentException e) {
        LOG.debug("{} is looked for again", file, e);
      }
    }
    Leaks found = Leaks.of(train, test, root);
    try {
      JsonFiles.write(file, json(found));
    } catch (IOException e) {
      LOG.debug("{} cannot be kept", file, e); // costs time, nothing else
    }
    return found;
  }

  private static String key(List<Question> train, List<Question> test, Path root)
      throws IOException {
    Fingerprint fingerprint = new Fingerprint().add(Leaks.rule());
    for (List<Question> questions : List.of(train, test)) {
      fingerprint.add(questions.size());
      questions.forEach(question -> fingerprint.add(question.toString()));
    }
    for (Map.Entry<String, Path> picture : PictureFiles.ifAny(root).entrySet()) {
      fingerprint.add(picture.getKey()).add(Files.size(picture.getValue()));
      fingerprint.add(Files.getLastModifiedTime(picture.getValue()).toMillis());
    }
    return fingerprint.hex();
  }

  /** As it is kept. */
  static ObjectNode json(Leaks leaks) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put(UNSEEN, leaks.unseen());
    ObjectNode twins = node.putObject(TWINS);
    leaks.twins().forEach(twins::put);
    return node.put(CHECKSUM, checksum(node));
  }

  /** It decides what a table says: one that was changed is none. */
  private static String checksum(JsonNode node) {
    return new Fingerprint()
        .add(node.path(UNSEEN).toString())
        .add(node.path(TWINS).toString())
        .hex();
  }

  private static Leaks read(JsonNode node) {
    if (!node.path(CHECKSUM).asText().equals(checksum(node))) {
      throw new IllegalArgumentException("was changed since it was written");
    }
    if (!node.path(UNSEEN).isInt() || !node.path(TWINS).isObject()) {
      throw new IllegalArgumentException(UNSEEN + " and " + TWINS + " must be there");
    }
    Map<String, String> twins = new LinkedHashMap<>();
    node.path(TWINS)
        .properties()
        .forEach(twin -> twins.put(twin.getKey(), twin.getValue().asText()));
    return new Leaks(twins, node.path(UNSEEN).asInt());
  }
}
