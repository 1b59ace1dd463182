package dev.fusebox.questions;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What lines of questions bring besides, by question id; all grow while files are read.
 *
 * @param seen the file a question stands in
 * @param tags its tags
 * @param pictures the files of its pictures, where they are named; as {@link Dataset#namedPictures}
 *     has them
 * @param directAnswers what people answered in their own words
 */
record QuestionExtras(
    Map<String, Path> seen,
    Map<String, List<String>> tags,
    Map<String, Path> pictures,
    Map<String, List<String>> directAnswers) {

  QuestionExtras() {
    this(
        new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }
}
