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
record TaggedDataset(Splits byName, List<Category> categories, String fingerprint)
    implements Dataset {

  TaggedDataset {
    categories = List.copyOf(categories);
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
    return new TaggedDataset(
        new Splits(place, splits), TagCategory.of(tags), Fingerprint.ofFiles(files));
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
