package dev.fusebox.questions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Four problems in ScienceQA's files, to open and to break. */
public final class SmallScienceQa {

  public static final String PROBLEMS =
      """
      {
      "1": {"question": "Which is farthest north?", "choices": ["Ohio", "Texas"], "answer": 0,
            "hint": "", "image": "image.png", "task": "closed choice", "grade": "grade2",
            "subject": "social science", "topic": "geography", "category": "Geography",
            "skill": "Read a map", "lecture": "Maps have\\ndirections.",
            "solution": "Look at the compass. Ohio is farthest north.", "split": "train"},
      "2": {"question": "Which is a solid?", "choices": ["ice", "rain", "steam"], "answer": 0,
            "hint": "Think of water.", "image": null, "grade": "grade8",
            "subject": "natural science", "lecture": "", "solution": "", "split": "train"},
      "3": {"question": "Which word is a noun?", "choices": ["run", "dog"], "answer": 1,
            "hint": "", "image": null, "grade": "", "subject": "",
            "lecture": "Nouns name things.", "solution": "A dog is a thing.", "split": "test"},
      "7": {"question": "What is this?", "choices": ["a cat", "a dog", "a cow", "a hen"], "answer": 3,
            "hint": "Look at it.", "image": "image.png", "grade": "grade7",
            "subject": "natural science", "lecture": "", "solution": "It has feathers.",
            "split": "test"}
      }
      """;

  public static final String SPLITS =
      """
      {"train": ["1", "2"], "val": [], "test": ["7", "3"], "trainval": ["1", "2"]}
      """;

  public static final String CAPTIONS =
      """
      {"model": "x", "captions": {"1": "a map", "7": "a hen in grass", "99": "not here"}}
      """;

  private SmallScienceQa() {}

  /** Writes the files into {@code scienceqa/} of a folder. */
  public static Path in(Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve("scienceqa"));
    Files.writeString(folder.resolve("problems.json"), PROBLEMS);
    Files.writeString(folder.resolve("pid_splits.json"), SPLITS);
    Files.writeString(folder.resolve("captions.json"), CAPTIONS);
    return root;
  }
}
