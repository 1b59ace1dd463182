package dev.fusebox.extract;

import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.Lines;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.DataDirectory;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFiles;
import dev.fusebox.questions.picture.ShownPictures;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pictures of an extraction, in the order of their rows; no name is there twice.
 *
 * @param origin where they come from, for people
 */
public record PictureList(String origin, List<NamedPicture> pictures) {

  private static final Pattern PICTURE = Pattern.compile("(?i).*\\.(png|jpg|jpeg|gif|bmp)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  public PictureList {
    pictures = List.copyOf(pictures);
    if (pictures.isEmpty()) {
      throw new UserError(origin + ": no pictures there");
    }
    Set<String> seen = new HashSet<>();
    for (NamedPicture picture : pictures) {
      if (!seen.add(picture.name())) {
        throw new UserError("%s: %s is there twice".formatted(origin, picture.name()));
      }
    }
  }

  /**
   * The pictures of a data directory: {@code images/<split>/<problem id>/image.png} or {@code .jpg}
   * by problem id, and those beside it by {@code ID/image_0} or {@code ID/choice_0}. A question
   * that has a picture, in a split that has a folder, is in the list even if its file is not there.
   */
  public static PictureList ofData(Path root, ShownPictures shown) throws IOException {
    Path images = new DataDirectory(root).find("images").orElse(root);
    Map<String, Optional<Path>> found = new TreeMap<>();
    PictureFiles.in(root, shown).forEach((name, file) -> found.put(name, Optional.of(file)));
    if (shown.ofQuestion()) {
      Set<String> pictured = PictureFiles.in(root).keySet();
      Dataset dataset = Datasets.open(root);
      for (String split : dataset.splits()) {
        if (Files.isDirectory(images.resolve(split))) {
          dataset.split(split).stream()
              .filter(Question::picture)
              .filter(question -> !pictured.contains(question.id()))
              .forEach(question -> found.putIfAbsent(question.id(), Optional.empty()));
        }
      }
    }
    return new PictureList(
        images.toString(),
        found.entrySet().stream()
            .map(entry -> new NamedPicture(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** The pictures that a text file names, one path a line, from the file's own folder on. */
  public static PictureList ofLines(Path list) throws IOException {
    List<NamedPicture> pictures = new ArrayList<>();
    for (String line : lines(list)) {
      String name = line.strip();
      if (!name.isEmpty()) {
        pictures.add(new NamedPicture(name, Optional.of(beside(list, name))));
      }
    }
    return new PictureList(list.toString(), pictures);
  }

  private static Path beside(Path list, String name) {
    try {
      return list.resolveSibling(name);
    } catch (InvalidPathException e) {
      throw new UserError(list + ": a line is no path: " + Lines.single(name), e);
    }
  }

  private static List<String> lines(Path list) throws IOException {
    if (!Files.isRegularFile(list)) {
      throw new UserError(list + ": there is no such file; one with one path per line is expected");
    }
    try {
      return Files.readAllLines(list);
    } catch (MalformedInputException e) {
      throw new UserError(list + ": must be a text in UTF-8", e);
    }
  }

  /** The pictures in a folder, by their names; numbers in names count, frame 2 is before 10. */
  public static PictureList ofFrames(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UserError(folder + ": there is no such folder; one of pictures is expected");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new PictureList(
          folder.toString(),
          files
              .filter(file -> PICTURE.matcher(file.getFileName().toString()).matches())
              .filter(Files::isRegularFile)
              .sorted(Comparator.comparing(PictureList::byNumbers).thenComparing(file -> file))
              .map(file -> new NamedPicture(file.getFileName().toString(), Optional.of(file)))
              .toList());
    }
  }

  /** The name with its numbers filled up with zeros. */
  private static String byNumbers(Path file) {
    return NUMBER
        .matcher(file.getFileName().toString())
        .replaceAll(
            number ->
                Matcher.quoteReplacement(
                    "0".repeat(Math.max(0, 20 - number.group().length())) + number.group()));
  }

  /** A hash of names, paths, sizes and times: the same again, as far as can be seen unread. */
  String fingerprint() throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    for (NamedPicture picture : pictures) {
      fingerprint.add(picture.name());
      Path file = picture.file().orElse(null);
      if (file != null && Files.isRegularFile(file)) {
        fingerprint.add(file.toAbsolutePath().normalize().toString());
        fingerprint.add(Files.size(file)).add(Files.getLastModifiedTime(file).toMillis());
      }
    }
    return fingerprint.hex();
  }
}
