package dev.fusebox.questions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Four problems of M3CoT as the prepare_m3cot of kaede-mori/mmcot-fusion lays them out: ten fields
 * in ScienceQA's files, and pictures that are said to be there and are not, as only their features
 * are kept, in a folder beside.
 */
public final class SmallM3Cot {

  private static final String PROBLEMS =
      """
      {"physics-1074": {"question": "Which way does it fall?", "choices": ["up", "down", "left", "right", "nowhere", "in"],
         "answer": 1, "hint": "", "lecture": "", "solution": "Things fall down.", "split": "train",
         "image": "image.png", "domain": "science", "topic": "physics"},
       "physics-1152": {"question": "Which is heavier?", "choices": ["lead", "wood"],
         "answer": 0, "hint": "", "lecture": "", "solution": "", "split": "val",
         "image": "image.png", "domain": "science", "topic": "physics"},
       "social-commonsense-891": {"question": "Who is glad?", "choices": ["she", "he", "both"],
         "answer": 2, "hint": "", "lecture": "", "solution": "Both smile.", "split": "test",
         "image": "image.png", "domain": "commonsense", "topic": "social-commonsense"},
       "mathematics-1619": {"question": "How many are there?", "choices": ["1", "2", "3", "4"],
         "answer": 3, "hint": "", "lecture": "", "solution": "Count them.", "split": "test",
         "image": null, "domain": "mathematics", "topic": "mathematics"}}
      """;

  private static final String SPLITS =
      """
      {"train": ["physics-1074"], "val": ["physics-1152"],
       "test": ["social-commonsense-891", "mathematics-1619"]}
      """;

  private SmallM3Cot() {}

  /**
   * Writes {@code data_m3cot} into a folder.
   *
   * @return its path
   */
  public static Path in(Path folder) throws IOException {
    Path root = folder.resolve("data_m3cot");
    Path files = Files.createDirectories(root.resolve("scienceqa"));
    Files.writeString(files.resolve("problems.json"), PROBLEMS);
    Files.writeString(files.resolve("pid_splits.json"), SPLITS);
    return root;
  }
}
