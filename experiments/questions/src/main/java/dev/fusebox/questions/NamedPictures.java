package dev.fusebox.questions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of pictures that a question names.
 *
 * @param question its own
 * @param options one for each option, empty where an option has none; or none at all
 */
record NamedPictures(List<String> question, List<String> options) {

  static final NamedPictures NONE = new NamedPictures(List.of(), List.of());

  /** The same with these as the question's own. */
  NamedPictures ofQuestion(List<String> files) {
    return new NamedPictures(files, options);
  }

  /** The same with these as those of the options. */
  NamedPictures ofOptions(List<String> files) {
    return new NamedPictures(question, files);
  }

  /** What is wrong, of a question of that id with so many options. */
  List<String> complaints(String id, int count) {
    List<String> complaints = new ArrayList<>();
    question.stream()
        .filter(file -> !isPicture(file))
        .map(
            file ->
                "picture must be true, false or a file of png, jpg, gif or bmp, or a list of files; where it is true, the file lies in images/SPLIT/%s/image.png or .jpg; found \"%s\""
                    .formatted(id, file))
        .forEach(complaints::add);
    if (!options.isEmpty() && options.size() != count) {
      complaints.add(
          "optionPictures must be a list of %d, one for each option, found %d"
              .formatted(count, options.size()));
    }
    options.stream()
        .filter(file -> !file.isEmpty() && !isPicture(file))
        .map(
            "optionPictures must be files of png, jpg, gif or bmp, or \"\" where an option has none; found \"%s\""
                ::formatted)
        .forEach(complaints::add);
    return complaints;
  }

  private static boolean isPicture(String file) {
    return file.matches("(?i)[^\\p{Cntrl}]+\\.(png|jpg|jpeg|gif|bmp)");
  }

  /** As {@link Dataset#namedPictures} has them: name to file. */
  Map<String, String> of(String id) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < question.size(); i++) {
      named.put(question.size() == 1 ? id : id + "/image_" + i, question.get(i));
    }
    for (int i = 0; i < options.size(); i++) {
      if (!options.get(i).isEmpty()) {
        named.put(id + "/choice_" + i, options.get(i));
      }
    }
    return named;
  }
}
