package dev.fusebox.questions;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What lines of questions bring besides, each by question id; all grow while files are read.
 *
 * @param seen the file a question stands in
 * @param tags its tags
 * @param pictures the file of its picture, where it is named
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
