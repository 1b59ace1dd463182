package dev.fusebox.questions;

import dev.fusebox.file.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Questions that carry tags, which are the columns of tables.
 *
 * @param fingerprint of the files they were read from
 */
record TaggedDataset(
    Splits byName,
    List<Category> categories,
    Map<String, List<String>> directAnswers,
    Map<String, Path> namedPictures,
    String fingerprint)
    implements Dataset {

  TaggedDataset {
    categories = List.copyOf(categories);
    directAnswers = Map.copyOf(directAnswers);
    namedPictures = Map.copyOf(namedPictures);
  }

  /**
   * Questions from files.
   *
   * @param place what names the splits, for messages
   * @param tags of each question, by its id
   */
  static TaggedDataset of(
      Path place,
      Map<String, List<Question>> splits,
      Map<String, List<String>> tags,
      List<Path> files)
      throws IOException {
    QuestionExtras extras = new QuestionExtras();
    extras.tags().putAll(tags);
    return of(place, splits, extras, files);
  }

  /** The same of questions that bring more than tags. */
  static TaggedDataset of(
      Path place, Map<String, List<Question>> splits, QuestionExtras extras, List<Path> files)
      throws IOException {
    return new TaggedDataset(
        new Splits(place, splits),
        TagCategory.of(extras.tags()),
        extras.directAnswers(),
        extras.pictures(),
        Fingerprint.ofFiles(files));
  }

  @Override
  public Set<String> splits() {
    return byName.names();
  }

  @Override
  public List<Question> split(String name) {
    return byName.questions(name);
  }
}
